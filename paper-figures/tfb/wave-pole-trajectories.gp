# |Im λ| of every pole over the epochs, a line for each, one colour for each mode; level lines have not moved. Dashes: the waves of the
# task. Poles below 0.01 stand at 0.01. In the input a row without y ends the line of a pole.
columns = 4
panel_width = 270
load style."/panels.gp"
# Rows without a number cut lines here.
set datafile missing
waves = "1 16 256 4096"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set logscale y
    set yrange [0.007:20000]
    set format y "10^{%L}"
    eval epoch_axis
    set xrange [0:number("xhigh")]
    eval upright("|Im λ| (rad/s)")
    do for [wave in waves] {
      set arrow from graph 0, first wave + 0 to graph 1, first wave + 0 nohead linecolor rgb gray dashtype 2 linewidth 0.9
    }
    eval plot_series(0)
  }
}
eval end_figure
