# Tables, figures and the page of all results from finished and shipped runs. They never train and never download; equal content is not written again.

.PHONY: tables figures report check-report compare ship verify collect findings claim fidelity burn

SHIPPED := results/shipped
read_runs = --catalogue $(CATALOGUE) --results results $(foreach word,$(RUNS),--runs $(call quote,$(word)))
given_preset = $(if $(filter-out file undefined,$(origin PRESET)),$(PRESET))
only_shipped = $(if $(strip $(RUNS)),$(if $(filter-out shipped,$(RUNS)),,yes))
# With RUNS=shipped every preset that has shipped runs, unless one is named.
shipped_presets = $(filter smoke reduced paper,$(sort $(notdir $(patsubst %/,%,$(wildcard $(SHIPPED)/*/*/)))))
shown_presets = $(or $(given_preset),$(if $(only_shipped),$(shipped_presets)),$(PRESET))
# $(call at_presets,COMMAND,OPTIONS): the command at each of them.
at_presets = for preset in $(shown_presets); do $1 --preset $$preset $(read_runs)$2; done
# Tables that need no training: own ones if there are any, and shipped ones where they may be read.
own_analytic = $(if $(only_shipped),,$(wildcard $(ANALYTIC)/*.csv))
shipped_analytic = $(if $(filter shipped,$(or $(RUNS),shipped)),$(wildcard $(SHIPPED)/analytic/*.csv))
shown_analytic = $(if $(own_analytic),$(ANALYTIC),$(if $(shipped_analytic),$(SHIPPED)/analytic,$(ANALYTIC)))

tables: $(BUILT)  ## Make every table of PRESET
	@$(call at_presets,$(BIN)/make-tables, --output results/tables)

figures: $(BUILT)  ## Draw every figure of PRESET
	@$(call at_presets,$(BIN)/make-figures runs, --output paper-figures)
	@$(BIN)/make-figures analytic --input $(shown_analytic) --output paper-figures

# It draws the figures of all its presets.
report: $(BUILT)  ## Make results/report.html, one page of all results; without PRESET of every preset that has runs
	@$(BIN)/make-report $(addprefix --preset ,$(given_preset)) $(read_runs) --templates report --figures paper-figures --output results/report.html

check-report:  ## Try that page in headless Chromium, at the widths of a phone and of a desk
	@scripts/check-report.sh results/report.html

compare: $(BUILT)  ## Compare finished runs of PRESET with the published numbers, cell by cell
	@$(call at_presets,$(BIN)/compare-results, --output results/tables)

ship: $(BUILT)  ## Copy small files of finished, clean runs and the tables without training to results/shipped
	@$(BIN)/ship-runs copy $(addprefix --preset ,$(given_preset)) --catalogue $(CATALOGUE) $(if $(FROM),--from $(call quote,$(FROM)))

verify: $(BUILT)  ## Compare runs made here with the shipped ones, a line a run
	@$(BIN)/ship-runs verify --catalogue $(CATALOGUE)

collect: $(BUILT)  ## Merge finished runs made elsewhere, FROM=folder or FROM=host:path, into results/runs (RUN: one; DRY=1 only says what it would do)
	@$(BIN)/ship-runs collect --catalogue $(CATALOGUE) --from $(call quote,$(FROM)) $(if $(RUN),--run $(call quote,$(RUN))) $(if $(filter 1,$(DRY)),--dry-run)

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

burn:  ## Delete tables, figures, the page of results and what was made for other programs; keep runs and data
	rm -rf results/tables results/report.html $(ANALYTIC) results/results*.csv results/results*.jsonl results/exports results/tensorboard
	find paper-figures \( -name '*.svg' -o -name '*.gif' -o -name '*.csv' \) -delete
	@scripts/remove-leftovers.sh results paper-figures $(call quote,$(DATA))
