# Hankel singular values of a layer's discrete systems before training, and how many systems have which ε-rank.
column_count = 2
row_count = 1
panel_width = 400
load style."/style.gp"
eval heading
names = "random s4d-lin s4d-legs hope"
titles = "'init1: random poles' 'init2: S4D-Lin' 'init3: S4D-LegS' 'HOPE, random h'"
title_of(i) = word(titles, i)
set title "σ_j/σ_1 of the discrete systems  (median, 10 % to 90 %)"
set xlabel "j"
set ylabel "σ_j/σ_1"
set logscale y
set format y "10^{%L}"
set xrange [1:64]
set yrange [1e-16:2]
plot for [i = 1:4] file("") using (of_series("initialization", word(names, i), "index")):"value_10":"value_90" \
    with filledcurves fillcolor rgb pale(colour(i)) fillstyle solid noborder notitle, \
  for [i = 1:4] file("") using (of_series("initialization", word(names, i), "index")):"value_median" \
    with lines linecolor rgb colour(i) title title_of(i)
unset logscale y
set format y "%g"
set title "systems by ε-rank, ε = 10^{-4}  (our grid)"
set xlabel "ε-rank"
set ylabel "share of systems (%)"
set xrange [0:66]
set yrange [0:*]
rank_of(name) = stringcolumn("tolerance") eq "0.0001" ? of_series("initialization", name, "rank") : NaN
count_of(name) = (rank_of(name) == rank_of(name)) ? 1 : 0
stats file("ranks") using (count_of("hope")) nooutput
share = 100.0 / STATS_sum
# Bars of two ranks: 2k − 1 and 2k.
bin(x) = 2 * ceil(x / 2.0) - 0.5
set boxwidth 1.7
plot for [i = 1:4] file("ranks") using (bin(rank_of(word(names, i)))):(count_of(word(names, i)) * share) smooth frequency \
  with boxes fillcolor rgb colour(i) fillstyle transparent solid 0.45 border linecolor rgb colour(i) title title_of(i)
unset multiplot
