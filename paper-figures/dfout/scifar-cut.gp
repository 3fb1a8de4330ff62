# Accuracy over the number of kernel steps (dots: the paper's text loses nothing from 32 on) and of layers, in both readings of what
# the other layers become; H∞ score of every system
# over its time step, over the largest one.
panel_width = 340
load style."/panels.gp"
eval heading
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    point_size = 0.6
    set ylabel "test accuracy (%)"
    if (option("kind") eq "length") {
      unset key
      set logscale x 2
      set xlabel "steps of each kernel"
      set arrow from 32, graph 0 to 32, graph 1 nohead linecolor rgb gray dashtype 3
      set label 1 "published: no loss from 32 on" at 32, graph 0.95 offset 0.5, 0 font ",8" textcolor rgb gray
      eval plot_series(0)
    }
    if (option("kind") eq "layers") {
      set xlabel "layers"
      set xtics 1
      set offsets 0.3, 0.3, 0, 0
      eval plot_series(0)
      unset offsets
    }
    if (option("kind") eq "scores") {
      point_size = 0.3
      set logscale xy
      set format x "10^{%L}"
      set format y "10^{%L}"
      set xlabel "Δ after training"
      set ylabel "H_∞ score over the largest"
      eval plot_series(0)
    }
  }
}
unset multiplot
