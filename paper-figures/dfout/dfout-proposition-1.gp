# Condition numbers of the Gram matrix beside the stated one, and the kernel with C = 1.
column_count = 3
row_count = 1
load style."/style.gp"
stats file("kernel") using "delay_steps" nooutput
lag = STATS_max
stats file("kernel") using "modes" nooutput
modes = STATS_max
eval heading

of_delay(value) = column("delay_steps") == lag ? column(value) : NaN
set title sprintf("condition number of VᴴV, τ = %d", lag)
set xlabel "modes N"
set ylabel "condition number"
set xrange [0:1.1 * lag]
set xtics 200
set yrange [0.9:1.7]
set ytics 0.2
plot file("") using (of_delay("modes")):"condition_exact" with lines linecolor rgb gray linewidth 2 title "(τ + N)/τ", \
  file("") using (of_delay("modes")):"condition_computed" with points pointtype 6 linecolor rgb method_colour("S4D-Lin") title "computed", \
  file("") using (of_delay("modes")):"condition_paper" with lines linecolor rgb black dashtype 2 title "as stated"

set title "largest deviation of VᴴV from …"
set ylabel "largest |deviation|"
set logscale y
set yrange [1e-16:1e4]
set ytics 1e4
set format y "10^{%L}"
# A single mode has no deviation at all.
positive(value) = value > 0 ? value : NaN
plot file("") using (of_delay("modes")):(positive(column("deviation_from_exact"))) with linespoints pointtype 7 pointsize 0.5 \
    linecolor rgb ordered(0) title "τI + 11ᵀ", \
  file("") using (of_delay("modes")):(positive(column("deviation_from_paper"))) with linespoints pointtype 5 pointsize 0.5 \
    linecolor rgb ordered(0.5) title "(τ + 1)I", \
  file("") using (of_delay("modes")):(positive(column("deviation_without_last_row"))) with points pointtype 6 \
    linecolor rgb ordered(0.9) title "τI, rows < τ"
unset logscale
set format y "%h"

set title sprintf("kernel with C = 1, N = %d", modes)
set xlabel "lag l (steps)"
set ylabel "K[l]"
set xrange [-0.05 * lag:2.5 * lag]
set xtics ("0" 0, "τ" lag, "2τ" 2 * lag)
set yrange [-0.1 * modes:1.1 * modes]
set ytics auto
plot file("kernel") using "lag_steps":"kernel" with lines linecolor rgb method_colour("S4D-Lin") linewidth 0.6 notitle, \
  file("kernel") using (int(column("lag_steps")) % int(lag) == 0 ? column("lag_steps") : NaN):"kernel" with points pointtype 6 \
    linecolor rgb black title "multiples of τ: K = N"
unset multiplot
