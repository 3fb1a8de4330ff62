# Mean squared error to the clean picture under both kinds of stripes; dashes: the error of the striped picture as it is.
panel_width = 400
load style."/panels.gp"
coloured_references = 1
point_size = 0.6
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    if (panel == 1) {
      set logscale x
      set xlabel "α, spacing of the frequencies over π rad/s"
    } else {
      set xlabel "β, exponent of the filter"
    }
    set ylabel "mean squared error"
    set yrange [0:*]
    eval plot_series(0)
  }
}
unset multiplot
