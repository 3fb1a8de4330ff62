# One video of the test split step by step, above what came and below what the models made of it; the file has a matrix of packed colours for
# each step, with all models on it.
column_count = 1
row_count = 1
load style."/style.gp"
# Pixels of the screen for one of the video's.
scale = ceil(96.0 / side1)
page_width = scale * width1 > 430 ? scale * width1 : 430
page_height = scale * height1 + 40
set terminal gif animate delay 30 loop 0 size page_width, page_height font "DejaVu Sans,9" background "#ffffff"
unset border
unset tics
unset grid
unset key
unset title
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen 0
set tmargin at screen 1
free = 0.5 * (page_width / scale - width1)
set xrange [-0.5 - free:width1 - 0.5 + free]
set yrange [height1 - 0.5:height1 - 0.5 - page_height / scale]
set label 1 figure_title at screen 0.5, screen 1 - 11.0 / page_height center noenhanced front
do for [k = 1:int(keys)] {
  name = value(sprintf("keylabel%d", k))
  cut = strstrt(name, "; ")
  x = ((k - 1) % columns1) * across1 + 0.5 * across1 - 0.5
  y = ((k - 1) / int(columns1)) * down1 + above1
  set label 10 * k name[1:cut - 1] at x, y - 22.0 / scale center noenhanced front
  set label 10 * k + 1 name[cut + 2:*] at x, y - 9.0 / scale center noenhanced front
}
do for [page = 1:words(steps1)] {
  step = word(steps1, page)
  set label 2 (step eq "0" ? "last frame of the context" : "step ".step) at screen 0.5, screen 1 - 27.0 / page_height center noenhanced front
  plot input index page - 1 matrix using 1:2:(int($3) >> 16 & 255):(int($3) >> 8 & 255):(int($3) & 255) with rgbimage notitle
}
