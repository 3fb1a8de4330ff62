# Test accuracy over α (across) and β (up); a gray cell has no run.
panel_width = 460
panel_height = 340
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "α, factor on the initial frequencies"
    set ylabel "β, exponent of the filter"
    set xrange [0.5:words(of_panel("xnames")) + 0.5]
    set yrange [0.5:words(of_panel("ynames")) + 0.5]
    set xtics ()
    set ytics ()
    do for [i = 1:words(of_panel("xnames"))] { set xtics add (word(of_panel("xnames"), i) i) }
    do for [i = 1:words(of_panel("ynames"))] { set ytics add (word(of_panel("ynames"), i) i) }
    unset grid
    set border 15 linecolor "#444444"
    set palette defined (0 "#440154", 0.25 "#3B528B", 0.5 "#21918C", 0.75 "#5EC962", 1 "#FDE725")
    set colorbox
    set cblabel "test accuracy (%)"
    unset key
    unset title
    set bmargin 6
    if (strlen(of_panel("hint")) > 0) { set label 1 "gray: no run; ".of_panel("hint") at screen 0.5, 0.025 center font "DejaVu Sans Mono,8" noenhanced }
    stats input using (cell("1", "z")) nooutput
    middle = (STATS_min + STATS_max) / 2
    set cbrange [(STATS_max > STATS_min ? STATS_min : STATS_min - 1):(STATS_max > STATS_min ? STATS_max : STATS_max + 1)]
    plot for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):(cell(i, "x") - 0.5):(cell(i, "x") + 0.5): \
        (cell(i, "y") - 0.5):(cell(i, "y") + 0.5):(cell(i, "z")) with boxxyerror fillstyle solid 1 border linecolor palette, \
      for [i in of_panel("missing")] input using (cell(i, "x")):(cell(i, "y")):(cell(i, "x") - 0.5):(cell(i, "x") + 0.5): \
        (cell(i, "y") - 0.5):(cell(i, "y") + 0.5) with boxxyerror fillstyle solid 1 border linecolor rgb "#dddddd", \
      for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):(sprintf("%.1f", cell(i, "z"))): \
        (cell(i, "z") < middle ? 0xFFFFFF : 0x000000) with labels font ",10" textcolor rgb variable, \
      for [i in of_panel("missing")] input using (cell(i, "x")):(cell(i, "y")):("no run") with labels font ",9" textcolor rgb "#777777"
  }
}
unset multiplot
unset output
