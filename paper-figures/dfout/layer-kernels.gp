# Mean magnitude of each layer's kernels over the lag after training; upright lines: one row of the picture.
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "lag (steps)"
    set ylabel "mean |K| over channels"
    set logscale y
    set format y "10^{%L}"
    row = option("row") + 0
    if (row > 0) { set xtics 2 * row } else { set xtics 64 }
    eval plot_curves(0)
  }
}
unset multiplot
