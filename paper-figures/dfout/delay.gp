# Left: mean squared error over Δ (ξ), the upright line is 2/τ; dashes are what least squares reaches with the same poles.
# Right: the learned kernel, which should have a single spike at lag τ.
panel_width = 360
coloured_references = 1
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    lag = option("lag") + 0
    if (option("kind") eq "error") {
      set logscale xy
      set format x "10^{%L}"
      set xlabel "Δ or ξ at initialisation"
      set ylabel "mean squared error"
      # Unit input starts far above, and a least-squares limit or two lie far below: the table has them.
      set xrange [7e-5:0.15]
      set yrange [5e-3:2]
      set format y "%g"
      set arrow from 2.0 / lag, graph 0 to 2.0 / lag, graph 1 nohead linecolor rgb gray dashtype 2 linewidth 0.7
      set label 1 "2/τ" at 2.0 / lag, graph 0.96 offset 0.4, 0 font ",9" textcolor rgb gray
      point_size = 0.6
      eval plot_series(0)
    } else {
      set xlabel "lag (steps)"
      set ylabel "K"
      set arrow from lag, graph 0 to lag, graph 1 nohead linecolor rgb vermilion dashtype 2 linewidth 0.7 back
      set label 1 "τ" at lag, graph 0.96 offset 0.4, 0 font ",9" textcolor rgb vermilion
      eval plot_curves(0)
    }
  }
}
unset multiplot
