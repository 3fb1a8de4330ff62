# Discrete poles in the complex plane, a panel per initialisation and a colour per scale.
column_count = 3
row_count = 1
panel_height = 330
load style."/style.gp"
eval heading

set size ratio -1
set lmargin 7
set parametric
set trange [0:2 * pi]
set xrange [-1.15:1.15]
set yrange [-1.15:1.15]
set xtics 0.5
set ytics 0.5
set xlabel "Re λ̄"
set ylabel "Im λ̄"
names = "s4d-lin s4d-inv dfout"
titles = "S4D-Lin S4D-Inv S4D-DFouT"
symbols = "Δ Δ ξ"
scales = "0.001 0.025 0.1"
# Larger marks below smaller ones, because the three scales coincide in angle for DFouT.
point_type(i) = i == 1 ? 6 : i == 2 ? 4 : 7
at(name, scale, value) = stringcolumn("scale") eq scale ? of_series("initialization", name, value) : NaN
do for [panel = 1:3] {
  name = word(names, panel)
  set title word(titles, panel)
  plot cos(t), sin(t) with lines linecolor rgb gray dashtype 2 linewidth 0.7 notitle, \
    for [i = 1:3] file("") using (at(name, word(scales, i), "real")):(at(name, word(scales, i), "imaginary")) \
      with points pointtype point_type(i) pointsize (i == 1 ? 0.9 : i == 2 ? 0.7 : 0.5) linecolor rgb ordered_of(i, 3) linewidth 0.8 \
      title word(symbols, panel)." = ".word(scales, i)
}
unset multiplot
