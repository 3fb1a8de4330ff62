# Mean magnitude of each layer's kernels over the lag after training; upright lines: two rows of the picture.
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "lag (steps)"
    eval upright("mean |K| over channels")
    eval logarithmic("y")
    row = option("row") + 0
    if (row > 0) { set xtics 2 * row } else { set xtics 64 }
    eval plot_series(0)
  }
}
eval end_figure
