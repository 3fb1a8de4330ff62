# Mean magnitude of each layer's kernels over the lag, a panel per experiment: gray before training, coloured after.
load folder."/style.gp"

# Dark to light, readable with every kind of colour blindness (viridis without its brightest end).
colours = "#440154 #472D7B #3B528B #2C728E #21918C #28AE80 #5EC962 #90D743"
colour(i, count) = word(colours, 1 + (count > 1 ? int(7.0 * (i - 1) / (count - 1) + 0.5) : 0))
shown(panel, layer) = column("panel") == panel && column("layer") == layer ? column("lag") : NaN

# The last lag of each panel; not known inside of multiplot.
array last_lag[panel_count]
do for [panel = 1:panel_count] {
  if (!is_empty(panel)) {
    stats input using (column("panel") == panel ? column("lag") : NaN) nooutput
    last_lag[panel] = STATS_max > 1 ? STATS_max : 1
  }
}

set multiplot layout row_count, column_count title figure_title font ",13"
do for [panel = 1:panel_count] {
  set title panel_title(panel) font ",10" noenhanced
  if (is_leftmost(panel)) { set ylabel "mean |K| over channels" } else { unset ylabel }
  if (is_empty(panel)) {
    load folder."/empty-frame.gp"
  } else {
    layers = series(panel)
    set xlabel "lag (steps)"
    set xrange [0:last_lag[panel]]
    set xtics tic_distance(last_lag[panel])
    set logscale y
    set yrange [*:*]
    set ytics auto
    set format y "10^{%L}"
    plot for [i = 1:words(layers)] input using (shown(panel, word(layers, i) + 0)):(column("initial")) \
        with lines linecolor rgb "#bbbbbb" linewidth 0.7 title (i == 1 ? "initial" : ""), \
      for [i = 1:words(layers)] input using (shown(panel, word(layers, i) + 0)):(column("trained")) \
        with lines linecolor rgb colour(i, words(layers)) linewidth 1.2 title (i == 1 ? "layer 1" : word(layers, i))
  }
}
unset multiplot
set output
