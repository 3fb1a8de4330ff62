# Mean magnitude of each layer's kernels over the lag, a panel per experiment: gray before training, coloured after.
# make-figures sets: input, output, figure_title, panels, and per panel titleN, commandN (fills an empty frame) and seriesN (layers).
panel_count = int(panels)
set terminal svg size 360 * panel_count, 330 font "DejaVu Sans,11" background "#ffffff"
set output output
set datafile separator comma
set border 3 linecolor "#444444"
set xlabel "lag (steps)"
set key top right samplen 2 font ",9"

# Dark to light, readable with every kind of colour blindness (viridis).
colours = "#440154 #472D7B #3B528B #2C728E #21918C #28AE80 #5EC962 #ADDC30"
colour(i, count) = word(colours, 1 + (count > 1 ? int(7.0 * (i - 1) / (count - 1) + 0.5) : 0))
shown(panel, layer) = column("panel") == panel && column("layer") == layer ? column("lag") : NaN

set multiplot layout 1, panel_count title figure_title font ",13"
do for [panel = 1:panel_count] {
  set title value(sprintf("title%d", panel)) font ",10"
  if (panel == 1) { set ylabel "mean |K| over channels" } else { unset ylabel }
  layers = value(sprintf("series%d", panel))
  if (words(layers) == 0) {
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
    set logscale y
    set format y "10^{%L}"
    set xrange [0:*]
    set yrange [*:*]
    plot for [i = 1:words(layers)] input using (shown(panel, word(layers, i) + 0)):(column("initial")) \
        with lines linecolor rgb "#bbbbbb" linewidth 0.7 title (i == 1 ? "before training" : ""), \
      for [i = 1:words(layers)] input using (shown(panel, word(layers, i) + 0)):(column("trained")) \
        with lines linecolor rgb colour(i, words(layers)) linewidth 1.2 title "layer ".word(layers, i)
  }
}
unset multiplot
set output
