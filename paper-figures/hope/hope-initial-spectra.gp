# Hankel singular values of a layer's discrete systems before training, and how many systems have which ε-rank.
column_count = 2
row_count = 1
panel_width = 400
load style."/style.gp"
eval heading
names = "random s4d-lin s4d-legs hope"
titles = "'init1: random poles' 'init2: S4D-Lin' 'init3: S4D-LegS' 'HOPE, random h'"
title_of(i) = word(titles, i)
methods_here = "S4D-Random S4D-Lin S4D-LegS HOPE"
hue(i) = method_colour(word(methods_here, i))
set title "singular values: median, 10 % to 90 % of the systems"
set xlabel "index j of the singular value"
set ylabel "σⱼ/σ₁"
set logscale y
set format y "10^{%L}"
set xrange [1:64]
set yrange [1e-16:2]
plot for [i = 1:4] file("") using (of_series("initialization", word(names, i), "index")):"value_10":"value_90" \
    with filledcurves fillcolor rgb pale(hue(i)) fillstyle solid noborder notitle, \
  for [i = 1:4] file("") using (of_series("initialization", word(names, i), "index")):"value_median" \
    with lines linecolor rgb hue(i) title title_of(i)
unset logscale y
set format y "%g"
set title "systems by ε-rank, bars of four ranks, ε = 10⁻⁴ (ours)"
set xlabel "ε-rank"
set ylabel "share of systems (%)"
set xrange [0:66]
set yrange [0:*]
rank_of(name) = stringcolumn("tolerance") eq "0.0001" ? of_series("initialization", name, "rank") : NaN
count_of(name) = (rank_of(name) == rank_of(name)) ? 1 : 0
stats file("ranks") using (count_of("hope")) nooutput
share = 100.0 / STATS_sum
# Bars of four ranks, 4k − 3 to 4k, side by side in the order of the key.
bin(x, i) = 4 * ceil(x / 4.0) - 1.5 + 0.9 * (i - 2.5)
set boxwidth 0.9
set style fill solid 0.8 noborder
plot for [i = 1:4] file("ranks") using (bin(rank_of(word(names, i)), i)):(count_of(word(names, i)) * share) smooth frequency \
  with boxes fillcolor rgb hue(i) title title_of(i)
unset multiplot
