# Prepared data without a run, and looking at it. What is prepared besides the data of the experiments: $(CATALOGUE)/data.yaml.

FAMILIES := lra cifar10 speech-commands celeba moving-mnist bidmc

.PHONY: data data-verify data-describe

data: $(BUILT)  ## Prepare the data of every family for PRESET, as far as possible; say what is missing
	@missing=; for family in $(FAMILIES); do \
	  $(MAKE) --no-print-directory --keep-going data-$$family || missing="$$missing $$family"; done; \
	if [ -n "$$missing" ]; then \
	  echo "data: not complete:$$missing; the messages above say what is missing and how to obtain it (data/README.md)" >&2; exit 1; fi

data-lra:  ## Prepare the Long Range Arena's tasks (Image is gray CIFAR-10)
data-listops:  ## Prepare ListOps alone
data-cifar10:  ## Prepare CIFAR-10
data-speech-commands:  ## Prepare tones and chirps, at PRESET=reduced and paper also Speech Commands (2.3 GiB)
data-celeba:  ## Prepare face-like pictures, at PRESET=paper CelebA
data-moving-mnist:  ## Prepare MNIST's digits and videos of moving ones
data-bidmc:  ## Prepare vital signs; every PRESET downloads them

# Any family, the variants whose names begin so, or a purpose that data.yaml names.
data-%: $(BUILT) FORCE
	+@$(call follow,$@)

data-verify: $(BUILT)  ## Hash all raw and prepared files again
	@$(BIN)/inspect-data verify --data $(call quote,$(DATA))

data-describe: $(BUILT)  ## Write a web page for each prepared dataset to results/data
	@$(BIN)/inspect-data describe --data $(call quote,$(DATA)) --output results/data
