# Tables and figures from finished and shipped runs. They never train and never download; equal content is not written again.

.PHONY: tables figures compare findings claim fidelity burn

read_runs = --preset $(PRESET) --catalogue $(CATALOGUE) --results results $(foreach word,$(RUNS),--runs $(call quote,$(word)))

tables: $(BUILT)  ## Make every table of PRESET
	@$(BIN)/make-tables $(read_runs) --output results/tables

figures: $(BUILT)  ## Draw every figure of PRESET
	@$(BIN)/make-figures runs $(read_runs) --output paper-figures
	@$(BIN)/make-figures analytic --input $(ANALYTIC) --output paper-figures

compare: $(BUILT)  ## Compare finished runs of PRESET with the published numbers, cell by cell
	@$(BIN)/compare-results $(read_runs) --output results/tables

findings = $(BIN)/make-findings --catalogue $(CATALOGUE) --results results

findings: $(BUILT)  ## Decide every claim of the papers by the shipped runs and analytic tables: docs/findings.md
	@$(findings) --runs shipped --readme README.md

claim: $(BUILT)  ## Make the runs and tables that decide CLAIM, such as B6, and print its row
	@$(findings) --claim $(call quote,$(CLAIM)) > /dev/null
	+@$(call follow,claim-$(CLAIM))
	@$(MAKE) --no-print-directory reproduce-analytic
	@$(findings) --claim $(call quote,$(CLAIM)) $(foreach word,$(RUNS),--runs $(call quote,$(word)))

fidelity: $(BUILT)  ## Write docs/fidelity.md: each reported configuration beside ours, with sources and decisions
	@$(BIN)/plan-runs fidelity --catalogue $(CATALOGUE)

burn:  ## Delete tables, figures and what was made for other programs; keep runs and data
	rm -rf results/tables $(ANALYTIC) results/results*.csv results/results*.jsonl results/exports results/tensorboard
	find paper-figures \( -name '*.svg' -o -name '*.gif' -o -name '*.csv' \) -delete
	@scripts/remove-leftovers.sh results paper-figures $(call quote,$(DATA))
