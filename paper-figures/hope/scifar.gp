# HOPE beside S4D: validation accuracy, and σⱼ/σ₁ of layer 1 before (gray) and after training.
columns = 3
panel_width = 290
load style."/hope/curves.gp"
