# Pictures side by side: clean, with vertical stripes, what the model makes of it, with horizontal stripes, what the model makes of it.
columns = 2
panel_width = 520
panel_height = 190
key_rows = 0
load style."/panels.gp"
names = "clean vertical vertical_denoised horizontal horizontal_denoised"
titles = "clean vertical denoised horizontal denoised"
set lmargin 1
set rmargin 1
set bmargin 1
set tmargin 4
part(name, shift) = (int(column(name)) >> shift) & 255
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    width = of_panel("width") + 0
    height = of_panel("height") + 0
    gap = ceil(width / 16.0)
    set title offset 0, 0.6
    set xrange [-0.5:5 * width + 4 * gap - 0.5]
    set yrange [height - 0.5:-0.5]
    unset tics
    unset border
    unset grid
    unset key
    do for [i = 1:5] {
      set label i word(titles, i) at (i - 1) * (width + gap) + width / 2.0, -0.5 center offset 0, 0.5 font ",9"
    }
    plot for [i = 1:5] input using (column("panel") == panel ? column("column") + (i - 1) * (width + gap) : NaN):(column("row")): \
      (part(word(names, i), 16)):(part(word(names, i), 8)):(part(word(names, i), 0)) with rgbimage notitle
  }
}
unset multiplot
