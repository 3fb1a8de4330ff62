# |∂ error/∂y| over the frequency of the error: left for three poles, right for one pole and three β.
column_count = 2
row_count = 1
panel_width = 400
panel_height = 300
load style."/style.gp"
load style."/tfb/bands.gp"
set bmargin 8.5
eval heading
modes = "1 8 31"
exponents = "-1 0 1"
exponent_names = "−1 0 1"
selected(mode, exponent) = stringcolumn("mode") eq mode && stringcolumn("beta") eq exponent ? column("frequency_radians_per_time") : NaN
set ylabel "|∂ error(s)/∂y|"
set xrange [0.1:1e4]

set title "three poles y, β = 0"
set yrange [1e-14:1e4]
plot for [i = 1:3] file("") using (selected(word(modes, i), "0")):"gradient_10":"gradient_90" \
    with filledcurves fillcolor rgb pale(ordered_of(i, 3)) fillstyle solid noborder notitle, \
  for [i = 1:3] file("") using (selected(word(modes, i), "0")):"gradient_median" with lines linecolor rgb ordered_of(i, 3) \
    title "y = ".(i == 1 ? "" : word(modes, i))."π", \
  keyentry with boxes fillcolor rgb pale(gray) fillstyle solid noborder title band_name
set title "three β, y = 8π"
plot for [i = 1:3] file("") using (selected("8", word(exponents, i))):"gradient_10":"gradient_90" \
    with filledcurves fillcolor rgb pale(ordered_of(i, 3)) fillstyle solid noborder notitle, \
  for [i = 1:3] file("") using (selected("8", word(exponents, i))):"gradient_median" with lines linecolor rgb ordered_of(i, 3) \
    title "β = ".word(exponent_names, i), \
  keyentry with boxes fillcolor rgb pale(gray) fillstyle solid noborder title band_name
unset multiplot
