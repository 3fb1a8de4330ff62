# Mean magnitude of each layer's kernels over the lag, a panel for each experiment: gray before training, coloured after.
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "lag (steps)"
    set ylabel "mean |K| over channels"
    set logscale y
    set format y "10^{%L}"
    eval plot_curves(0)
  }
}
unset multiplot
