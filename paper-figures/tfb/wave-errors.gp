# Mean absolute error of each wave's amplitude over the epochs, a panel for each (α, β); the band is the range of seeds.
columns = 4
panel_width = 270
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "epoch"
    eval epoch_tics
    set ylabel "mean absolute error"
    set yrange [0:*]
    set offsets 0.5, 0.5, 0, 0
    eval plot_series(0)
    unset offsets
  }
}
unset multiplot
