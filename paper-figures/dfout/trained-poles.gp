# Discrete poles after training, of each conjugate pair the upper one; colour: H∞ score over the largest; dashes: the unit circle.
panel_width = 460
left = 62
# Equal units on both axes: 2.2 across, 1.15 up.
frame_height = (panel_width - left - 14) * 1.15 / 2.2
bar_height = 40
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    set xrange [-1.1:1.1]
    set yrange [-0.05:1.1]
    set xtics 0.5
    set ytics 0.5
    set xlabel "Re λ̄"
    eval upright("Im λ̄")
    set palette defined (0 "#FDE725", 0.35 "#5EC962", 0.6 "#21918C", 0.8 "#3B528B", 1 "#440154")
    eval colour_bar("H∞ score over the largest of the model")
    set logscale cb
    set cbrange [number("zlow"):1]
    set format cb "10^{%L}"
    set parametric
    set trange [0:pi]
    plot for [i in of_panel("marks")] input using (cell(i, "x")):(cell(i, "y")):(cell(i, "z")) with points pointtype 7 pointsize 0.3 \
      linecolor palette notitle, cos(t), sin(t) with lines linecolor rgb "#444444" dashtype 2 linewidth 0.8 notitle
    unset parametric
    unset logscale cb
    set format cb "%g"
  }
}
eval end_figure
