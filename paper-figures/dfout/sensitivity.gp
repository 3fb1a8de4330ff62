# Test accuracy over the largest initial Δ (DFouT: ξ), a panel for each task; diamonds are results of the paper's Table 1.
load style."/panels.gp"
point_size = 0.6
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set logscale x
    set xlabel "Δ_{max} or ξ_{max}"
    set ylabel "test accuracy (%)"
    eval plot_series(0)
  }
}
unset multiplot
