# Panel `panel` without a run: a frame that names the command which fills it, in lines of at most 38 letters.
set label 1 "no run yet; this fills the frame:" at graph 0.5, 0.72 center font ",9" textcolor "#444444"
frame_line = ""
frame_count = 0
do for [frame_word in of_panel("command")." end"] {
  if (frame_word eq "end" || strlen(frame_line) + strlen(frame_word) > 38 && strlen(frame_line) > 0) {
    set label 2 + frame_count frame_line at graph 0.5, 0.6 - 0.09 * frame_count center font "DejaVu Sans Mono,8" \
      textcolor "#444444" noenhanced
    frame_count = frame_count + 1
    frame_line = frame_word
  } else {
    frame_line = frame_line.(strlen(frame_line) > 0 ? " " : "").frame_word
  }
}
set border 15 linecolor "#cccccc"
unset tics
unset grid
unset key
plot [0:1] [0:1] NaN notitle
