# ε-rank against n, every seed a point, with the fitted powers of n.
column_count = 2
row_count = 1
panel_width = 420
panel_height = 300
load style."/style.gp"
eval heading
names = "diagonal hankel hankel-padded"
titles = "'diagonal (S4D)' 'Hankel (HOPE)' 'Hankel, padded'"
colours = method_colour("S4D-Lin")." ".method_colour("HOPE")." ".mixed("#000000", method_colour("HOPE"), 0.5)
set xtics (8, 16, 32, 64, 128, 256, 512)
set xlabel "states n"
set ylabel "ε-rank"
set key maxrows 3
set bmargin 8
at(name, tolerance, value) = stringcolumn("tolerance") eq tolerance ? of_series("family", name, value) : NaN
tolerances = "0.01 0.0001"
do for [t = 1:2] {
  tolerance = word(tolerances, t)
  set title "ε = ".(t == 1 ? "10⁻²" : "10⁻⁴")." (ours), a point for each draw"
  # Statistics leave out what is outside the ranges of a figure.
  unset logscale
  set xrange [*:*]
  set yrange [*:*]
  array slope[3]; array error[3]; array factor[3]
  do for [i = 1:3] {
    stats file("exponents") using (at(word(names, i), tolerance, "exponent")) nooutput
    slope[i] = STATS_mean
    stats file("exponents") using (at(word(names, i), tolerance, "standard_error")) nooutput
    error[i] = STATS_mean
    stats file("exponents") using (at(word(names, i), tolerance, "factor")) nooutput
    factor[i] = STATS_mean
  }
  # The fits leave out no draw.
  stats file("") using (at("diagonal", tolerance, "rank") < 0.25 * factor[1] * column("states") ** slope[1] ? 1 : 0) nooutput
  outliers = int(STATS_sum)
  unset label
  if (outliers > 0) {
    set label 1 sprintf("draws below a quarter of the fit, which has all: %d", outliers) at graph 0.98, 0.14 right font ",8" textcolor rgb "#444444"
  }
  set logscale xy
  set xrange [6:700]
  set yrange [0.7:700]
  plot for [i = 1:3] file("") using (at(word(names, i), tolerance, "states")):"rank" \
      with points pointtype 6 pointsize 0.5 linecolor rgb word(colours, i) notitle, \
    for [i = 1:3] factor[i] * x ** slope[i] with lines linecolor rgb word(colours, i) \
      title sprintf("%s: n^{%.3f ± %.3f}", word(titles, i), slope[i], error[i])
}
unset multiplot
