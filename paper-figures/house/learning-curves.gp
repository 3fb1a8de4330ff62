# Accuracy per epoch, a panel per experiment: a thin line per seed and a thick one for their mean; chance is the share of the most
# frequent class.
load folder."/style.gp"

validation_colour = "#0072B2"
train_colour = "#E69F00"
chance_colour = "#777777"
# The same, mostly transparent, for single seeds beside their mean.
pale(colour) = "#A0".substr(colour, 2, 7)

of(panel) = column("panel") == panel
shown(panel, seed) = of(panel) && column("seed") == seed ? column("epoch") : NaN

# What each panel spans; not known inside of multiplot. One vertical axis for all panels.
array last_epoch[panel_count]
array chance[panel_count]
top = 10
do for [panel = 1:panel_count] {
  if (!is_empty(panel)) {
    stats input using (of(panel) ? column("epoch") : NaN) nooutput
    last_epoch[panel] = STATS_max
    stats input using (of(panel) ? column("chance_percent") : NaN) nooutput
    chance[panel] = STATS_max
    stats input using (of(panel) ? column("train_percent") : NaN):(of(panel) ? column("validation_percent") : NaN) nooutput
    top = STATS_max_x > top ? STATS_max_x : top
    top = STATS_max_y > top ? STATS_max_y : top
  }
}
top = 10 * ceil((top + 1) / 10) < 100 ? 10 * ceil((top + 1) / 10) : 100

set multiplot layout row_count, column_count title figure_title font ",13"
do for [panel = 1:panel_count] {
  set title panel_title(panel) font ",10" noenhanced
  if (is_leftmost(panel)) { set ylabel "accuracy (%)" } else { unset ylabel }
  if (is_empty(panel)) {
    load folder."/empty-frame.gp"
  } else {
    seeds = series(panel)
    several = words(seeds) > 1
    thin_lines = several ? words(seeds) : 0
    point_distance = ceil(last_epoch[panel] / 20.0)
    set xlabel "epoch"
    set xrange [0.5:last_epoch[panel] + 0.5]
    set xtics tic_distance(last_epoch[panel] < 10 ? 10 : last_epoch[panel])
    set yrange [0:top]
    set ytics tic_distance(2 * top)
    plot chance[panel] with lines linecolor rgb chance_colour dashtype 3 title "chance", \
      for [i = 1:thin_lines] input using (shown(panel, word(seeds, i) + 0)):(column("train_percent")) \
        with lines linecolor rgb pale(train_colour) notitle, \
      for [i = 1:thin_lines] input using (shown(panel, word(seeds, i) + 0)):(column("validation_percent")) \
        with lines linecolor rgb pale(validation_colour) notitle, \
      input using (of(panel) ? column("epoch") : NaN):(column("train_percent")) smooth unique \
        with linespoints linecolor rgb train_colour linewidth 1.5 pointtype 6 pointsize 0.4 pointinterval point_distance \
        title "training", \
      input using (of(panel) ? column("epoch") : NaN):(column("validation_percent")) smooth unique \
        with linespoints linecolor rgb validation_colour linewidth 1.5 pointtype 7 pointsize 0.4 pointinterval point_distance \
        title "validation"
  }
}
unset multiplot
set output
