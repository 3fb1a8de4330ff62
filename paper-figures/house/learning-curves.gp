# Accuracy per epoch, a panel per experiment, a line per seed. make-figures sets: input, output, figure_title, panels,
# and per panel titleN, noteN (text of an empty frame) and seriesN (seeds).
panel_count = int(panels)
set terminal svg size 360 * panel_count, 330 font "DejaVu Sans,11" background "#ffffff"
set output output
set datafile separator comma
set border 3 linecolor "#444444"
set tics nomirror out textcolor "#222222"
set grid y linecolor "#dddddd" linewidth 0.5
set key bottom right samplen 2 font ",9"
set xlabel "epoch"
set yrange [0:100]
set xrange [*:*]

validation_colour = "#0072B2"
train_colour = "#E69F00"
chance_colour = "#777777"

shown(panel, seed) = column("panel") == panel && column("seed") == seed ? column("epoch") : NaN

set multiplot layout 1, panel_count title figure_title font ",13"
do for [panel = 1:panel_count] {
  set title value(sprintf("title%d", panel)) font ",10"
  if (panel == 1) { set ylabel "accuracy (%)" } else { unset ylabel }
  seeds = value(sprintf("series%d", panel))
  if (words(seeds) == 0) {
    set label 1 value(sprintf("note%d", panel)) at graph 0.5, 0.65 center font "DejaVu Sans Mono,9" textcolor "#444444" noenhanced
    set xrange [0:1]
    unset key
    plot NaN notitle
    set key bottom right samplen 2 font ",9"
    set xrange [*:*]
    unset label 1
  } else {
    plot for [i = 1:words(seeds)] input using (shown(panel, word(seeds, i) + 0)):(column("train_percent")) \
        with linespoints linecolor rgb train_colour dashtype 2 pointtype 6 pointsize 0.35 title (i == 1 ? "training" : ""), \
      for [i = 1:words(seeds)] input using (shown(panel, word(seeds, i) + 0)):(column("validation_percent")) \
        with linespoints linecolor rgb validation_colour linewidth 1.5 pointtype 7 pointsize 0.35 title (i == 1 ? "validation" : ""), \
      input using (shown(panel, word(seeds, 1) + 0)):(column("chance_percent")) \
        with lines linecolor rgb chance_colour dashtype 3 title "most frequent class"
  }
}
unset multiplot
set output
