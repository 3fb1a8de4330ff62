# Share of systems by ε-rank, in bins of ranks: the gray bar of a bin is before training, the coloured one after.
columns = 4
panel_width = 270
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    bin = option("bin") + 0
    set boxwidth 0.42 * bin
    set xrange [0:16.5 * bin]
    eval from_zero("y")
    set xlabel "ε-rank"
    eval upright("share of systems (%)")
    plot for [i in of_panel("bars")] input using (cell(i, "x") + (hue(i) eq "gray" ? -0.21 : 0.21) * bin):(cell(i, "y")) with boxes \
      fillcolor rgb series_colour(i) fillstyle solid (0.6) border linecolor rgb series_colour(i) notitle
  }
}
eval end_figure
