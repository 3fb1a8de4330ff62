# One picture of the test split: clean and with both kinds of stripes, then, a panel for each model, what it makes of the stripes.
panel_width = 330
frame_height = 118
left = 8
right = 8
below = 8
load style."/panels.gp"
part(name, shift) = (int(column(name)) >> shift) & 255
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    names = option("kind") eq "inputs" ? "clean vertical horizontal" : "vertical_denoised horizontal_denoised"
    titles = option("kind") eq "inputs" ? "'clean' 'vertical stripes' 'horizontal stripes'" : "'from vertical' 'from horizontal'"
    source = option("kind") eq "inputs" ? option("source") + 0 : panel
    width = of_panel("width") + 0
    height = of_panel("height") + 0
    gap = ceil(width / 16.0)
    step = width + gap
    # Three pictures fit; two stand in the middle.
    start = 0.5 * (3 - words(names)) * step
    # Faces have the form of CelebA's pictures, 178 by 218, whatever their pixels are.
    across_frame = (panel_width - left - right) * width / (178.0 / 218 * frame_height / 1.16)
    beside = 0.5 * (across_frame - 3 * step + gap)
    set xrange [-0.5 - beside:-0.5 + 3 * step - gap + beside]
    set yrange [height - 0.5:-0.5 - 0.16 * height]
    unset tics
    unset border
    unset grid
    do for [i = 1:words(names)] {
      set label i word(titles, i) at start + (i - 1) * step + width / 2.0, -0.08 * height center font ",9"
    }
    plot for [i = 1:words(names)] input using (column("panel") == source ? column("column") + start + (i - 1) * step : NaN):(column("row")): \
      (part(word(names, i), 16)):(part(word(names, i), 8)):(part(word(names, i), 0)) with rgbimage notitle
  }
}
eval end_figure
