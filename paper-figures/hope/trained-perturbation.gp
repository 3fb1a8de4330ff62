# Test result, and relative change of the middle system's transfer function, over the relative size of random changes of all systems: medians
# over draws with their range. Dashes: the models as they are.
columns = 2
panel_width = 400
coloured_references = 1
load style."/panels.gp"
point_size = 0.6
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set logscale x
    set format x "10^{%L}"
    set xlabel "relative size of the change"
    if (option("kind") eq "value") {
      set ylabel "test ".option("ylabel")
      eval plot_series(0)
    }
    if (option("kind") eq "change") {
      set logscale y
      set format y "10^{%L}"
      set ylabel "‖G − G̃‖_∞ / ‖G‖_∞"
      eval plot_series(0)
    }
  }
}
unset multiplot
