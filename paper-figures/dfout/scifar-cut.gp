# Accuracy over the number of kernel steps (dashes: the paper's text loses nothing from 32 on) and of layers, in both readings of what
# the other layers become; H∞ score of every system over its time step.
panel_width = 340
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    eval upright("test accuracy (%)")
    if (option("kind") eq "length") {
      eval logarithmic("x")
      set logscale x 2
      set format x "%g"
      set xtics autofreq
      set xlabel "steps of each kernel"
      set arrow from 32, graph 0 to 32, graph 1 nohead linecolor rgb gray dashtype 2
      eval linear("y")
    }
    if (option("kind") eq "layers") {
      set xlabel "layers"
      set xtics 1
      eval linear("x")
      eval linear("y")
    }
    if (option("kind") eq "scores") {
      eval logarithmic("x")
      eval logarithmic("y")
      set xlabel "Δ after training"
      eval upright("H∞ score over the largest")
    }
    eval plot_series(0)
  }
}
eval end_figure
