# What stands around the panels: the title above, the key and the caption below, each entry of the key once for all panels.
unset label; unset arrow; unset object; unset colorbox; unset border; unset tics; unset grid; unset xlabel; unset ylabel; unset title; unset logscale
set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0
set size noratio
set label 1 heading_text at screen 0.5, screen up(20) center font ",12.5" noenhanced
key_top = end_of_panels + bar_height + 4
do for [k = 1:key_count] {
  x = 0.5 * (figure_width - key_columns * key_width) + 8 + ((k - 1) / key_rows) * key_width
  y = key_top + 8 + 15 * ((k - 1) % key_rows)
  sample = value(sprintf("keysample%d", k))
  key_hue = value(sprintf("keyhue%d", k))
  key_variant = int(value(sprintf("keyvariant%d", k)))
  key_colour = hue_colour(key_hue, real(value(sprintf("keytone%d", k))))
  # Gnuplot's SVG takes a new dash only with another colour or width.
  dash = sample eq "reference" ? 3 : sample eq "level" ? 2 : variant_dash(key_variant)
  if (sample eq "line" || sample eq "curve" || sample eq "reference" || sample eq "level") {
    set arrow k from screen across(x), screen up(y) to screen across(x + 24), screen up(y) nohead linecolor rgb key_colour dashtype dash linewidth 1.4 + 0.01 * dash
  }
  if (sample eq "line" || sample eq "marks" || sample eq "published") {
    set label 200 + k "" at screen across(x + 12), screen up(y) point pointtype (sample eq "published" ? 12 : hue_symbol(key_hue, key_variant)) \
      pointsize (sample eq "published" ? 0.9 : 0.55) linecolor rgb key_colour
  }
  if (sample eq "band" || sample eq "bars") {
    set object k rectangle from screen across(x), screen up(y + 4) to screen across(x + 24), screen up(y - 4) \
      fillcolor rgb (sample eq "band" ? pale(key_colour) : toned(key_colour, 0.6)) fillstyle solid noborder
  }
  set label 400 + k value(sprintf("keylabel%d", k)) at screen across(x + 31), screen up(y) left font ",9" noenhanced
}
if (strlen(caption) > 0) { set label 2 caption_text at screen 0.5, screen up(key_top + key_height + 8) center font ",9" textcolor rgb "#444444" noenhanced }
plot [0:1] [0:1] NaN notitle
