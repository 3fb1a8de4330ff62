# Complex parameters of one system, and real numbers of a layer as stored.
column_count = 2
row_count = 1
panel_width = 360
load style."/style.gp"
eval heading
set logscale xy
set xrange [12:170]
set xtics (16, 32, 64, 128)
set xlabel "states n"
at(value) = of_series("width", "256", value)
set title "complex numbers of a system"
set ylabel "numbers (a count)"
plot file("") using (at("states")):"system_complex_s4d" with linespoints pointtype 7 pointsize 0.6 linecolor rgb method_colour("S4D-Lin") title "S4D: 3n", \
  file("") using (at("states")):"system_complex_hope" with linespoints pointtype method_symbol("HOPE", 0) pointsize 0.6 linecolor rgb method_colour("HOPE") title "HOPE: n"
set format y "10^{%L}"
set title "real numbers of a layer, width 256"
plot file("") using (at("states")):"layer_real_s4d" with linespoints pointtype 7 pointsize 0.6 linecolor rgb method_colour("S4D-Lin") title "S4D, own A, B, C", \
  file("") using (at("states")):"layer_real_hope" with linespoints pointtype method_symbol("HOPE", 0) pointsize 0.6 linecolor rgb method_colour("HOPE") title "HOPE"
unset multiplot
