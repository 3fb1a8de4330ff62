# Angles after sampling against those before it, and how many modes fold back at each time step.
column_count = 2
row_count = 1
panel_width = 400
load style."/style.gp"
eval heading

at(timestep, value) = stringcolumn("timestep") eq timestep ? of_series("initialization", "s4d-lin", value) : NaN
timesteps = "0.02 0.05 0.1"
set title "S4D-Lin, modes n = 0 … 31"
set xlabel "Δ·Im λ (rad per step)"
set ylabel "angle of λ̄ (rad per step)"
set xrange [0:10]
set xtics ("0" 0, "π" pi, "2π" 2 * pi, "3π" 3 * pi)
set yrange [-3.5:3.5]
set ytics ("−π" -pi, "−π/2" -pi / 2, "0" 0, "π/2" pi / 2, "π" pi)
set arrow 1 from pi, graph 0 rto 0, graph 1 nohead dashtype 3 linecolor rgb gray
set label 1 "limit of Lemma 1" at pi, 0.8 offset 0.6, 0 font ",9" textcolor rgb gray
plot for [i = 1:3] file("") using (at(word(timesteps, i), "angle_radians_per_step")):"discrete_angle_radians" \
  with points pointtype (i == 1 ? 7 : i == 2 ? 4 : 6) pointsize (i == 1 ? 0.4 : i == 2 ? 0.7 : 0.8) linecolor rgb ordered_of(i, 3) \
  title "Δ = ".word(timesteps, i)
unset arrow
unset label

names = "s4d-lin s4d-inv s4d-legs dfout"
titles = "S4D-Lin S4D-Inv S4D-LegS S4D-DFouT"
set title "modes that fold back, of 32"
set xlabel "Δ (S4D-DFouT: ξ)"
set ylabel "aliased modes (%)"
set logscale x
set xrange [0.001:0.7]
set xtics (0.001, 0.01, 0.1)
set yrange [-3:100]
set ytics 20
plot for [i = 1:4] file("counts") using (of_series("initialization", word(names, i), "timestep")):"aliased_percent" \
  with lines linecolor rgb method_colour(word(titles, i)) linewidth 1.5 title word(titles, i)
unset multiplot
