# Runs and the data that they read. What a goal means, and by which rules it is made as things are now, says `plan-runs makefile`; a
# second Make follows these rules.
#
# Executables are order-only prerequisites, so a new build retrains nothing; a resolved configuration is written only where its content
# changes, so an edited comment retrains nothing; summary.json is written last, so an interrupted run is continued.

# What the rules of plan-runs use.
resolve = @$(BIN)/plan-runs resolve --catalogue $(CATALOGUE)
train = $(if $(shared),scripts/ranks.sh $(RANKS) $(call quote,$(MPI_OPTIONS)) )$(BIN)/train-model --configuration $< --seed $* \
  --output $(@D) --data $(call quote,$(DATA)/prepared) --threads $(if $(shared),$(threads_of_rank),$(threads)) \
  $(if $(filter 1,$(FORCE_RESUME)),--force-resume) $(again) $(computing)
# Several processes divide the threads of a run.
shared = $(filter-out 1,$(RANKS))
threads_of_rank = $(shell each=$$(($(threads) / $(RANKS))); echo $$((each > 1 ? each : 1)))
# Our own engine needs no option.
computing = $(if $(DEVICE),--device $(call quote,$(DEVICE)) --precision $(call quote,$(PRECISION)) \
  $(if $(DEVICE_MEMORY),--device-memory $(call quote,$(DEVICE_MEMORY))))
# The rules set it for runs that are to be made although they are finished.
again :=
mirror = $(if $(MIRROR),--mirror $(call quote,$(MIRROR)))
# One line on how far the goal is.
progress = $(if $(dry),,@$(BIN)/plan-runs progress --plan $(call quote,$(PLAN)))

# In the second Make the folder of these rules.
PLAN ?=

select = --preset $(PRESET) --tasks $(call quote,$(TASKS)) --seeds $(call quote,$(SEEDS)) --catalogue $(CATALOGUE)
# $(call follow,GOAL) makes the runs and data of a goal, as many at a time as there are cores for. Its line begins with +, so that
# make -n runs it too: then nothing is built, and the second Make only prints what it would do. It is the last command of its line.
follow = $(if $(dry),$(say_unbuilt)) exec scripts/follow.sh $(call quote,$(MAKE)) $(jobs) $(threads) $(BIN)/plan-runs makefile \
  --goal $(call quote,$1) $(select) $(if $(filter 1,$(AGAIN)),--again) $(if $(DEVICE),--device $(call quote,$(DEVICE))) \
  --data $(call quote,$(DATA)) $(divides)
say_unbuilt = [ -x $(BIN)/plan-runs ] || { \
  echo 'make -n knows the runs and data only after `make build`: there is no $(BIN)/plan-runs yet' >&2; exit 2; };
# Where tools leave their last words, so that the end of a long `make reproduce-…` can say what failed: for each Make a file of its own.
NOTES = "$${FAILURE_NOTES:-$${TMPDIR:-/tmp}/ssm-repro-failures-$(shell echo $$PPID)}"

# $(call follow_all,GOAL): one failed run stops no other. $(call say_failures,GOAL) then says which are not finished, with the tools' own
# reasons, and leaves its exit code in the shell's variable `status`.
follow_all = [ -n "$${FAILURE_NOTES:-}" ] || rm -f $(NOTES); export FAILURE_NOTES=$(NOTES); $(call follow,$1) --keep-going
say_failures = $(BIN)/plan-runs failures --notes $(NOTES) --goal $(call quote,$1) $(select) --data $(call quote,$(DATA)) || status=$$?; \
  [ -n "$${FAILURE_NOTES:-}" ] || rm -f $(NOTES)

.PHONY: quickstart run perturb reproduce-perturbation campaign status plan why download-imdb download-lra unknown-arena-task FORCE

FORCE:

ifneq ($(PLAN),)
include $(subst $(space),\$(space),$(PLAN))/rules.mk
else
# Runs and data by the names of their files.
results/runs/%/summary.json: $(BUILT) FORCE
	+@$(call follow,$@)

%/card.json: $(BUILT) FORCE
	+@$(call follow,$@)
endif

quickstart: override PRESET := smoke
quickstart: $(BUILT)  ## Train small models on generated data, then their tables, figures and page; what needs no training at the papers' sizes
	@touch .setup/quickstart-began
	+@$(call follow,quickstart)
	@$(MAKE) --no-print-directory PRESET=smoke tables figures
	@$(MAKE) --no-print-directory reproduce-analytic
	@$(MAKE) --no-print-directory PRESET=smoke report
	@if [ -n "$$(find results paper-figures -type f -newer .setup/quickstart-began -print -quit)" ]; \
	then echo 'quickstart: done'; else echo 'quickstart: nothing to do, every run, table, figure and page is up to date'; fi
	@printf '  %-38s %s\n' 'Open' '' \
	  '  results/report.html' 'one page of all of it, in a browser' \
	  '  results/tables/tiny-smoke.md' 'what the small models reached' \
	  '  results/tables/lra-smoke.md' 'the first cell of a paper; empty cells name their commands' \
	  '  paper-figures/house/*-smoke.svg' 'learning curves and kernels' \
	  '  paper-figures/{dfout,tfb,hope}/*.svg' 'the figures of the papers' \
	  'Then type' '' \
	  '  make status' 'which runs there are' \
	  '  make plan PRESET=reduced' 'every experiment, with hours, memory and disk space' \
	  '  make compare PRESET=smoke' 'ours beside the published numbers' \
	  '  make reproduce-lra TASKS=listops' 'a larger run; make help lists everything'

