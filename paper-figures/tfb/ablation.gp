# Test accuracy over α (across) and β (up); a gray cell has no run.
frame_height = 230
bar_height = 40
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xlabel "α, factor on the initial frequencies"
    eval upright("β, exponent of the filter")
    set xrange [0.5:words(of_panel("xnames")) + 0.5]
    set yrange [0.5:words(of_panel("ynames")) + 0.5]
    set xtics ()
    set ytics ()
    do for [i = 1:words(of_panel("xnames"))] { set xtics add (word(of_panel("xnames"), i) i) }
    do for [i = 1:words(of_panel("ynames"))] { set ytics add (word(of_panel("ynames"), i) i) }
    unset grid
    set border 15 linecolor "#444444"
    eval ordered_palette
    eval colour_bar("test accuracy (%)")
    zlow = of_panel("zlow") + 0
    zhigh = of_panel("zhigh") + 0
    middle = (zlow + zhigh) / 2
    set cbrange [(zhigh > zlow ? zlow : zlow - 1):(zhigh > zlow ? zhigh : zhigh + 1)]
    square = '(cell(i, "x") - 0.5):(cell(i, "x") + 0.5):(cell(i, "y") - 0.5):(cell(i, "y") + 0.5)'
    gaps = 'for [i in of_panel("missing")] input using (cell(i, "x")):(cell(i, "y")):'.square. \
      ' with boxxyerror linecolor rgb "#e4e4e4" fillstyle solid 1 border linecolor rgb "#ffffff" notitle, '. \
      'for [i in of_panel("missing")] input using (cell(i, "x")):(cell(i, "y")):("no run") with labels font ",9" textcolor rgb "#777777" notitle, '
    eval 'plot '.some("missing", gaps).'for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):'.square. \
      ':(cell(i, "z")) with boxxyerror linecolor palette fillstyle solid 1 noborder notitle, '. \
      'for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):'.square. \
      ' with boxxyerror linecolor rgb "#ffffff" linewidth 1.5 fillstyle empty notitle, '. \
      'for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):(sprintf("%.1f", cell(i, "z"))):'. \
      '(cell(i, "z") < middle ? 0xFFFFFF : 0x000000) with labels font ",10" textcolor rgb variable notitle'
  }
}
eval end_figure
