# Mean magnitude of each layer's kernels over the lag, a panel for each experiment: gray before training, coloured after.
columns = 4
panel_width = 290
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "lag (steps)"
    eval upright("mean |K|")
    eval logarithmic("y")
    eval plot_series(0)
  }
}
eval end_figure
