# Validation metric over the epochs, a panel for each task; the band is the range of seeds, a diamond the published test result.
panel_width = 380
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "epoch"
    eval epoch_tics
    set ylabel option("ylabel")
    set offsets 0.5, 0.5, 0, 0
    eval plot_series(0)
    unset offsets
  }
}
unset multiplot
