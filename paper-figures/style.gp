# The style of all figures: sizes, fonts, axes, and the colour and symbol of each method. A script sets column_count and row_count
# (panels), loads this file and then plots to standard output. make-figures sets style, result, base, tables, figure_title and command.
panel_width = exists("panel_width") ? panel_width : 320
panel_height = exists("panel_height") ? panel_height : 270
figure_width = exists("figure_width") ? figure_width : panel_width * column_count
figure_height = exists("figure_height") ? figure_height : 34 + panel_height * row_count
set encoding utf8
set terminal svg enhanced size figure_width, figure_height font "DejaVu Sans,11" background "#ffffff" linewidth 1.2
set datafile separator comma

# Rows of other series are left out and do not cut lines.
set datafile missing NaN

# Okabe and Ito's colours, told apart with every kind of colour blindness.
black = "#000000"
orange = "#E69F00"
sky = "#56B4E9"
green = "#009E73"
blue = "#0072B2"
vermilion = "#D55E00"
purple = "#CC79A7"
gray = "#777777"

# A method has one colour and one symbol in every figure. Methods that are not here get what follows, as they come.
methods = "S4D-Lin S4D-Inv S4D-LegS S4D-FouT S4D-DFouT HOPE TFB S4D-Random S4D-Token S4D-RndImag S4D-Batched-DFouT ConvS5"
method_colours = vermilion." ".orange." ".sky." ".black." ".blue." ".green." ".purple." #332288 #882255 #999933 #44AA99 #7F4F24 #444444"
method_symbols = "7 9 15 11 5 11 9 5 7 9 5 7 9"
method_place(name) = sum [i = 1:words(methods)] (word(methods, i) eq name ? i : 0)
cycled(list, place) = word(list, 1 + (place - 1) % words(list))
method_colour(name) = cycled(method_colours, method_place(name))
# Variants of a method, from 1, have broken lines, and the open symbol or a cross; 0 is the method itself.
method_symbol(name, variant) = variant < 2 ? int(cycled(method_symbols, method_place(name))) - variant : int(cycled("2 1 3", variant - 1))
variant_dash(variant) = variant == 0 ? 1 : int(cycled("2 4 5", variant))

# Channels of two colours mixed: 0 is the first, 1 the second.
channel(colour, i) = int("0x".substr(colour, 2 * i, 2 * i + 1))
mixed_channel(first, second, share, i) = int(channel(first, i) + share * (channel(second, i) - channel(first, i)) + 0.5)
mixed(first, second, share) = sprintf("#%02X%02X%02X", mixed_channel(first, second, share, 1), mixed_channel(first, second, share, 2), \
  mixed_channel(first, second, share, 3))
# What is no method but has an order, such as layers or values of α: from 0 dark to 1 bright.
ordered_colours = "#440154 #3B528B #21918C #5EC962 #B0A800"
ordered(place) = mixed(word(ordered_colours, 1 + int(4 * place)), word(ordered_colours, 1 + (place < 1 ? int(4 * place) + 1 : 4)), \
  4 * place - int(4 * place))
# Place i of count.
ordered_of(i, count) = ordered(count > 1 ? (i - 1.0) / (count - 1) : 0)
# The colours of scores and accuracies.
ordered_palette = 'set palette defined (0 "#440154", 0.25 "#3B528B", 0.5 "#21918C", 0.75 "#5EC962", 1 "#FDE725")'
# The same colour, mostly transparent, for bands.
pale(name) = "#D0".substr(name, 2, 7)

# Empty panels take the axes away; this brings them back. Axes lie below what is plotted, so that marks on them are whole.
draw_axes = 'set border 3 back linecolor "#444444"; set tics out scale 0.5 textcolor "#222222"; set xtics nomirror; set ytics nomirror; '. \
  'set grid linecolor "#dddddd" linewidth 0.5 dashtype 1; set key below center horizontal Left reverse samplen 1.5 width -1 maxrows 2 font ",9"'
eval draw_axes
set lmargin 11
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
