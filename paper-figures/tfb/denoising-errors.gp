# Mean squared error to the clean picture under both kinds of stripes, over α, then over β for each α; dots: the striped pictures as they are.
panel_width = 330
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    if (panel == 1) {
      eval logarithmic("x")
      set format x "%g"
      set xlabel "α"
      shifted(i, x) = x * 1.5 ** sideways(i)
    } else {
      eval linear("x")
      set xlabel "β, exponent of the filter"
      shifted(i, x) = x + 0.12 * sideways(i)
    }
    eval upright("mean squared error")
    eval from_zero("y")
    eval plot_series(0)
  }
}
eval end_figure
