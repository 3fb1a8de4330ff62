# Our training steps in units of their floor, a bar per model, a panel per direction; the number on a bar is the step's time.
column_count = int(panels) < 3 ? int(panels) : 3
row_count = (int(panels) + column_count - 1) / column_count
load style."/style.gp"
set terminal svg size 1000, 420 font "DejaVu Sans,11" background "#ffffff"

method(layer) = layer eq "s4d" ? "S4D-Lin" : layer eq "dfout" ? "S4D-DFouT" : layer eq "tfb" ? "TFB" : "HOPE"
colour(layer) = int("0x".substr(method_colour(method(layer)), 2, 7))
name(shape, layer) = layer eq "s4d" ? shape : shape." ".layer
duration(ms) = ms < 1000 ? sprintf("%.0f ms", ms) : sprintf("%.1f s", ms / 1000)

stats input using (column("times_floor")) nooutput
top = 1.25 * STATS_max
set key off
set bmargin 8
set rmargin 7
set boxwidth 0.7
set style fill solid
set yrange [0:top]
set xtics rotate by -40 font ",9" noenhanced

set multiplot layout 1, 2 title "Training steps against their floor (mixing and transforms at the rate of matrix products)" font ",13"
# Those that were measured.
directions = system("awk -F, 'NR > 1 {print $3}' ".input." | sort -ru")
do for [direction in directions] {
  rows = sprintf("< awk -F, 'NR == 1 || $3 == \"%s\"' %s", direction, input)
  set title direction eq "uni" ? "one direction" : "both directions" font ",10"
  set xrange [-0.7:*]
  if (direction eq word(directions, 1)) { set ylabel "step time / floor" } else { unset ylabel }
  set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead linecolor "#777777" dashtype 3 front
  plot rows using (column(0)):(column("times_floor")):(colour(strcol("layer"))):xtic(name(strcol("shape"), strcol("layer"))) \
      with boxes linecolor rgb variable, \
    rows using (column(0)):(column("times_floor")):(duration(column("ms_median"))) \
      with labels rotate by 90 left offset 0, 0.4 font ",9"
}
unset multiplot
