# Mean spectra of three tasks, a panel per task; titles say which sequences they are. Dashed: multiples of the angle of a picture's row.
column_count = 3
row_count = 1
load style."/style.gp"

# Words of the table of data, in the order of the panels.
array origin[3]
array sequences[3]
array steps[3]
set table $words
plot [-1:1] [-1:1] file("data") using (origin[int($0) + 1] = stringcolumn("origin"), sequences[int($0) + 1] = column("sequences"), \
  steps[int($0) + 1] = column("length_steps"), 0):(0) with points
unset table
tasks = "listops image pathx"
titles = "ListOps Image PathX-128"
commands = "data-listops data-cifar10 data-lra"
row_angle(panel) = panel == 2 ? 2 * pi / 32 : 2 * pi / 128
grouped(number) = number < 1000 ? sprintf("%d", number) : sprintf("%d,%03d", number / 1000, int(number) % 1000)
eval heading

do for [panel = 1:3] {
  set title word(titles, panel)
  if (!has(word(tasks, panel))) {
    command = "make ".word(commands, panel)." && make reproduce-analytic"
    load style."/empty-panel.gp"
  } else {
    eval draw_axes
    set title word(titles, panel).sprintf(" (%s, %s sequences)", origin[panel], grouped(sequences[panel]))
    set xlabel "frequency Ω (rad per step), without Ω = 0"
    set ylabel "mean |X|²/L (dB)"
    set ytics auto
    set offsets 0, 0, graph 0.05, 0
    set xrange [0:panel == 3 ? pi / 8 : panel == 2 ? pi / 2 : pi]
    if (panel == 1) { set xtics ("0" 0, "π/4" pi / 4, "π/2" pi / 2, "3π/4" 3 * pi / 4, "π" pi) }
    if (panel == 2) { set xtics ("0" 0, "2π/32" 2 * pi / 32, "π/4" pi / 4, "π/2" pi / 2) }
    if (panel == 3) { set xtics ("0" 0, "2π/128" 2 * pi / 128, "π/16" pi / 16, "π/8" pi / 8) }
    if (panel > 1) {
      do for [n = 1:8] { set arrow n from first n * row_angle(panel), graph 0 rto 0, graph 1 nohead dashtype 3 linecolor rgb gray linewidth 0.6 }
    }
    set label 1 sprintf("L = %d", steps[panel]) at graph 0.98, 0.94 right font ",9"
    plot file(word(tasks, panel)) using "angle_radians_per_step":"decibels" every ::1 with lines linecolor rgb black linewidth 0.8 notitle
    unset arrow
    unset label
  }
}
unset multiplot
