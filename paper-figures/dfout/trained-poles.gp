# Discrete poles after training, of each conjugate pair the upper one; colour: H∞ score over the largest; dashes: the unit circle.
panel_width = 415
panel_height = 250
key_rows = 0
load style."/panels.gp"
set lmargin 8
set rmargin 10
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set size ratio -1
    set xrange [-1.1:1.1]
    set yrange [-0.05:1.1]
    set xtics 0.5
    set ytics 0.5
    set xlabel "Re"
    set ylabel "Im"
    set palette defined (0 "#FDE725", 0.35 "#5EC962", 0.6 "#21918C", 0.8 "#3B528B", 1 "#440154")
    set colorbox
    set logscale cb
    set cbrange [1e-4:1]
    set format cb "10^{%L}"
    set parametric
    set trange [0:pi]
    unset key
    plot for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):(cell(i, "z")) with points pointtype 7 pointsize 0.25 \
      linecolor palette notitle, cos(t), sin(t) with lines linecolor rgb "#444444" dashtype 2 linewidth 0.8 notitle
    unset parametric
  }
}
unset multiplot
