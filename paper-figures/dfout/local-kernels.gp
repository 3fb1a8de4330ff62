# Trained kernels on the grid of the picture, 32 steps a row and lag 0 at the upper left; then the mean magnitude over the lag.
columns = 4
panel_width = 270
bar_height = 40
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    if (option("kind") eq "grid") {
      set xrange [-0.5:31.5]
      set yrange [31.5:-0.5]
      set xtics 8
      set ytics 8
      unset grid
      set border 15 linecolor "#444444"
      set xlabel "lag mod 32 (columns)"
      eval upright("lag div 32 (rows)")
      set palette defined (-1 "#0072B2", -0.3 "#BFDDEE", 0 "#ffffff", 0.3 "#F6D3BF", 1 "#D55E00")
      set cbrange [-1:1]
      eval colour_bar("K over its largest magnitude")
      set cbtics -1, 1
      plot for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):(cell(i, "x") - 0.5):(cell(i, "x") + 0.5): \
        (cell(i, "y") - 0.5):(cell(i, "y") + 0.5):(cell(i, "z")) with boxxyerror fillstyle solid 1 noborder linecolor palette notitle
    } else {
      set xlabel "lag (steps)"
      eval upright("mean |K| over channels")
      set xtics 64
      eval from_zero("y")
      eval plot_series(0)
    }
  }
}
eval end_figure
