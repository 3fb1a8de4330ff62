# What scripts of finished runs share; a script loads it first. make-figures sets style (this folder), input (CSV), figure_title, caption,
# panels and, per panel N, titleN, noteN (a line below), commandN (fills an empty frame) or reasonN (why nothing can), countN (series), placesN
# (series that stand beside each other), xlowN … yhighN, mostN (points of the longest series), and the numbers of its series by what they are:
# lineN, curveN, marksN, barsN, referenceN, levelN, publishedN, missingN, bandsN (those with a range). Series i has hueN_i (a method, `gray`, or
# `ordered` with a place from 0 to 1), variantN_i, toneN_i (from 0, white, to 1), placeN_i. The key has keys entries k: keylabelk, keysamplek,
# and the same three.
panel_count = int(panels + 0)
columns = exists("columns") ? columns : 3
column_count = panel_count < columns ? panel_count : columns
row_count = (panel_count + column_count - 1) / column_count
# Pixels: a panel with all around it, its frame, and the room at its sides and below for numbers and names of axes.
panel_width = exists("panel_width") ? panel_width : 320
panel_width = column_count * panel_width < 560 ? 560 / column_count : panel_width
frame_height = exists("frame_height") ? frame_height : panel_count == 1 ? 240 : 190
left = exists("left") ? left : 72
right = exists("right") ? right : 14
below = exists("below") ? below : 50
# Of a colour bar below the panels.
bar_height = exists("bar_height") ? bar_height : 0
figure_width = column_count * panel_width

limit = int(figure_width / 7.6)
text = figure_title
load style."/wrap.gp"
heading_text = wrapped
heading_height = 14 + 17 * wrapped_count
array notes[panel_count]
note_lines = 0
limit = int((panel_width - left + 20) / 5.2)
do for [p = 1:panel_count] {
  text = value(sprintf("note%d", p))
  if (strlen(text) > 0) { load style."/wrap.gp"; notes[p] = wrapped; note_lines = wrapped_count > note_lines ? wrapped_count : note_lines } else { notes[p] = "" }
}
title_height = 30 + 11 * note_lines
row_height = title_height + frame_height + below

key_count = int(keys + 0)
longest_name = 0
do for [k = 1:key_count] {
  name_length = strlen(value(sprintf("keylabel%d", k)))
  longest_name = name_length > longest_name ? name_length : longest_name
}
key_width = 6.2 * longest_name + 50
key_columns = int((figure_width - 10) / key_width)
key_columns = key_columns < 1 ? 1 : key_columns > key_count ? key_count : key_columns
key_rows = key_count > 0 ? (key_count + key_columns - 1) / key_columns : 0
key_columns = key_count > 0 ? (key_count + key_rows - 1) / key_rows : 0
key_height = key_rows > 0 ? 10 + 15 * key_rows : 0
limit = int(figure_width / 5.9)
text = caption
caption_height = 8
if (strlen(text) > 0) { load style."/wrap.gp"; caption_text = wrapped; caption_height = 12 + 13 * wrapped_count }
figure_height = heading_height + row_count * row_height + bar_height + key_height + caption_height
load style."/style.gp"
across(pixels) = pixels / (1.0 * figure_width)
up(pixels) = 1 - pixels / (1.0 * figure_height)
# Below all panels.
end_of_panels = heading_height + row_count * row_height

# Of the panel that is being drawn, number `panel`.
of_panel(name) = value(sprintf("%s%d", name, panel))
option(name) = exists(sprintf("%s%d", name, panel)) ? of_panel(name) : ""
number(name) = real(of_panel(name))
is_empty(panel) = strlen(value(sprintf("command%d", panel))) > 0 || strlen(value(sprintf("reason%d", panel))) > 0
# Of an empty list of series gnuplot goes through once, with nothing for i.
of_series_number(name, i, otherwise) = strlen(i) > 0 ? value(sprintf("%s%d_%s", name, panel, i)) : otherwise
toned(colour, tone) = tone < 1 ? mixed("#FFFFFF", colour, tone) : colour
is_method(hue) = hue ne "gray" && substr(hue, 1, 8) ne "ordered "
hue_colour(hue, tone) = hue eq "gray" ? gray : is_method(hue) ? toned(method_colour(hue), tone) : ordered(real(substr(hue, 9, strlen(hue))))
hue_symbol(hue, variant) = is_method(hue) ? method_symbol(hue, variant) : variant > 1 ? 2 : 7 - variant
hue(i) = of_series_number("hue", i, "gray")
variant(i) = int(of_series_number("variant", i, 0))
series_colour(i) = hue_colour(hue(i), real(of_series_number("tone", i, 1)))
series_symbol(i) = hue_symbol(hue(i), variant(i))
# A column in rows of one series; rows of others are left out.
cell(i, name) = strlen(i) == 0 ? NaN : column("panel") == panel && column("series") == i + 0 ? column(name) : NaN
# Where on the axis a mark stands; scripts move it where marks would hide each other, by its place from −½ to ½ among those of its panel.
sideways(i) = (of_series_number("place", i, 1) - 0.5) / real(of_panel("places")) - 0.5
shifted(i, x) = x

