# Prepared data for people who want it without a run, and looking at it. What runs need is prepared by the rules of scripts/runs.mk.
#
# A folder's name says how it is made: generated-height-64-seed-1-… becomes `--height 64 --seed 1 …`.

.PHONY: data data-verify data-describe data-celeba data-moving-mnist data-speech-commands data-bidmc

FAMILIES := lra cifar10 speech-commands celeba moving-mnist bidmc
# Besides the data of the catalogue's experiments.
DATASETS_celeba_smoke := generated-height-64-seed-1-test-8-train-32-validation-8-width-32
DATASETS_celeba_reduced := generated-height-512-seed-1-test-200-train-2000-validation-200-width-128
DATASETS_celeba_paper := released-height-2048-limit-0-width-128
DATASETS_moving-mnist_smoke := coloured-fastSpeed-300-frames-20-seed-1-slowSpeed-30-test-4-train-16-validation-4
DATASETS_moving-mnist_reduced := coloured-fastSpeed-300-frames-100-seed-1-slowSpeed-30-test-40-train-200-validation-40
DATASETS_moving-mnist_paper := digits coloured-fastSpeed-300-frames-600-seed-1-slowSpeed-30-test-200-train-1600-validation-200

if_defined = $(if $(filter-out undefined,$(origin $1)),$($1))
datasets_of = $(call if_defined,DATASETS_$1_$(PRESET))
cards_of = $(foreach dataset,$(call datasets_of,$1),$(DATA)/prepared/$1/$(dataset)/card.json)

data: $(BUILT)  ## Prepare the data of every family for PRESET, as far as possible; say what is missing
	@missing=; for family in $(FAMILIES); do \
	  $(MAKE) --no-print-directory data-$$family || missing="$$missing $$family"; done; \
	if [ -n "$$missing" ]; then \
	  echo "data: not ready:$$missing; the messages above say what is missing and how to obtain it (data/README.md)" >&2; exit 1; fi

data-celeba: $(call cards_of,celeba)  ## Prepare face-like pictures, at PRESET=paper CelebA
data-moving-mnist: $(call cards_of,moving-mnist)  ## Prepare videos of moving digits
data-speech-commands: $(call if_defined,DATA_speech-commands_$(PRESET))
data-bidmc: $(call if_defined,DATA_bidmc_$(PRESET))

data-verify: $(BUILT)  ## Hash all raw and prepared files again
	@$(BIN)/inspect-data verify --data $(DATA)

data-describe: $(BUILT)  ## Write a web page for each prepared dataset to results/data
	@$(BIN)/inspect-data describe --data $(DATA) --output results/data

options = $(shell sed -E 's/([A-Za-z]+)-([0-9]+)(-|$$)/--\1 \2 /g; s/([A-Z])/-\L\1/g' <<<'$*')

$(DATA)/prepared/celeba/generated-%/card.json: | $(BUILT)
	$(BIN)/prepare-celeba preprocess --source generated $(options)--output $(@D)

$(DATA)/prepared/celeba/released-%/card.json: $(DATA)/raw/celeba/receipt.json | $(BUILT)
	$(BIN)/prepare-celeba preprocess --source released $(options)--raw $(<D) --output $(@D)

$(DATA)/prepared/moving-mnist/coloured-%/card.json: $(DATA)/raw/moving-mnist/receipt.json | $(BUILT)
	$(BIN)/prepare-moving-mnist preprocess --variant coloured $(options)--raw $(<D) --output $(@D)

$(DATA)/prepared/moving-mnist/original-%/card.json: $(DATA)/raw/moving-mnist/receipt.json | $(BUILT)
	$(BIN)/prepare-moving-mnist preprocess --variant original $(options)--raw $(<D) --output $(@D)

$(DATA)/prepared/moving-mnist/digits/card.json: $(DATA)/raw/moving-mnist/receipt.json | $(BUILT)
	$(BIN)/prepare-moving-mnist preprocess --variant digits --raw $(<D) --output $(@D)
