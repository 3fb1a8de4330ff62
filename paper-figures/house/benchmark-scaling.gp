# How time and memory of a step grow with one size while the others stay; dashed is what theory says, through the last point.
column_count = int(panels) < 3 ? int(panels) : 3
row_count = (int(panels) + column_count - 1) / column_count
load style."/style.gp"
measured_colour = method_colour("S4D-Lin")
theory_colour = "#777777"

set multiplot layout 2, 3 title "Growth of a training step (base: batch 2, 4096 steps, 64 channels, 2 layers, 32 modes)" font ",13"
set logscale x 2
set xtics format "%.0f"

work(x) = x * log(2 * x)
array sizes[6] = ["length", "length", "width", "modes", "modes", "threads"]
array quantities[6] = ["ms_median", "peak_rss_mb", "ms_median", "ms_median", "peak_rss_mb", "ms_median"]
array names[6] = ["steps of a sequence, L", "steps of a sequence, L", "channels, H", "modes, N", "modes, N", "threads"]
array laws[6] = ["∝ L log L", "∝ L", "∝ H", "∝ N", "constant", "∝ 1/threads"]
law(panel, x) = panel == 1 ? work(x) : panel == 5 ? 1 : panel == 6 ? 1.0 / x : x

do for [panel = 1:6] {
  size = sizes[panel]
  quantity = quantities[panel]
  x1 = 0; y1 = 0
  stats input using (strcol("varied") eq size ? (column("value") >= x1 ? (x1 = column("value"), y1 = column(quantity), 1) : 1) : NaN) nooutput
  set title (quantity eq "ms_median" ? "time" : "peak memory") font ",10"
  set ylabel quantity eq "ms_median" ? "ms a step" : "MB"
  set xlabel names[panel]
  set logscale y
  set yrange [*:*]
  plot input using (strcol("varied") eq size ? column("value") : NaN):(y1 * law(panel, column("value")) / law(panel, x1)) \
      with lines linecolor rgb theory_colour dashtype 2 title laws[panel], \
    input using (strcol("varied") eq size ? column("value") : NaN):(column(quantity)) \
      with linespoints linecolor rgb measured_colour linewidth 1.5 pointtype 7 pointsize 0.5 title "measured"
}
unset multiplot
