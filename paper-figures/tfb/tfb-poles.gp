# Frequencies of initial poles on a logarithmic axis, a row per α; dashed the four waves of the regression task.
column_count = 1
row_count = 1
panel_width = 520
panel_height = 320
load style."/style.gp"
set title figure_title font ",10"
set logscale x
set format x "10^{%L}"
set xlabel "Im λ (rad per unit of time)"
set xrange [0.02:2e4]
set yrange [0.4:7.6]
unset key
set lmargin 20
set bmargin 4
set ytics ("S4D-Lin, α = 0.1" 7, "S4D-Lin, α = 1" 6, "S4D-Lin, α = 10" 5, "waves, α = 0.01" 4, "waves, α = 1" 3, "waves, α = 10" 2, \
  "waves, α = 100" 1)
names = "s4d-lin s4d-lin s4d-lin waves waves waves waves"
values = "0.1 1 10 0.01 1 10 100"
waves = "1 16 256 4096"
do for [i = 1:4] {
  set arrow i from word(waves, i) + 0, graph 0 to word(waves, i) + 0, first 4.5 nohead dashtype 3 linecolor rgb gray
  set label i "wave ".word(waves, i) at word(waves, i) + 0, first 4.5 center offset 0, 0.4 font ",8" textcolor rgb gray
}
row_of(i) = stringcolumn("system") eq word(names, i) && stringcolumn("alpha") eq word(values, i) && column("pole_imaginary") > 0 \
  ? column("pole_imaginary") : NaN
plot for [i = 1:7] file("") using (row_of(i)):(8 - i) with points pointtype 7 pointsize 0.5 linecolor rgb method_colour(i < 4 ? "S4D-Lin" : "TFB")
