# The house style: size, fonts, colours and margins of every figure. A script loads it first; make-figures sets
# folder, input, output, figure_title, panels, and per panel titleN, commandN (fills an empty frame) and seriesN.
panel_count = int(panels)
column_count = panel_count < 3 ? panel_count : 3
row_count = (panel_count + column_count - 1) / column_count
set terminal svg size 360 * column_count, 40 + 300 * row_count font "DejaVu Sans,11" background "#ffffff"
set output output
set datafile separator comma

# Rows of other panels are left out and do not cut lines.
set datafile missing NaN

draw_axes = 'set border 3 linecolor "#444444"; set xlabel offset 0, 0.3; set tics out scale 0.5 textcolor "#222222"; '. \
  'set xtics nomirror; set ytics nomirror; set grid y linecolor "#dddddd" linewidth 0.5 dashtype 1'
eval draw_axes
set lmargin 9
set rmargin 3
set tmargin 3
set bmargin 6
set key below center horizontal Left reverse samplen 1.5 width -1 maxrows 2 font ",9"

panel_title(panel) = value(sprintf("title%d", panel))
series(panel) = value(sprintf("series%d", panel))
is_empty(panel) = words(series(panel)) == 0
is_leftmost(panel) = panel % column_count == 1 || column_count == 1

# The distance of tics that makes at most ten of them: 1, 2 or 5 times a power of ten.
power(range) = 10 ** floor(log10(range / 10.0))
nice(ratio) = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10
tic_distance(range) = nice(range / 10.0 / power(range)) * power(range)
