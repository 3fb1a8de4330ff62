# A panel without data: a frame that names the command which fills it. Called inside of a multiplot; axes must be set again after it.
set label 1 "no data yet; this fills the frame:" at graph 0.5, 0.62 center font ",9" textcolor "#444444"
set label 2 command at graph 0.5, 0.5 center font "DejaVu Sans Mono,8" textcolor "#444444" noenhanced
unset tics
unset grid
unset xlabel
unset ylabel
unset key
set border 15 linecolor "#cccccc"
plot [0:1] [0:1] NaN notitle
unset label
