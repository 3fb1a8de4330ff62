# Finished and shipped runs in the formats of other programs: docs/exports.md. Nothing here trains or downloads.

# A run by experiment, preset and seed, or its folder; without it that of EXPERIMENT, PRESET and SEED. Event files take several.
RUN ?=

# The tool for TensorBoard is built by its own target alone: it needs a library that nothing else needs.
TENSORBOARD := $(BIN)/.built-tensorboard

.PHONY: results export tensorboard check-tensorboard

named_runs = $(or $(RUN),$(if $(EXPERIMENT),$(EXPERIMENT)/$(PRESET)/seed-$(SEED)))

results: $(BUILT)  ## Write every number of all runs as results/results.csv and .jsonl; with PRESET those of that size alone
	@$(BIN)/export-runs results $(addprefix --preset ,$(given_preset)) --catalogue $(CATALOGUE) \
	  $(foreach word,$(RUNS),--runs $(call quote,$(word)))

export: $(BUILT)  ## Export the best weights of RUN as a folder that PyTorch alone can use
	@$(BIN)/export-runs model --run $(call quote,$(named_runs)) --data $(call quote,$(DATA)/prepared)

$(TENSORBOARD): $(BUILT)
	SSM_TENSORBOARD=1 swift build --configuration release --product export-tensorboard
	@touch $@

tensorboard: $(TENSORBOARD)  ## Write event files of TensorBoard for RUN, one run or several
	@$(BIN)/export-tensorboard $(foreach word,$(or $(call quoted_words,$(named_runs)),''),--run $(word))

check-tensorboard: $(SETUP)  ## Check that Python's tensorboard reads event files as they are meant; skipped where it is not installed
	SSM_TENSORBOARD=1 swift test --disable-xctest --filter TensorBoardTests
