# Prepared data without a run, and looking at it. The rule of each prepared folder is in the plan (scripts/runs.mk).

FAMILIES := lra cifar10 speech-commands celeba moving-mnist bidmc

.PHONY: data data-verify data-describe data-listops $(addprefix data-,$(FAMILIES))

# What is prepared besides the data of the experiments. Sizes of downloads: data/README.md.
tones = $(addsuffix -seed-1-test-$1-train-$2-validation-$1,tones-generated tones-8khz-generated)
coloured = coloured-fastSpeed-300-frames-$1-seed-1-slowSpeed-30-test-$2-train-$3-validation-$2
OTHERS_lra_smoke := pathfinder-generated-contourLength-6-count-200-distractors-2-resolution-32-seed-1
OTHERS_lra_reduced := pathfinder-generated-contourLength-6-count-40000-distractors-2-resolution-32-seed-1 text
OTHERS_lra_paper := $(addprefix pathfinder-released-resolution-,32 128 256) retrieval-released text
OTHERS_cifar10_reduced := rgb rgb-script permuted noise-padded
OTHERS_cifar10_paper := $(OTHERS_cifar10_reduced)
OTHERS_speech-commands_smoke := $(call tones,20,100)
OTHERS_speech-commands_reduced := $(call tones,500,4000)
OTHERS_speech-commands_paper := 16khz 8khz
OTHERS_moving-mnist_smoke := digits $(call coloured,20,4,16)
OTHERS_moving-mnist_reduced := digits $(call coloured,100,40,200)
OTHERS_moving-mnist_paper := digits $(call coloured,600,200,1600)

if_defined = $(if $(filter-out undefined,$(origin $1)),$($1))
others_of = $(foreach name,$(call if_defined,OTHERS_$1_$(PRESET)),$(DATA)/prepared/$1/$(name)/card.json)
cards_of = $(sort $(call if_defined,DATA_$1_$(PRESET)) $(call others_of,$1))

data: $(BUILT)  ## Prepare the data of every family for PRESET, as far as possible; say what is missing
	@missing=; for family in $(FAMILIES); do \
	  $(MAKE) --no-print-directory --keep-going data-$$family || missing="$$missing $$family"; done; \
	if [ -n "$$missing" ]; then \
	  echo "data: not complete:$$missing; the messages above say what is missing and how to obtain it (data/README.md)" >&2; exit 1; fi

data-lra: $(call cards_of,lra)  ## Prepare the Long Range Arena's tasks (Image is gray CIFAR-10)
data-listops: $(filter $(DATA)/prepared/lra/listops-%,$(call cards_of,lra))  ## Prepare ListOps alone
data-cifar10: $(call cards_of,cifar10)  ## Prepare CIFAR-10
data-speech-commands: $(call cards_of,speech-commands)  ## Prepare tones and chirps, at PRESET=reduced and paper also Speech Commands (2.3 GiB)
data-celeba: $(call cards_of,celeba)  ## Prepare face-like pictures, at PRESET=paper CelebA
data-moving-mnist: $(call cards_of,moving-mnist)  ## Prepare MNIST's digits and videos of moving ones
data-bidmc: $(call cards_of,bidmc)  ## Prepare vital signs; every PRESET downloads them

data-verify: $(BUILT)  ## Hash all raw and prepared files again
	@$(BIN)/inspect-data verify --data $(DATA)

data-describe: $(BUILT)  ## Write a web page for each prepared dataset to results/data
	@$(BIN)/inspect-data describe --data $(DATA) --output results/data
