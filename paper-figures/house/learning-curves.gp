# Validation metric over the epochs, a panel for each task; the band is the range of seeds, a diamond the published test result.
panel_width = 380
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    eval epoch_axis
    # Errors of very different size.
    if (number("ylow") > 0 && number("yhigh") > 20 * number("ylow")) { eval logarithmic("y") } else { eval linear("y") }
    eval upright(option("ylabel"))
    eval plot_series(0)
  }
}
eval end_figure
