# Data and runs. The rules of each experiment are written by plan-runs into $(PLAN), which is read only when a goal needs it.
#
# Executables are order-only prerequisites, so a new build retrains nothing; resolved configurations change only when their content
# does, so an edited comment retrains nothing; summary.json is written last, so an interrupted run is continued.

PLAN := .setup/plan.mk
resolve = @$(BIN)/plan-runs resolve --catalogue $(CATALOGUE)
train = $(BIN)/train-model --configuration $< --seed $* --output $(@D) --data $(DATA)/prepared --threads $(threads) \
  $(if $(FORCE_RESUME),--force-resume)
mirror = $(if $(MIRROR),--mirror $(MIRROR))
# A prepared folder's name says how it is made: generated-height-64-fastSpeed-300 is `--height 64 --fast-speed 300`.
folder_options = $(strip $(shell sed -E 's/([A-Za-z]+)-([0-9]+)(-|$$)/--\1 \2 /g; s/([A-Z])/-\L\1/g' <<<'$*'))
# Trained from generated data alone; every method is among them.
QUICKSTART := $(addprefix tiny-listops-,s4d-lin tfb hope dfout) dfout-lra-listops-s4d-lin

# The same Make again for runs, with as many at a time as there are cores for. Its line begins with +, by which Make knows itself.
runs_make = MAKEFLAGS='$(filter-out -j% --jobserver%,$(MAKEFLAGS))' $(MAKE) --no-print-directory -j$(jobs) JOBS=$(jobs) THREADS=$(threads)
select = --group '$*' --preset $(PRESET) --tasks '$(TASKS)' --seeds '$(SEEDS)' --catalogue $(CATALOGUE)
# Where tools leave their last words, so that the end of a long `make reproduce-…` can say what failed.
NOTES = .setup/failures-$*.jsonl

.PHONY: quickstart run status plan why quickstart-runs download-imdb download-lra FORCE

FORCE:

ifneq ($(filter results/% $(DATA)/% data-% %-runs,$(MAKECMDGOALS)),)
ifeq ($(dry),)
include $(PLAN)

$(PLAN): $(BUILT) $(shell find $(CATALOGUE))
	@$(BIN)/plan-runs makefile --catalogue $(CATALOGUE) --output $@
else
# Rules that say which configurations would change now; the plan on disk, which later Makes read, stays as it is.
ifeq ($(wildcard $(BIN)/plan-runs),)
$(error make -n knows the runs and data only after `make build`: there is no $(BIN)/plan-runs yet)
endif
dry_plan := $(shell plan=$$(mktemp) && $(BIN)/plan-runs makefile --catalogue $(CATALOGUE) --dry-results results --output $$plan && echo $$plan)
ifeq ($(dry_plan),)
$(error make -n has no plan; the message above says why)
endif
-include $(dry_plan)
dry_plan := $(shell rm -f $(dry_plan))
endif
endif

quickstart: $(BUILT)  ## Train small models on generated data, then their tables and figures; what needs no training at the papers' sizes
	@touch .setup/quickstart-began
	+@$(runs_make) PRESET=smoke quickstart-runs
	@$(MAKE) --no-print-directory PRESET=smoke tables figures
	@$(MAKE) --no-print-directory reproduce-analytic
	@if [ -n "$$(find results paper-figures -type f -newer .setup/quickstart-began -print -quit)" ]; \
	then echo 'quickstart: done'; else echo 'quickstart: nothing to do, every run, table and figure is up to date'; fi
	@printf '  %-38s %s\n' 'Open' '' \
	  '  results/tables/tiny-smoke.md' 'what the small models reached' \
	  '  results/tables/lra-smoke.md' 'the first cell of a paper; empty cells name their commands' \
	  '  paper-figures/house/*-smoke.svg' 'learning curves and kernels' \
	  '  paper-figures/{dfout,tfb,hope}/*.svg' 'the figures of the papers' \
	  'Then type' '' \
	  '  make status' 'which runs there are' \
	  '  make plan PRESET=reduced' 'every experiment, with hours and disk space' \
	  '  make compare PRESET=smoke' 'ours beside the published numbers' \
	  '  make reproduce-lra TASKS=listops' 'a larger run; make help lists everything'

run: $(BUILT)  ## Train EXPERIMENT with SEED at PRESET
	@$(BIN)/plan-runs resolve --catalogue $(CATALOGUE) --experiment '$(EXPERIMENT)' --preset $(PRESET) >/dev/null
	+@$(runs_make) results/runs/$(EXPERIMENT)/$(PRESET)/seed-$(SEED)/summary.json

