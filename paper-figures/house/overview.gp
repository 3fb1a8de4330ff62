# The picture of the README: one analytic result of each paper. `make overview` sets analytic, style.
column_count = 3
row_count = 1
panel_width = 340
panel_height = 300
load style."/style.gp"
s4d_lin = method_colour("S4D-Lin")
set multiplot layout row_count, column_count
set bmargin 5.5

set title "TFB: what a system hears\n{/*0.85 gain of S4D-Lin, frequencies scaled by α}"
set tmargin 4
set xlabel "frequency (rad per unit of time)"
set ylabel "|G(is)|"
set logscale xy
set format "10^{%L}"
set xrange [0.1:1e4]
set yrange [1e-3:100]
responses = analytic."/tfb-transfer-functions.csv"
alphas = "0.1 1 10"
at(alpha, name) = stringcolumn("alpha") eq alpha ? column(name) : NaN
plot for [i = 1:3] responses using (at(word(alphas, i), "frequency_radians_per_time")):"magnitude_median" \
  with lines linecolor rgb ordered_of(i, 3) title "α = ".word(alphas, i)

set title "HOPE: how long it remembers\n{/*0.85 response to an impulse, median of 64 channels}"
set xlabel "time t"
set ylabel "|y(t)|"
unset logscale x
set format x "%g"
set xrange [0:64]
set yrange [1e-16:100]
impulses = analytic."/hope-impulse-response.csv"
plot impulses using (of_series("system", "s4d-lin", "time")):"magnitude_median" with lines linecolor rgb s4d_lin title "S4D-Lin", \
  impulses using (of_series("system", "hope", "time")):"magnitude_median" with lines linecolor rgb method_colour("HOPE") title "HOPE"

set title "DFOUT: where its poles lie\n{/*0.85 discrete poles at the start, Δ = ξ = 0.025}"
set xlabel "Re λ̄"
set ylabel "Im λ̄"
unset logscale y
set format "%g"
set size ratio -1
set xrange [-1.15:1.15]
set yrange [-1.15:1.15]
set xtics 0.5
set ytics 0.5
set parametric
set trange [0:2 * pi]
poles = analytic."/dfout-figure-3.csv"
pole(name, part) = stringcolumn("scale") eq "0.025" ? of_series("initialization", name, part) : NaN
plot cos(t), sin(t) with lines linecolor rgb gray dashtype 2 linewidth 0.7 notitle, \
  poles using (pole("s4d-lin", "real")):(pole("s4d-lin", "imaginary")) with points pointtype 7 pointsize 0.5 linecolor rgb s4d_lin title "S4D-Lin", \
  poles using (pole("dfout", "real")):(pole("dfout", "imaginary")) with points pointtype 7 pointsize 0.5 linecolor rgb method_colour("S4D-DFouT") title "S4D-DFouT"
unset multiplot
