# Draws panel `panel` without data: a frame that names the command which fills it.
words_of_command = value(sprintf("command%d", panel))
set label 1 "no run yet; this fills the frame:" at graph 0.5, 0.75 center font ",9" textcolor "#444444"
set label 2 word(words_of_command, 1)." ".word(words_of_command, 2) at graph 0.5, 0.63 center \
  font "DejaVu Sans Mono,9" textcolor "#444444" noenhanced
do for [i = 3:words(words_of_command)] {
  set label i word(words_of_command, i) at graph 0.5, 0.79 - 0.08 * i center font "DejaVu Sans Mono,9" textcolor "#444444" noenhanced
}
unset tics
unset grid
unset xlabel
unset logscale
set border 15 linecolor "#cccccc"
plot [0:1] [0:1] NaN notitle
unset label
eval draw_axes
