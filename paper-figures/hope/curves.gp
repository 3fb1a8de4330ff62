# Panels of HOPE's figures by their kind: accuracy over the epochs, Hankel singular values, impulse responses.
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    if (option("kind") eq "curve") {
      set xlabel "epoch"
      eval epoch_tics
      set ylabel option("ylabel")
      set offsets 0.5, 0.5, 0, 0
      eval plot_series(0)
      unset offsets
    }
    if (option("kind") eq "hankel") {
      # Below this nothing of a system can be seen in float32.
      set logscale y
      set yrange [1e-10:1.5]
      set format y "10^{%L}"
      set xlabel "index j of the singular value"
      set ylabel "σ_j / σ_1, discrete"
      eval plot_curves(0)
    }
    if (option("kind") eq "response") {
      set logscale y
      set format y "10^{%L}"
      set xlabel "lag (steps)"
      set ylabel "|K|"
      eval plot_curves(0)
    }
  }
}
unset multiplot
