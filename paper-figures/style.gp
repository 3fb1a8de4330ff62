# The style of the papers' figures: sizes, fonts, colours, axes. A script sets column_count and row_count (panels), loads this file and
# then plots to standard output. make-figures sets style, result, base, tables, figure_title and command.
panel_width = exists("panel_width") ? panel_width : 320
panel_height = exists("panel_height") ? panel_height : 270
set encoding utf8
set terminal svg enhanced size panel_width * column_count, 34 + panel_height * row_count font "DejaVu Sans,11" \
  background "#ffffff" linewidth 1.2
set datafile separator comma

# Rows of other series are left out and do not cut lines.
set datafile missing NaN

# Okabe and Ito's colours, told apart with every kind of colour blindness.
black = "#000000"
orange = "#E69F00"
sky = "#56B4E9"
green = "#009E73"
yellow = "#F0E442"
blue = "#0072B2"
vermilion = "#D55E00"
purple = "#CC79A7"
gray = "#777777"
# For series in order, such as rising α: dark to light.
series_colours = blue." ".vermilion." ".green." ".purple." ".orange." ".sky
colour(i) = word(series_colours, 1 + (i - 1) % words(series_colours))
# The same, mostly transparent, for bands.
pale(name) = "#C8".substr(name, 2, 7)

# Empty panels take the axes away; this brings them back.
draw_axes = 'set border 3 linecolor "#444444"; set tics out scale 0.5 textcolor "#222222"; set xtics nomirror; set ytics nomirror; '. \
  'set grid linecolor "#dddddd" linewidth 0.5 dashtype 1; set key below center horizontal Left reverse samplen 1.5 width -1 maxrows 2 font ",9"'
eval draw_axes
set lmargin 9
set rmargin 2.5
set tmargin 3
set bmargin 6
set title font ",11"
heading = 'set multiplot layout row_count, column_count title figure_title font ",12"'

file(part) = strlen(part) > 0 ? base."-".part.".csv" : base.".csv"
# Whether the table of that part is there: 1 or 0.
has(part) = strstrt(tables, " ".result.(strlen(part) > 0 ? "-".part : "")." ") > 0
# The value of a column in rows of a series (NaN, left out, in others).
of_series(name, value, column_name) = stringcolumn(name) eq value ? column(column_name) : NaN