run: select += --experiment --seed $(call quote,$(SEED))
run: $(BUILT)  ## Train EXPERIMENT with SEED at PRESET
	+@$(call follow,$(EXPERIMENT))

# What random changes of a trained model's systems do. The table is a further file of the run's folder, whose own files stay as they are.
results/runs/%/perturbation.csv: results/runs/%/summary.json | $(BUILT)
	$(BIN)/evaluate-model perturb --run $(@D) --output $@ --data $(call quote,$(DATA)/prepared) --threads $(threads) \
	  $(computing)

perturb: select += --experiment --seed $(call quote,$(SEED))
perturb: $(BUILT)  ## Train EXPERIMENT with SEED at PRESET, then measure it with randomly changed systems
	+@$(call follow,$(EXPERIMENT))
	@$(MAKE) --no-print-directory AGAIN=0 results/runs/$(call quote,$(EXPERIMENT))/$(PRESET)/seed-$(call quote,$(SEED))/perturbation.csv

# The models of the figure hope/trained-perturbation.
PERTURBED := hope-scifar $(patsubst %,hope-sensitivity-scifar-init%-reduced-rate,1 2 3) hope-noisy-scifar hope-noisy-scifar-s4d

reproduce-perturbation: $(BUILT)  ## The same for HOPE and S4D on sequential CIFAR-10, with noise and without, then tables and figures
	@for id in $(PERTURBED); do $(MAKE) --no-print-directory perturb EXPERIMENT=$$id; done
	@$(MAKE) --no-print-directory tables figures

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
reproduce-moving-mnist:  ## The same for videos of moving digits
reproduce-all: reproduce-analytic  ## The same for every group
# Any group of the catalogue, `all` for every one.
reproduce-%: $(BUILT) FORCE
	+@$(call follow_all,$@)
	$(if $(filter delay all,$*),@$(MAKE) --no-print-directory delay-limits)
	@$(MAKE) --no-print-directory tables figures
	@status=0; $(call say_failures,$@); exit $$status

# In the order of Sources/Catalogue/Experiments/campaign.yaml, which also says presets and seeds.
campaign: $(BUILT)  ## Train the runs of the campaign that are neither finished nor shipped, in its order; then say what is left
	+@$(call follow_all,$@)
	@status=0; $(call say_failures,$@); $(BIN)/plan-runs campaign --left $(campaign_entries); exit $$status

campaign_entries = --entries $(call quote,$(TASKS)) --catalogue $(CATALOGUE)

status: $(BUILT)  ## Say which runs are done, shipped, stale, running, interrupted or missing
	@$(BIN)/plan-runs status --catalogue $(CATALOGUE) $(addprefix --preset ,$(given_preset))

why:  ## Say why TARGET would be made again: a run, an experiment, reproduce-GROUP, prepared data or build
	@if [ $(call quote,$(TARGET)) = build ]; then \
	  if [ ! -e $(BUILT) ]; then echo 'build: it was never built'; \
	  else newer=$$(find $(SOURCES) -newer $(BUILT)); echo "build: $${newer:+newer than the executables: }$${newer:-nothing: it is up to date}"; fi; \
	elif [ -z $(call quote,$(TARGET)) ]; then echo 'error: no target is named; use make why TARGET=…, such as an experiment of make plan' >&2; exit 64; \
	elif [ ! -x $(BIN)/plan-runs ]; then echo 'error: nothing is built yet; run make build' >&2; exit 66; \
	else $(BIN)/plan-runs why --target $(call quote,$(TARGET)) --preset $(PRESET) --catalogue $(CATALOGUE) --data $(call quote,$(DATA)); fi

download-%: $(BUILT)  ## Fetch raw files, or check those that are there: download-cifar10, download-celeba, …
	@$(if $(filter-out $(FAMILIES),$*),echo error: nobody knows how to download $(call quote,$*)': use $(FAMILIES) or imdb' >&2; exit 64)
	@$(BIN)/prepare-$* download --raw $(call quote,$(DATA)/raw/$*) $(mirror)

# The tasks of the Long Range Arena share an archive, but for two; pathx and pathx256 are larger pictures of pathfinder.
arena := image listops pathfinder retrieval text pathx pathx256
unknown_tasks = $(filter-out $(arena),$(TASKS))
arena_tasks = $(sort $(patsubst pathx%,pathfinder,$(or $(filter $(arena),$(TASKS)),image listops pathfinder retrieval text)))

download-lra: $(if $(unknown_tasks),unknown-arena-task,$(addprefix download-lra-,$(arena_tasks)))  ## The same for TASKS, such as TASKS=text (80 MiB); without it for all (8 GB)

unknown-arena-task:
	@echo error: unknown task $(call quote,$(unknown_tasks))' in TASKS: use $(arena)' >&2; exit 64

download-lra-%: $(BUILT)
	@$(BIN)/prepare-lra download --task $(call quote,$*) --raw $(call quote,$(DATA)/raw/lra) $(mirror)

download-lra-image: download-cifar10 ;

download-lra-text download-imdb: $(BUILT)
	@$(BIN)/prepare-lra download --task text --raw $(call quote,$(DATA)/raw/imdb) $(mirror)

plan: $(BUILT)  ## Show the runs of PRESET by group, with hours (DEVICE=cuda: on a GPU), memory and disk space; with CAMPAIGN=1 the campaign by entry
	@$(BIN)/plan-runs $(if $(filter 1,$(CAMPAIGN)),campaign $(campaign_entries),plan --cores $(CORES) --preset $(PRESET) $(if $(filter-out cpu,$(DEVICE)),--machine H100) --catalogue $(CATALOGUE) --data $(call quote,$(DATA)))
