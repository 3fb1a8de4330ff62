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
set yrange [1e-3:100]
plot for [i = 1:3] file("") using (value_of("alpha", word(values, i), "frequency_radians_per_time")):"magnitude_10":"magnitude_90" \
    with filledcurves fillcolor rgb pale(colour(i)) fillstyle solid noborder notitle, \
  for [i = 1:3] file("") using (value_of("alpha", word(values, i), "frequency_radians_per_time")):"magnitude_median" \
    with lines linecolor rgb colour(i) title "α = ".word(values, i)
