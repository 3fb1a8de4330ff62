# |Im λ| of every pole before and after training; on the diagonal nothing has moved. Dashes: the waves of the task. Poles below 0.01
# stand at 0.01.
columns = 4
panel_width = 270
load style."/panels.gp"
waves = "1 16 256 4096"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set logscale xy
    set xrange [0.007:20000]
    set yrange [0.007:20000]
    set format x "10^{%L}"
    set format y "10^{%L}"
    set xlabel "|Im λ| before (rad/s)"
    eval upright("after (rad/s)")
    do for [wave in waves] {
      set arrow from 0.007, wave + 0 to 20000, wave + 0 nohead linecolor rgb gray dashtype 2 linewidth 0.9
    }
    set arrow from 0.007, 0.007 to 20000, 20000 nohead linecolor rgb gray linewidth 0.7
    eval plot_series(0)
  }
}
eval end_figure
