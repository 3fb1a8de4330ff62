# The papers' figures and statements that need no training: tables in results/analytic, figures in paper-figures.
#
# Executables are order-only, as for runs: a new build alone computes nothing again. What decides is the text of the sources that
# compute the results and the cards of the data they read, so a file of their hashes is the prerequisite; it is replaced only when it
# differs. Drawing is quick and writes nothing that is equal, so it is always done.

ANALYTIC := results/analytic
ANALYTIC_INPUTS := .setup/analytic-inputs.sha256
ANALYTIC_LIBRARIES := $(addprefix Sources/,AnalyticResults SystemAnalysis StateSpace LinearAlgebra Datasets Arrays)
# The stamp lists the tables; if one is gone, all are made again.
analytic_lost = $(if $(filter-out $(wildcard $(ANALYTIC)/*.csv),$(file < $(ANALYTIC)/.done)),analytic-again)

.PHONY: reproduce-analytic analytic-again overview delay-limits

reproduce-analytic: $(BUILT)  ## Compute and draw what needs no training: figures and statements of the papers
	+@$(call follow,data-analytic)
	@$(MAKE) --no-print-directory $(ANALYTIC)/.done
	@$(BIN)/make-figures analytic --input $(ANALYTIC) --output paper-figures

# Committed, so that a reader sees it before anything is built.
overview: reproduce-analytic  ## Draw the picture of the README, docs/overview.svg, from them
	@LC_ALL=C.UTF-8 gnuplot -e "style='paper-figures'; analytic='$(ANALYTIC)'" paper-figures/house/overview.gp > docs/.overview.svg.part
	@grep -q '</svg>' docs/.overview.svg.part && mv docs/.overview.svg.part docs/overview.svg && echo docs/overview.svg

$(ANALYTIC_INPUTS): analytic-again
	@mkdir -p $(@D)
	@folders=(); for folder in $(ANALYTIC_LIBRARIES) $(call quote,$(DATA)/prepared)/{lra,cifar10}; do \
	  [ ! -d "$$folder" ] || folders+=("$$folder"); done; \
	find "$${folders[@]}" $(CATALOGUE)/claims '(' -name '*.swift' -o -name card.json -o -name '*.yaml' ')' -print0 | sort -z | xargs -0 --no-run-if-empty sha256sum > $@.next
	@if cmp -s $@.next $@; then rm $@.next; else mv $@.next $@; fi

$(ANALYTIC)/.done: $(ANALYTIC_INPUTS) $(call analytic_lost) | $(BUILT)
	@mkdir -p $(@D)
	@$(BIN)/analyze-systems results --catalogue $(CATALOGUE) --output $(@D) --data $(call quote,$(DATA)/prepared) > $@.next
	@awk '/: unchanged$$/ {count++; next} {print} END {if (count) print "$(@D): " count " tables unchanged"}' $@.next
	@sed 's/: [a-z]*$$//' $@.next > $@
	@rm $@.next

# Limits of the same data and model are kept, unless the sources that compute them have changed.
delay-limits: $(BUILT) $(ANALYTIC_INPUTS)  ## Compute what least squares reaches on the delay task at PRESET, for its table and figure
	@limits=$(ANALYTIC)/delay-limits-$(PRESET).csv; [ ! $(ANALYTIC_INPUTS) -nt "$$limits" ] || rm -f "$$limits"; \
	$(BIN)/analyze-systems limits --preset $(PRESET) --catalogue $(CATALOGUE) --output "$$limits"
