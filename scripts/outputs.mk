# Tables and figures from finished and shipped runs. They never train and never download; equal content is not written again.

.PHONY: tables figures compare burn

read_runs = --preset $(PRESET) --catalogue $(CATALOGUE) --results results $(addprefix --runs ,$(RUNS))

tables: $(BUILT)  ## Make every table of PRESET
	@$(BIN)/make-tables $(read_runs) --output results/tables

figures: $(BUILT)  ## Draw every figure of PRESET
	@$(BIN)/make-figures learning-curves $(read_runs) --output paper-figures/house
	@$(BIN)/make-figures kernels $(read_runs) --output paper-figures/house

compare: $(BUILT)  ## Compare finished runs of PRESET with the published numbers, cell by cell
	@$(BIN)/compare-results $(read_runs) --output results/tables

burn:  ## Delete tables and figures; keep runs and data
	rm -rf results/tables
	find paper-figures -name '*.svg' -delete -o -name '*.csv' -delete
