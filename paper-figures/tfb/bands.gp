# What TFB's figures share: series over a logarithmic frequency, each a median with a band from the 10th to the 90th percentile of the draws,
# whose edges are thin lines, for bands overlap.
set logscale xy
set format x "10^{%L}"
set format y "10^{%L}"
set xlabel "frequency s (rad per unit of time)"
value_of(name, value, column_name) = stringcolumn(name) eq value ? column(column_name) : NaN
faint(name) = "#E2".substr(name, 2, 7)
band_name = "10 % to 90 % of the draws"
