# Mean absolute error of each wave's amplitude over the epochs, a panel for each (α, β); the band is the range of seeds.
columns = 4
panel_width = 270
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    eval epoch_axis
    eval upright("mean absolute error")
    eval from_zero("y")
    eval plot_series(0)
  }
}
eval end_figure
