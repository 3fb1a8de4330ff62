# A whole figure without data.
column_count = 1
row_count = 1
load style."/style.gp"
set title figure_title
load style."/empty-panel.gp"
