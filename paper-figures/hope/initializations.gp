# Validation accuracy from each initialisation, and σⱼ/σ₁ of layer 1: median and tenths over its systems, before (gray) and after training.
load style."/hope/curves.gp"
