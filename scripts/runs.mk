# Data and runs. The rules of each experiment are written by plan-runs into $(PLAN), which is read only when a goal needs it.
#
# Executables are order-only prerequisites, so a new build retrains nothing; resolved configurations change only when their content
# does, so an edited comment retrains nothing; summary.json is written last, so an interrupted run is continued.

PLAN := .setup/plan.mk
resolve = @$(BIN)/plan-runs resolve --catalogue $(CATALOGUE)
train = $(BIN)/train-model --configuration $< --seed $* --output $(@D) --data $(DATA)/prepared --threads $(THREADS) \
  $(if $(FORCE_RESUME),--force-resume)
mirror = $(if $(MIRROR),--mirror $(MIRROR))
# A prepared folder's name says how it is made: generated-height-64-fastSpeed-300 is `--height 64 --fast-speed 300`.
folder_options = $(strip $(shell sed -E 's/([A-Za-z]+)-([0-9]+)(-|$$)/--\1 \2 /g; s/([A-Z])/-\L\1/g' <<<'$*'))
# What `make reproduce-GROUP` names.
GROUPS := ablation bidmc delay denoising lra scifar speech-commands waves
# Trained from generated data alone; every method is among them.
QUICKSTART := $(addprefix tiny-listops-,s4d-lin tfb hope dfout) dfout-lra-listops-s4d-lin

.PHONY: quickstart run status plan quickstart-runs download-imdb download-lra $(addprefix reproduce-,$(GROUPS)) $(addsuffix -runs,$(GROUPS))

ifneq ($(filter results/% $(DATA)/% data-% %-runs,$(MAKECMDGOALS)),)
include $(PLAN)
endif

$(PLAN): $(BUILT) $(shell find $(CATALOGUE))
	@$(BIN)/plan-runs makefile --catalogue $(CATALOGUE) --output $@

quickstart: $(BUILT)  ## Train small models on generated data, then their tables and figures; what needs no training at the papers' sizes
	@touch .setup/quickstart-began
	@$(MAKE) --no-print-directory PRESET=smoke quickstart-runs
	@$(MAKE) --no-print-directory PRESET=smoke tables figures
	@$(MAKE) --no-print-directory reproduce-analytic
	@if [ -n "$$(find results paper-figures -type f -newer .setup/quickstart-began -print -quit)" ]; \
	then echo 'quickstart: done; read results/tables/tiny-smoke.md, paper-figures/house/*-smoke.svg and paper-figures/*/*.svg'; \
	else echo 'quickstart: nothing to do, every run, table and figure is up to date'; fi

run: $(BUILT)  ## Train EXPERIMENT with SEED at PRESET
	@$(BIN)/plan-runs resolve --catalogue $(CATALOGUE) --experiment '$(EXPERIMENT)' --preset $(PRESET) >/dev/null
	@$(MAKE) --no-print-directory results/runs/$(EXPERIMENT)/$(PRESET)/seed-$(SEED)/summary.json

reproduce-lra:  ## Train the Long Range Arena experiments at PRESET, then their table and figures
reproduce-scifar:  ## The same for sequential CIFAR-10
reproduce-speech-commands:  ## The same for Speech Commands, at 16 kHz and untrained 8 kHz
reproduce-bidmc:  ## The same for vital signs
reproduce-waves:  ## The same for amplitudes of waves
reproduce-denoising:  ## The same for stripes on faces
reproduce-delay:  ## The same for the delay task
reproduce-ablation:  ## The same for α and β on sequential CIFAR-10
$(addprefix reproduce-,$(GROUPS)): reproduce-%: $(BUILT)
	@$(MAKE) --no-print-directory $*-runs
	@$(MAKE) --no-print-directory tables figures

status: $(BUILT)  ## Say which runs are done, stale, running, interrupted or missing
	@$(BIN)/plan-runs status --catalogue $(CATALOGUE)

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

plan: $(BUILT)  ## Show the runs of PRESET and their hours
	@$(BIN)/plan-runs plan --preset $(PRESET) --catalogue $(CATALOGUE)

ifneq ($(filter data-% %-runs,$(MAKECMDGOALS)),)
seeds_of = $(or $(SEEDS),$(SEEDS_$(1)_$(PRESET)))
summaries_of = $(foreach seed,$(call seeds_of,$(1)),results/runs/$(1)/$(PRESET)/seed-$(seed)/summary.json)
# Experiments of a group, only those of TASKS if it is given.
chosen_of = $(foreach id,$(GROUP_$(1)),$(if $(TASKS),$(if $(filter $(TASK_$(id)),$(TASKS)),$(id)),$(id)))

# Without the plan (Make reads it, and starts again) there is nothing to check yet.
ifdef GROUP_lra
wanted_groups := $(or $(filter $(GROUPS),$(patsubst %-runs,%,$(MAKECMDGOALS))),$(GROUPS))
known_tasks := $(sort $(foreach group,$(wanted_groups),$(foreach id,$(GROUP_$(group)),$(TASK_$(id)))))
ifneq ($(filter-out $(known_tasks),$(TASKS)),)
$(error unknown task '$(filter-out $(known_tasks),$(TASKS))' in TASKS: use $(known_tasks))
endif
quickstart-runs: $(foreach id,$(QUICKSTART),$(call summaries_of,$(id)))
define group_runs
$(1)-runs: $(foreach id,$(call chosen_of,$(1)),$(call summaries_of,$(id)))
endef
$(foreach group,$(GROUPS),$(eval $(call group_runs,$(group))))
endif
endif