# Methods that style.gp does not know get the next colours and symbols.
do for [p = 1:panel_count] {
  do for [i = 1:value(sprintf("count%d", p)) + 0] {
    method = value(sprintf("hue%d_%d", p, i))
    if (is_method(method) && method_place(method) == 0) { methods = methods." ".method }
  }
}

# Ranges with room for whole marks; around a single value; from zero.
has_single(axis) = number(axis."high") - number(axis."low") <= 1e-3 * abs(number(axis."high"))
room(axis) = has_single(axis) ? (number(axis."high") == 0 ? 1 : 0.2 * abs(number(axis."high"))) : 0.06 * (number(axis."high") - number(axis."low"))
linear(axis) = sprintf("set %srange [%.9g:%.9g]", axis, number(axis."low") - room(axis), number(axis."high") + room(axis))
from_zero(axis) = sprintf("set %srange [0:%.9g]", axis, number(axis."high") > 0 ? 1.06 * number(axis."high") : 1)
ratio_room(axis) = has_single(axis) ? 1.5 : (number(axis."high") / number(axis."low")) ** 0.06
# Less than two decades have numbers between them.
fine_tics = ""
do for [power = -9:5] { fine_tics = fine_tics.sprintf("%s1e%d, 2e%d, 5e%d", power > -9 ? ", " : "", power, power, power) }
is_fine(axis) = number(axis."low") > 0 && number(axis."high") < 100 * number(axis."low")
logarithmic(axis) = sprintf("set logscale %s; set format %s '%s'; ", axis, axis, is_fine(axis) ? "%g" : "10^{%L}"). \
  (is_fine(axis) ? sprintf("set %stics (%s); ", axis, fine_tics) : "").(number(axis."low") > 0 ? sprintf("set %srange [%.9g:%.9g]", \
  axis, number(axis."low") / ratio_room(axis), number(axis."high") * ratio_room(axis)) : sprintf("set %srange [*:*]", axis))
# Whole numbers at the ticks of an axis of epochs; of a single epoch the marks stand side by side.
epoch_axis = 'set xlabel "epoch"; if (number("xhigh") <= 12) { set xtics 1 }; if (has_single("x")) { set xrange [number("xlow") - 0.7:number("xlow") + 0.7] } else '. \
  '{ set xrange [number("xlow") - 0.03 * (number("xhigh") - number("xlow")):number("xhigh") + 0.03 * (number("xhigh") - number("xlow"))] }; shifted(i, x) = has_single("x") ? x + sideways(i) : x'

# Everything that an earlier panel may have changed.
panel_left = 'across(((panel - 1) % column_count) * panel_width + left)'
begin_panel = 'set border 3 back linecolor "#444444"; set tics out scale 0.5 textcolor "#222222" font ",10"; set xtics nomirror auto; '. \
  'set ytics nomirror auto; set grid xtics ytics linecolor "#dddddd" linewidth 0.5 dashtype 1; unset logscale; unset label; unset arrow; '. \
  'set xrange [*:*]; set yrange [*:*]; set format x "%g"; set format y "%g"; unset colorbox; set size noratio; unset key; '. \
  'set lmargin at screen '.panel_left.'; set rmargin at screen across(((panel - 1) % column_count + 1) * panel_width - right); '. \
  'panel_top = heading_height + ((panel - 1) / column_count) * row_height + title_height; '. \
  'set tmargin at screen up(panel_top); set bmargin at screen up(panel_top + frame_height); shifted(i, x) = x; '. \
  'set xlabel "" offset 0, 0.3; unset ylabel; unset title; '. \
  'set label 101 of_panel("title") at screen 0.5 * (across(((panel - 1) % column_count) * panel_width + left) + across(((panel - 1) % column_count + 1) * '. \
  'panel_width - right)), screen up(panel_top - 11 - 11 * note_lines) center font ",11" noenhanced; '. \
  'if (strlen(notes[panel]) > 0) { set label 102 notes[panel] at screen 0.5 * (across(((panel - 1) % column_count) * panel_width + left) + '. \
  'across(((panel - 1) % column_count + 1) * panel_width - right)), screen up(panel_top - 8 - 11 * (note_lines - 1)) center font ",8" textcolor rgb "#444444" noenhanced }'
