# Poles of two systems in the complex plane, and their frequency responses in dB; arrows mark the angles of the poles.
column_count = 3
row_count = 1
load style."/style.gp"
eval heading

set title "poles"
set xlabel "Re λ"
set ylabel "Im λ (rad per unit of time)"
set xrange [-1:0.5]
set xtics 0.5
set yrange [-32:32]
plot file("poles") using (of_series("pole_real", "0", "pole_real")):(column("pole_imaginary")) with points pointtype 7 pointsize 0.6 \
    linecolor rgb ordered(0.1) title "Re λ = 0", \
  file("poles") using (of_series("pole_real", "-0.5", "pole_real")):(column("pole_imaginary")) with points pointtype 5 pointsize 0.6 \
    linecolor rgb ordered(0.6) title "Re λ = −½"

set xlabel "frequency θ (rad per step)"
set ylabel "|K̂(θ)| (dB)"
set xrange [0:pi]
set xtics ("0" 0, "π/4" pi / 4, "π/2" pi / 2, "3π/4" 3 * pi / 4, "π" pi)
set yrange [-40:60]
set ytics 20
unset key
do for [n = 0:4] { set arrow n + 1 from first 0.1 * pi * (2 * n + 1), graph 1.0 rto 0, graph -0.06 linecolor rgb gray size graph 0.02, 20 }
set title "Re λ = 0 (its zeros lie below the frame)"
plot file("") using (of_series("pole_real", "0", "angle_radians_per_step")):(column("decibels")) with lines linecolor rgb ordered(0.1)
set title "Re λ = −½"
set yrange [-30:10]
set ytics 10
plot file("") using (of_series("pole_real", "-0.5", "angle_radians_per_step")):(column("decibels")) with lines linecolor rgb ordered(0.6)
unset multiplot
