# One sequence of the delay task, its beginning enlarged, and the mean spectrum of the inputs.
column_count = 3
row_count = 1
load style."/style.gp"
stats file("") using "step" nooutput
last = STATS_max + 1
lag = last / 4
eval heading

set title "a whole sequence"
set xlabel "step"
set ylabel "value"
set xrange [0:last]
set xtics lag
set yrange [-3:5]
set ytics 1
plot file("") using "step":(column("input") + 2.5) with lines linecolor rgb ordered(0.1) linewidth 0.4 title "input, drawn 2.5 higher", \
  file("") using "step":"target" with lines linecolor rgb ordered(0.6) linewidth 0.4 title "target"

set title sprintf("80 steps, input from 0, target from τ = %d", lag)
set xlabel "step, or step − τ"
set xrange [0:80]
set xtics 20
set yrange [-2.5:2.5]
plot file("") using "step":"input" with lines linecolor rgb ordered(0.1) linewidth 1.2 title "input", \
  file("") using (column("step") - lag):"target" every 2 with points pointtype 6 pointsize 0.5 linecolor rgb ordered(0.6) \
    title "target, at step + τ"

set title "mean power of the inputs, cut at −40 dB"
set xlabel "frequency (Hz)"
set ylabel "mean |X|²/L (dB)"
set xrange [0:2000]
set xtics 500
set yrange [-40:5]
set ytics 10
decibels(power) = power > 1e-4 ? 10 * log10(power) : -40
plot file("spectrum") using "frequency_hertz":(decibels(column("mean_power"))) with lines linecolor rgb ordered(0.1) notitle
unset multiplot
