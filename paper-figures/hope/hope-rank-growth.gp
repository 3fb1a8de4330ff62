# ε-rank against n, every seed a point, with the fitted powers of n.
column_count = 2
row_count = 1
panel_width = 420
panel_height = 300
load style."/style.gp"
eval heading
names = "diagonal hankel hankel-padded"
titles = "diagonal 'Hankel' 'Hankel, padded'"
set xtics (8, 16, 32, 64, 128, 256, 512)
set xlabel "states n"
set ylabel "ε-rank"
set key maxrows 3
set bmargin 8
at(name, tolerance, value) = stringcolumn("tolerance") eq tolerance ? of_series("family", name, value) : NaN
tolerances = "0.01 0.0001"
do for [t = 1:2] {
  tolerance = word(tolerances, t)
  set title "ε = ".(t == 1 ? "10^{-2} " : "10^{-4} ")." (our grid)"
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
  set logscale xy
  set xrange [6:700]
  set yrange [1:700]
  plot for [i = 1:3] file("") using (at(word(names, i), tolerance, "states")):"rank" \
      with points pointtype 6 pointsize 0.5 linecolor rgb colour(i) notitle, \
    for [i = 1:3] factor[i] * x ** slope[i] with lines linecolor rgb colour(i) \
      title sprintf("%s: n^{%.3f ± %.3f}", word(titles, i), slope[i], error[i])
}
unset multiplot
