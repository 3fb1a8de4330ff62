# Panel `panel` without anything to draw: a frame with the command that fills it, or with the reason why nothing does.
limit = int((panel_width - left - right) / 5.6)
text = strlen(of_panel("command")) > 0 ? of_panel("command") : of_panel("reason")
load style."/wrap.gp"
if (strlen(of_panel("command")) > 0) {
  set label 1 "no run yet; this fills the frame:" at graph 0.5, 0.72 center font ",9" textcolor "#444444"
  set label 2 wrapped at graph 0.5, 0.58 center font "DejaVu Sans Mono,8" textcolor "#444444" noenhanced
} else {
  set label 1 wrapped at graph 0.5, 0.6 center font ",9" textcolor "#444444" noenhanced
}
set border 15 linecolor "#cccccc"
unset tics
unset grid
plot [0:1] [0:1] NaN notitle
