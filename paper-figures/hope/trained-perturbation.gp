# Test result, and relative change of the middle system's transfer function, over the relative size of random changes of all systems: medians
# over draws with their range. Dots: the models as they are.
columns = 2
panel_width = 400
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    eval logarithmic("x")
    set xlabel "relative size of the change"
    if (option("kind") eq "value") {
      eval linear("y")
      eval upright("test ".option("ylabel"))
    }
    if (option("kind") eq "change") {
      eval logarithmic("y")
      eval upright("‖G − G̃‖∞ / ‖G‖∞")
    }
    eval plot_series(0)
  }
}
eval end_figure
