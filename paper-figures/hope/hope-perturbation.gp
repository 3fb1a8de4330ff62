# The change of G for parameters changed by a relative size: random changes, the worst found, the bound.
column_count = 3
row_count = 1
panel_height = 300
load style."/style.gp"
set bmargin 8.5
eval heading
names = "hope s4d-lin s4d-legs"
titles = "'HOPE, change of h' 'S4D-Lin, change of the poles' 'S4D-LegS, change of the poles'"
set logscale xy
set format x "10^{%L}"
set format y "10^{%L}"
set xrange [8e-6:4e-4]
set xlabel "relative size of the change"
set ylabel "‖G − G̃‖∞"
x(i) = of_series("system", word(names, i), "relative_size")
methods_here = "HOPE S4D-Lin S4D-LegS"
do for [i = 1:3] {
  set title word(titles, i)
  hue = method_colour(word(methods_here, i))
  plot file("") using (x(i)):"bound" with lines linecolor rgb black dashtype 3 title "bound", \
    file("") using (x(i)):"worst" with linespoints pointtype method_symbol(word(methods_here, i), 1) linecolor rgb hue title "worst found", \
    file("") using (x(i)):"random_largest" with linespoints pointtype 7 pointsize 0.4 linecolor rgb mixed("#FFFFFF", hue, 0.65) \
      title "largest random", \
    file("") using (x(i)):"random_median" with linespoints pointtype 7 pointsize 0.4 linecolor rgb mixed("#FFFFFF", hue, 0.4) \
      title "median random"
}
unset multiplot