empty_panel = 'load style."/empty-run-panel.gp"'
# The name of the upright axis, at the left end of the panel however wide its numbers are.
upright(name) = sprintf('set label 103 "%s" at screen across(((panel - 1) %% column_count) * panel_width + 13), screen up(panel_top + 0.5 * frame_height) '. \
  'center rotate by 90', name)

# All series of the panel: ranges as bands, dots for orientation (dashes for levels), lines, marks, printed values as open diamonds.
point_size = exists("point_size") ? point_size : 0.55
line_interval(_) = int(ceil(number("most") / 16.0))
xy = '(shifted(i, cell(i, "x"))):(cell(i, "y"))'
band_plots = 'for [i in of_panel("bands")] input using (cell(i, "x")):(cell(i, "low")):(cell(i, "high")) with filledcurves '. \
  'fillcolor rgb pale(series_colour(i)) notitle, '
# A single point has no band: bars.
bar_plots = 'for [i in of_panel("bands")] input using (shifted(i, cell(i, "x"))):(cell(i, "y")):(cell(i, "low")):(cell(i, "high")) with yerrorbars '. \
  'linecolor rgb series_colour(i) pointtype 7 pointsize 0.2 linewidth 1 notitle, '
reference_plots = 'for [i in of_panel("reference")] input using '.xy.' with lines linecolor rgb series_colour(i) dashtype 3 linewidth 1.4 notitle, '
level_plots = 'for [i in of_panel("level")] input using (cell(i, "x")):(cell(i, "y")) with lines linecolor rgb series_colour(i) dashtype 2 linewidth 1 notitle, '
line_plots = 'for [i in of_panel("line")] input using '.xy.' with linespoints linecolor rgb series_colour(i) dashtype variant_dash(variant(i)) '. \
  'linewidth 1.3 pointtype series_symbol(i) pointsize point_size pointinterval line_interval(0) notitle, '
mark_plots = 'for [i in of_panel("marks")] input using '.xy.' with points linecolor rgb series_colour(i) '. \
  'pointtype series_symbol(i) pointsize point_size notitle, '
published_plots = 'for [i in of_panel("published")] input using '.xy.' with points linecolor rgb series_colour(i) '. \
  'pointtype 12 pointsize 0.9 linewidth 1.2 notitle, '
curve_plots = 'for [i in of_panel("curve")] input using '.xy.' with lines linecolor rgb series_colour(i) '. \
  'linewidth 1.1 notitle, '
# Without what the panel does not have, for gnuplot warns of plots without data.
some(name, plots) = strlen(of_panel(name)) > 0 ? plots : ""
trimmed(plots) = substr(plots, 1, strlen(plots) - 2)
plot_series(_) = "plot ".trimmed(some("bands", has_single("x") ? bar_plots : band_plots).some("level", level_plots).some("reference", reference_plots). \
  some("curve", curve_plots).some("line", line_plots).some("marks", mark_plots).some("published", published_plots))

begin_figure = 'set multiplot'
# One colour bar for all panels, below them, with its name at its left.
colour_bar(name) = 'if (panel == coloured_panel) { set colorbox horizontal user origin screen across(0.5 * figure_width - 60), '. \
  'screen up(end_of_panels + 16) size screen across(240), screen 10.0 / figure_height; set cbtics font ",9" offset 0, 0.5 scale 0.4; '. \
  sprintf('set label 104 "%s" at screen across(0.5 * figure_width - 70), screen up(end_of_panels + 12) right font ",9" }', name)
coloured_panel = 0
do for [p = 1:panel_count] {
  if (coloured_panel == 0 && !is_empty(p) && !(exists(sprintf("kind%d", p)) && value(sprintf("kind%d", p)) eq "mean")) { coloured_panel = p }
}
end_figure = 'load style."/key.gp"; unset multiplot'
