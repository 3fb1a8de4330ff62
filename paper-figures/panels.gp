# What scripts of finished runs share; a script loads it first. make-figures sets style (this folder), input (CSV), figure_title,
# panels and, per panel N, titleN, commandN (fills an empty frame), countN (series), of series i labelN_i and colourN_i, and the numbers
# of its series by what they are: lineN, marksN, referenceN, publishedN, missingN, bandsN (those with a range). xspanN and yspanN are axes wide
# enough for a single value, xmostN is the largest x.
panel_count = int(panels + 0)
columns = exists("columns") ? columns : 3
column_count = panel_count < columns ? panel_count : columns
row_count = (panel_count + column_count - 1) / column_count
panel_width = exists("panel_width") ? panel_width : 320
# Lines of the key below each panel, from the widths of its names, and room for the longest one.
array key_lines[panel_count]
longest_key = 0
do for [p = 1:panel_count] {
  key_entries = words(value(sprintf("published%d", p))) > 0
  name_length = 10
  do for [i = 1:value(sprintf("count%d", p)) + 0] {
    name = value(sprintf("label%d_%d", p, i))
    key_entries = key_entries + (strlen(name) > 0)
    name_length = strlen(name) > name_length ? strlen(name) : name_length
  }
  name_length = name_length + (words(value(sprintf("missing%d", p))) > 0 ? 8 : 0)
  key_columns = int((panel_width - 95) / (5.8 * name_length + 45))
  key_columns = key_columns > 1 ? key_columns : 1
  key_lines[p] = key_entries > 0 ? (key_entries + key_columns - 1) / key_columns : 1
  longest_key = key_lines[p] > longest_key ? key_lines[p] : longest_key
}
key_rows = exists("key_rows") ? key_rows : longest_key
panel_height = exists("panel_height") ? panel_height : 265 + 14 * key_rows
load style."/style.gp"
set bmargin 3.6 + 0.82 * key_rows

# Of the panel that is being drawn, number `panel`.
of_panel(name) = value(sprintf("%s%d", name, panel))
option(name) = exists(sprintf("%s%d", name, panel)) ? of_panel(name) : ""
# Of an empty list of series gnuplot goes through once, with nothing for i.
label(i) = strlen(i) > 0 ? value(sprintf("label%d_%s", panel, i)) : ""
# Colour 0 is gray.
colour_number(i) = strlen(i) > 0 ? int(value(sprintf("colour%d_%s", panel, i)) + 0) : 0
series_colour(i) = colour_number(i) > 0 ? colour(colour_number(i)) : gray
is_empty(panel) = strlen(value(sprintf("command%d", panel))) > 0
is_leftmost(panel) = panel % column_count == 1 || column_count == 1
# A column in rows of one series; rows of others are left out.
cell(i, name) = strlen(i) == 0 ? NaN : column("panel") == panel && column("series") == i + 0 ? column(name) : NaN

# Everything that an earlier panel may have changed.
begin_panel = 'set border 3 linecolor "#444444"; set tics out scale 0.5 textcolor "#222222"; set xtics nomirror auto; '. \
  'set ytics nomirror auto; set grid xtics ytics linecolor "#dddddd" linewidth 0.5 dashtype 1; unset logscale; unset label; unset arrow; '. \
  'eval "set xrange ".of_panel("xspan"); eval "set yrange ".of_panel("yspan"); set format x "%g"; set format y "%g"; unset colorbox; set size noratio; '. \
  'set xlabel "" offset 0, 0.3; set ylabel ""; set key below center horizontal Left reverse samplen 1.5 width -1 maxrows key_lines[panel] font ",9"; '. \
  'set title of_panel("title") font ",10" noenhanced'
# Whole numbers at the ticks of an axis of epochs.
epoch_tics = 'if (of_panel("xmost") + 0 <= 10) { set xtics 1 }'
empty_panel = 'load style."/empty-run-panel.gp"'

# All series of the panel: ranges as bands, gray dashes for orientation, lines, marks, printed values as open diamonds.
point_size = exists("point_size") ? point_size : 0.35
band_plots = 'for [i in of_panel("bands")] input using (cell(i, "x")):(cell(i, "low")):(cell(i, "high")) with filledcurves '. \
  'fillcolor rgb pale(is_reference(i) ? gray : series_colour(i)) notitle, '
is_reference(i) = strstrt(" ".of_panel("reference")." ", " ".i." ") > 0
reference_plots = 'for [i in of_panel("reference")] input using (cell(i, "x")):(cell(i, "y")) with lines linecolor rgb '. \
  '(exists("coloured_references") ? series_colour(i) : gray) dashtype 3 linewidth 1.2 title label(i), '
line_plots = 'for [i in of_panel("line")] input using (cell(i, "x")):(cell(i, "y")) with linespoints linecolor rgb series_colour(i) '. \
  'linewidth 1.3 pointtype 7 pointsize point_size title label(i), '
mark_plots = 'for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")) with points linecolor rgb series_colour(i) '. \
  'pointtype 7 pointsize point_size title label(i), '
published_plots = 'for [i in of_panel("published")] input using (cell(i, "x")):(cell(i, "y")) with points linecolor rgb series_colour(i) '. \
  'pointtype 12 pointsize 0.8 title (i eq word(of_panel("published"), 1) ? "published" : ""), '
missing_plots = 'for [i in of_panel("missing")] keyentry with lines linecolor rgb "#cccccc" title label(i).": no run", '
curve_plots = 'for [i in of_panel("line")] input using (cell(i, "x")):(cell(i, "y")) with lines linecolor rgb series_colour(i) '. \
  'linewidth 1.1 title label(i), '
# Without what the panel does not have, for gnuplot warns of plots without data.
some(name, plots) = strlen(of_panel(name)) > 0 ? plots : ""
trimmed(plots) = substr(plots, 1, strlen(plots) - 2)
plot_with(lines) = "plot ".trimmed(some("bands", band_plots).some("reference", reference_plots).lines.some("published", published_plots). \
  some("missing", missing_plots))
plot_series(_) = plot_with(some("line", line_plots).some("marks", mark_plots))
# The same with lines alone, for many points.
plot_curves(_) = plot_with(some("line", curve_plots))

# Titles that are too long are cut into two lines behind the colon, and printed smaller.
is_long = 7.0 * strlen(figure_title) > panel_width * column_count
colon = strstrt(figure_title, ": ")
heading_text = is_long && colon > 0 ? substr(figure_title, 1, colon)."\n".substr(figure_title, colon + 2, strlen(figure_title)) : figure_title
heading_font = is_long ? ",10" : ",12"
heading = 'set multiplot layout row_count, column_count title heading_text font heading_font'
