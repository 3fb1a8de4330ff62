# Error of generated frames over the steps behind the context, a row for each length of training and a column for each colour; the band is
# the range of seeds, dashes repeat the last frame, dots are the mean frame.
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "frames behind the context"
    if (has_single("x")) { eval linear("x") } else { set xrange [0:number("xhigh")] }
    eval upright("mean squared error")
    eval from_zero("y")
    eval plot_series(0)
  }
}
eval end_figure
