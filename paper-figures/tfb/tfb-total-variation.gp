# Total variation above ω₀: median and band over random C, a colour per α; dashed the bound, where ω₀ is above all poles.
column_count = 1
row_count = 1
panel_width = 480
panel_height = 340
load style."/style.gp"
load style."/tfb/bands.gp"
values = "0.1 1 10"
set title figure_title font ",10"
set xlabel "ω₀ (rad per unit of time)"
set bmargin 7.5
set ylabel "total variation on |s| > ω₀"
set xrange [0.1:1e4]
set yrange [1e-4:1e3]
x(i) = value_of("alpha", word(values, i), "frequency_radians_per_time")
plot for [i = 1:3] file("") using (x(i)):"variation_10":"variation_90" \
    with filledcurves fillcolor rgb faint(ordered_of(i, 3)) fillstyle solid noborder notitle, \
  for [i = 1:3] file("") using (x(i)):"variation_10" with lines linecolor rgb ordered_of(i, 3) linewidth 0.3 notitle, \
  for [i = 1:3] file("") using (x(i)):"variation_90" with lines linecolor rgb ordered_of(i, 3) linewidth 0.3 notitle, \
  for [i = 1:3] file("") using (x(i)):"variation_median" with lines linecolor rgb ordered_of(i, 3) title "α = ".word(values, i), \
  for [i = 1:3] file("") using (x(i)):"bound_median" with lines linecolor rgb ordered_of(i, 3) dashtype 3 linewidth 1 notitle, \
  keyentry with lines linecolor rgb gray dashtype 3 title "bound, ω₀ above all poles", \
  keyentry with boxes fillcolor rgb pale(gray) fillstyle solid noborder title band_name
