# Accuracy per epoch, a panel per experiment, a line per seed; chance is the share of the most frequent class.
# make-figures sets: input, output, figure_title, panels, and per panel titleN, commandN (fills an empty frame) and seriesN (seeds).
panel_count = int(panels)
set terminal svg size 360 * panel_count, 330 font "DejaVu Sans,11" background "#ffffff"
set output output
set datafile separator comma
set border 3 linecolor "#444444"
set xlabel "epoch"
set key outside below horizontal samplen 2 font ",9"
set bmargin 5

validation_colour = "#0072B2"
train_colour = "#E69F00"
chance_colour = "#777777"

shown(panel, seed) = column("panel") == panel && column("seed") == seed ? column("epoch") : NaN
series(panel) = value(sprintf("series%d", panel))

# The last epoch of each panel; not known inside of multiplot.
array last_epoch[panel_count]
do for [panel = 1:panel_count] {
  if (words(series(panel)) > 0) {
    stats input using (column("panel") == panel ? column("epoch") : NaN) nooutput
    last_epoch[panel] = STATS_max
  }
}

set multiplot layout 1, panel_count title figure_title font ",13"
do for [panel = 1:panel_count] {
  set title value(sprintf("title%d", panel)) font ",10"
  if (panel == 1) { set ylabel "accuracy (%)" } else { unset ylabel }
  seeds = series(panel)
  if (words(seeds) == 0) {
    # An empty frame that names the command, one word a line.
    command = value(sprintf("command%d", panel))
    set label 1 "no run yet; this fills the frame:" at graph 0.5, 0.8 center font ",9" textcolor "#444444"
    do for [i = 1:words(command)] {
      set label i + 1 word(command, i) at graph 0.5, 0.75 - 0.08 * i center font "DejaVu Sans Mono,9" textcolor "#444444" noenhanced
    }
    unset tics
    unset logscale y
    set xrange [0:1]
    set yrange [0:1]
    plot NaN notitle
    unset label
  } else {
    set xtics nomirror out textcolor "#222222"
    set ytics nomirror out textcolor "#222222"
    set grid y linecolor "#dddddd" linewidth 0.5
    set xrange [0:last_epoch[panel]]
    set xtics ceil(last_epoch[panel] / 8.0)
    set yrange [0:100]
    plot for [i = 1:words(seeds)] input using (shown(panel, word(seeds, i) + 0)):(column("train_percent")) \
        with linespoints linecolor rgb train_colour dashtype 2 pointtype 6 pointsize 0.35 title (i == 1 ? "training" : ""), \
      for [i = 1:words(seeds)] input using (shown(panel, word(seeds, i) + 0)):(column("validation_percent")) \
        with linespoints linecolor rgb validation_colour linewidth 1.5 pointtype 7 pointsize 0.35 title (i == 1 ? "validation" : ""), \
      input using (shown(panel, word(seeds, 1) + 0)):(column("chance_percent")) \
        with lines linecolor rgb chance_colour dashtype 3 title "chance"
  }
}
unset multiplot
set output
