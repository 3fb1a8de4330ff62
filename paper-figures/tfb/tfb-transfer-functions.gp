# |G(is)|: median and band over random C, a colour per α.
column_count = 1
row_count = 1
panel_width = 480
panel_height = 320
load style."/style.gp"
load style."/tfb/bands.gp"
values = "0.1 1 10"
set title figure_title font ",10"
set ylabel "|G(is)|"
set xrange [0.01:1e4]
set yrange [1e-3:20]
x(i) = value_of("alpha", word(values, i), "frequency_radians_per_time")
plot for [i = 1:3] file("") using (x(i)):"magnitude_10":"magnitude_90" \
    with filledcurves fillcolor rgb faint(ordered_of(i, 3)) fillstyle solid noborder notitle, \
  for [i = 1:3] file("") using (x(i)):"magnitude_10" with lines linecolor rgb ordered_of(i, 3) linewidth 0.3 notitle, \
  for [i = 1:3] file("") using (x(i)):"magnitude_90" with lines linecolor rgb ordered_of(i, 3) linewidth 0.3 notitle, \
  for [i = 1:3] file("") using (x(i)):"magnitude_median" with lines linecolor rgb ordered_of(i, 3) title "α = ".word(values, i), \
  keyentry with boxes fillcolor rgb pale(gray) fillstyle solid noborder title band_name
