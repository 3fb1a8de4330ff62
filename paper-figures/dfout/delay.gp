# Left: mean squared error over Δ (ξ), the upright line is 2/τ; dots are what least squares reaches with the same poles.
# Right: the learned kernel, which should have a single spike at lag τ.
panel_width = 370
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    lag = option("lag") + 0
    if (option("kind") eq "error") {
      eval logarithmic("x")
      eval logarithmic("y")
      set format y "%g"
      set xlabel "Δ or ξ at initialisation"
      eval upright("mean squared error")
      set arrow from 2.0 / lag, graph 0 to 2.0 / lag, graph 1 nohead linecolor rgb gray dashtype 2 linewidth 0.7
      set label 1 "2/τ" at 2.0 / lag, graph 0.04 offset 0.4, 0 font ",9" textcolor rgb gray
    } else {
      eval from_zero("x")
      set xlabel "lag (steps)"
      eval upright("K")
      set arrow from lag, graph 0 to lag, graph 1 nohead linecolor rgb gray dashtype 2 linewidth 0.7 back
      set label 1 "τ" at lag, graph 0.95 offset 0.5, 0 font ",9" textcolor rgb gray
      eval linear("y")
    }
    eval plot_series(0)
  }
}
eval end_figure
