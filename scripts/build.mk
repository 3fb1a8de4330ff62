# From a bare machine to executables; checks of the code.

SETUP := .setup/done
BUILT := $(BIN)/.built
# The catalogue's data are no source here: make passes their folder, so editing them needs no build.
# Folders too: their times tell of deleted files.
SOURCES := Package.swift $(shell find Sources -path $(CATALOGUE) -prune -o -print)
# What an executable reads that is called without --catalogue.
BUNDLED := $(BIN)/ssm-repro_Catalogue.bundle/$(notdir $(CATALOGUE))

.PHONY: doctor setup build test format check-format check-imports check-golden clean

# What it reads.
export DATA MIRROR
doctor:  ## Say whether this machine can build, fetch data and train, and what to do where it cannot; changes nothing
	@scripts/doctor.sh

setup:  ## Install missing Debian packages, check the Swift and Make versions
	@scripts/setup.sh
	@mkdir -p $(dir $(SETUP)) && touch $(SETUP)

$(SETUP): scripts/setup.sh scripts/requirements.sh
	@scripts/setup.sh
	@mkdir -p $(@D) && touch $@

build: $(BUILT) $(BUNDLED)  ## Compile all executables

$(BUILT): $(SOURCES) | $(SETUP)
	swift build --configuration release
	@swift --version > $(@D)/compiler.txt
	@touch $@

# Its time is that before the copy, so that an edit meanwhile is copied next time.
$(BUNDLED): $(shell find $(CATALOGUE)) | $(BUILT)
	@mkdir -p $(@D)
	@touch $@.began
	@rm -rf $@
	@cp -r $(CATALOGUE) $@
	@touch -r $@.began $@
	@rm $@.began

test: $(SETUP)  ## Run all tests
	swift test --disable-xctest $(call quoted_words,$(TEST_OPTIONS))

format: $(SETUP)  ## Format the Swift sources
	swift format --in-place --recursive Sources Tests Package.swift

check-format: $(SETUP)  ## Check the format of the Swift sources
	swift format lint --strict --recursive Sources Tests Package.swift

check-imports: $(SETUP)  ## Check import direction, raw pointers and file lengths
	@scripts/check-imports.sh

check-golden: $(BUILT)  ## Compute the golden cases in DIR and compare
	@$(if $(DIR),,echo 'error: no folder of golden cases is named; use make check-golden DIR=folder' >&2; exit 64)
	$(BIN)/check-golden --directory $(call quote,$(DIR)) $(computing)

clean: burn  ## Delete what burn deletes, and all built code; keep runs and data
	rm -rf .build .setup results/resolved