reproduce-lra:  ## Train the Long Range Arena experiments at PRESET, then their table and figures
reproduce-scifar:  ## The same for sequential CIFAR-10
reproduce-speech-commands:  ## The same for Speech Commands, at 16 kHz and untrained 8 kHz
reproduce-bidmc:  ## The same for vital signs
reproduce-waves:  ## The same for amplitudes of waves
reproduce-denoising:  ## The same for stripes on faces
reproduce-delay:  ## The same for the delay task
reproduce-ablation:  ## The same for α and β on sequential CIFAR-10
reproduce-sensitivity:  ## The same for initial ranges of step sizes and decay
reproduce-noisy-scifar:  ## The same for noise-padded sequential CIFAR-10
# The analytic figures train nothing; they come first where they have their rules.
reproduce-all: $(if $(wildcard scripts/analytic.mk),reproduce-analytic)  ## The same for every group
# Any group of the catalogue, `all` for every one. One failed run does not stop the others; at the end the failed ones are named, with
# the tools' own reasons.
reproduce-%: $(BUILT) FORCE
	@$(BIN)/plan-runs select $(select) >/dev/null
	@rm -f $(NOTES)
	+@FAILURE_NOTES=$(NOTES) $(runs_make) --keep-going $*-runs $(if $(dry),,|| echo 'some runs failed; tables and figures follow, then the reasons' >&2)
	@$(MAKE) --no-print-directory tables figures
	@$(BIN)/plan-runs failures --notes $(NOTES) $(select) --data $(DATA)

status: $(BUILT)  ## Say which runs are done, stale, running, interrupted or missing
	@$(BIN)/plan-runs status --catalogue $(CATALOGUE) $(if $(filter-out file undefined,$(origin PRESET)),--preset $(PRESET))

why:  ## Say why TARGET would be made again: a run, an experiment, reproduce-GROUP, prepared data or build
	@if [ '$(TARGET)' = build ]; then \
	  if [ ! -e $(BUILT) ]; then echo 'build: it was never built'; \
	  else newer=$$(find $(SOURCES) -newer $(BUILT)); echo "build: $${newer:+newer than the executables: }$${newer:-nothing: it is up to date}"; fi; \
	elif [ -z '$(TARGET)' ]; then echo 'error: no target is named; use make why TARGET=…, such as an experiment of make plan' >&2; exit 64; \
	elif [ ! -x $(BIN)/plan-runs ]; then echo 'error: nothing is built yet; run make build' >&2; exit 66; \
	else $(BIN)/plan-runs why --target '$(TARGET)' --preset $(PRESET) --catalogue $(CATALOGUE) --data $(DATA); fi

download-%: $(BUILT)  ## Fetch raw files, or check those that are there: download-cifar10, download-celeba, …
	@$(BIN)/prepare-$* download --raw $(DATA)/raw/$* $(mirror)

# The tasks of the Long Range Arena share an archive, but for two; pathx and pathx256 are larger pictures of pathfinder.
arena_tasks = $(sort $(patsubst pathx%,pathfinder,$(or $(TASKS),image listops pathfinder retrieval text)))

download-lra: $(addprefix download-lra-,$(arena_tasks))  ## The same for TASKS, such as TASKS=text (80 MiB); without it for all (8 GB)

download-lra-%: $(BUILT)
	@$(BIN)/prepare-lra download --task $* --raw $(DATA)/raw/lra $(mirror)

download-lra-image: download-cifar10 ;

download-lra-text download-imdb: $(BUILT)
	@$(BIN)/prepare-lra download --task text --raw $(DATA)/raw/imdb $(mirror)

plan: $(BUILT)  ## Show the runs of PRESET by group, with hours and disk space
	@$(BIN)/plan-runs plan --preset $(PRESET) --catalogue $(CATALOGUE) --data $(DATA)

ifneq ($(filter data-% %-runs,$(MAKECMDGOALS)),)
seeds_of = $(or $(SEEDS),$(SEEDS_$(1)_$(PRESET)))
summaries_of = $(foreach seed,$(call seeds_of,$(1)),results/runs/$(1)/$(PRESET)/seed-$(seed)/summary.json)
# Experiments of a group, only those of TASKS if it is given.
chosen_of = $(foreach id,$(GROUP_$(1)),$(if $(TASKS),$(if $(filter $(TASK_$(id)),$(TASKS)),$(id)),$(id)))

# Without the plan (Make reads it, and starts again) there is nothing to check yet.
ifdef GROUPS
wanted_groups := $(filter-out quickstart,$(patsubst %-runs,%,$(filter %-runs,$(MAKECMDGOALS))))
ifneq ($(filter-out $(GROUPS),$(wanted_groups)),)
$(error there is no group '$(filter-out $(GROUPS),$(wanted_groups))': the groups are $(GROUPS))
endif
known_tasks := $(sort $(foreach group,$(or $(wanted_groups),$(GROUPS)),$(foreach id,$(GROUP_$(group)),$(TASK_$(id)))))
ifneq ($(filter-out $(known_tasks),$(TASKS)),)
$(error unknown task '$(filter-out $(known_tasks),$(TASKS))' in TASKS: use $(known_tasks))
endif
quickstart-runs: $(foreach id,$(QUICKSTART),$(call summaries_of,$(id)))
define group_runs
.PHONY: $(1)-runs
$(1)-runs: $(foreach id,$(call chosen_of,$(1)),$(call summaries_of,$(id)))
endef
$(foreach group,$(wanted_groups),$(eval $(call group_runs,$(group))))
endif
endif
