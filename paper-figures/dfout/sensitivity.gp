# Test accuracy over the largest initial Δ (DFouT: ξ), a panel for each task; diamonds are results of the paper's Table 1.
load style."/panels.gp"
eval begin_figure
do for [panel = 1:panel_count] {
  eval begin_panel
  if (is_empty(panel)) { eval empty_panel } else {
    eval logarithmic("x")
    set format x "%g"
    set xtics (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1)
    eval linear("y")
    set xlabel "largest initial Δ or ξ"
    eval upright("test accuracy (%)")
    shifted(i, x) = x * 1.3 ** sideways(i)
    eval plot_series(0)
  }
}
eval end_figure
