# Frames of one video of the test split, above what came and below what the model made of it; the file has a matrix of packed colours for
# each panel with a run.
columns = 1
panel_width = 620
frame_height = 150
left = 8
right = 8
below = 8
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    width = of_panel("width") + 0
    height = of_panel("height") + 0
    # Pixels are squares, with room for a line of text above them.
    heading_share = 0.11
    scale = frame_height * (1 - heading_share) / height
    scale = scale * width > panel_width - left - right ? (panel_width - left - right) / (1.0 * width) : scale
    beside = 0.5 * ((panel_width - left - right) / scale - width)
    set xrange [-0.5 - beside:width - 0.5 + beside]
    set yrange [height - 0.5:height - 0.5 - frame_height / scale]
    unset tics
    unset border
    unset grid
    do for [i = 1:words(of_panel("steps"))] {
      set label i word(of_panel("steps"), i) at (i - 1) * of_panel("distance") + 0.5 * of_panel("side") - 0.5, -0.05 * height center font ",9"
    }
    plot input index int(of_panel("block")) matrix using 1:2:(int($3) >> 16 & 255):(int($3) >> 8 & 255):(int($3) & 255) with rgbimage notitle
  }
}
eval end_figure
