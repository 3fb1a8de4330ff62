# Validation accuracy from each initialisation, and σⱼ/σ₁ of layer 1: median and tenths over its systems, before (gray) and after training.
columns = 2
panel_width = 400
load style."/hope/curves.gp"
