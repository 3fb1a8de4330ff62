# Share of systems by ε-rank, in bins of ranks: the gray bar of a bin is before training, the coloured one after.
columns = 4
panel_width = 270
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    bin = option("bin") + 0
    set boxwidth 0.42 * bin
    set xrange [0:16.5 * bin]
    set yrange [0:*]
    set xlabel "ε-rank, ε = 10^{-4}  (our grid)"
    set ylabel (is_leftmost(panel) ? "share of systems (%)" : "")
    plot for [i in of_panel("reference")] input using (cell(i, "x") - 0.21 * bin):(cell(i, "y")) with boxes \
        fillcolor rgb gray fillstyle solid 0.5 border linecolor rgb gray title label(i), \
      for [i in of_panel("line")] input using (cell(i, "x") + 0.21 * bin):(cell(i, "y")) with boxes \
        fillcolor rgb series_colour(i) fillstyle solid 0.7 border linecolor rgb series_colour(i) title label(i)
  }
}
unset multiplot
