# |y(t)| after an impulse: median and band over channels.
column_count = 1
row_count = 1
panel_width = 520
panel_height = 320
load style."/style.gp"
names = "hope s4d-lin"
titles = "'HOPE, random h' S4D-Lin"
methods_here = "HOPE S4D-Lin"
set title figure_title font ",10"
set xlabel "time t (a step is 0.1)"
set ylabel "|y(t)| after an impulse of 1"
set logscale y
set format y "10^{%L}"
set xrange [0:64]
set yrange [1e-16:100]
x(i) = of_series("system", word(names, i), "time")
plot for [i = 1:2] file("") using (x(i)):"magnitude_10":"magnitude_90" \
    with filledcurves fillcolor rgb pale(method_colour(word(methods_here, i))) fillstyle solid noborder notitle, \
  for [i = 1:2] file("") using (x(i)):"magnitude_median" with lines linecolor rgb method_colour(word(methods_here, i)) \
    title word(titles, i), \
  keyentry with boxes fillcolor rgb pale(gray) fillstyle solid noborder title "10 % to 90 % of the channels"
