# Validation accuracy, and |K| of the trained system of layer 1 with the most energy.
panel_width = 400
load style."/hope/curves.gp"
