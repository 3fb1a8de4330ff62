# Panels of HOPE's figures by their kind: accuracy over the epochs, Hankel singular values, impulse responses.
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    if (option("kind") eq "curve") {
      eval epoch_axis
      eval linear("y")
      eval upright(option("ylabel"))
    }
    if (option("kind") eq "hankel") {
      # Below this nothing of a system can be seen in float32.
      set logscale y
      set yrange [1e-10:1.5]
      set format y "10^{%L}"
      eval from_zero("x")
      set xlabel "index j of the singular value"
      eval upright("σⱼ/σ₁")
    }
    if (option("kind") eq "response") {
      eval logarithmic("y")
      eval from_zero("x")
      set xlabel "lag (steps)"
      eval upright("|K|")
    }
    eval plot_series(0)
  }
}
eval end_figure
