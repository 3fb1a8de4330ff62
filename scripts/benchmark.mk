# Speed and memory: training steps, their parts, how they grow, and the same models in PyTorch and JAX. See docs/performance.md.
# Measure on a machine that does nothing else; every file is rewritten by the target that makes it.

# Narrow what is measured: names of shapes, layers (s4d tfb dfout hope), directions (uni bi), peers; ROUNDS pairs of steps.
SHAPES ?=
LAYERS ?=
DIRECTIONS ?=
PEERS ?=
ROUNDS ?= 5

MEASURED := results/benchmark
PEERS_PYTHON := .setup/peers-venv/bin/python
# Generated data that the way from a dataset to batches is measured with, of the length of a shape.
batches = --shape $1 --data $(call quote,$(DATA)/prepared)/$$($(BIN)/plan-runs select --goal data-benchmark-$1 $(select))

.PHONY: calibrate benchmark benchmark-floor benchmark-steps benchmark-operations benchmark-figure benchmark-scaling benchmark-batches \
  benchmark-peers benchmark-agree benchmark-videos check-pytorch

# Shows a table while it grows and keeps it when it is whole.
keep = tee $(MEASURED)/.$1.part && mv $(MEASURED)/.$1.part $(MEASURED)/$1
option = $(if $2,$1 $(call quoted_words,$2))
draw = LC_ALL=C.UTF-8 gnuplot -e "style='paper-figures'; input='$(MEASURED)/$2'; panels='$3'" paper-figures/house/$1.gp \
  > paper-figures/house/.$1.part && grep -q '</svg>' paper-figures/house/.$1.part && \
  mv paper-figures/house/.$1.part paper-figures/house/$1.svg && echo paper-figures/house/$1.svg

ifneq ($(SHAPE),)
benchmark: $(BUILT)
	@$(BIN)/benchmark train-step --shape $(call quote,$(SHAPE)) $(call option,--layer,$(LAYERS)) $(computing)
else
benchmark: benchmark-floor benchmark-steps benchmark-operations benchmark-figure  ## Measure steps and operations of every shape (SHAPES, LAYERS), or one step of SHAPE
endif

$(MEASURED):
	@mkdir -p $@

# Plans take the files as soon as they are there.
calibrate: $(BUILT) | $(MEASURED)  ## Measure this machine in a minute or two, so that plans say their hours for it and -j divides its cores well
	@$(BIN)/benchmark calibrate --output $(MEASURED)/step-times.csv
	@$(BIN)/benchmark splits --cores $(CORES) --output $(MEASURED)/splits.csv

benchmark-floor: $(BUILT) | $(MEASURED)
	@$(BIN)/benchmark floor | $(call keep,floor.csv)

# S4D at every shape, the others at two of them.
benchmark-steps: $(BUILT) | $(MEASURED)
	@{ $(BIN)/benchmark steps --layers $(call quoted_words,$(or $(LAYERS),s4d)) $(call option,--shapes,$(SHAPES)) $(call option,--directions,$(DIRECTIONS)); \
	  $(if $(strip $(SHAPES)$(LAYERS)),true,$(BIN)/benchmark steps --layers tfb dfout hope --shapes image-small listops | tail -n +2); \
	} | $(call keep,steps.csv)

benchmark-operations: $(BUILT) | $(MEASURED)
	@for shape in $(or $(call quoted_words,$(SHAPES)),$$($(BIN)/benchmark shapes | awk -F, '$$7 == 1 {print $$1}')); do \
	  for layer in $(call quoted_words,$(or $(LAYERS),s4d)); do $(BIN)/benchmark operations --shape $$shape --layer $$layer; done; \
	done | awk 'NR == 1 || !/^shape,/' | $(call keep,operations.csv)

benchmark-figure:  ## Draw our steps beside their floor from the last measurement
	@$(call draw,benchmark,steps.csv,2)

benchmark-scaling: $(BUILT) | $(MEASURED)  ## Measure time and memory against length, width, modes and threads, and draw them
	@$(BIN)/benchmark scaling --layer $(call quote,$(or $(LAYERS),s4d)) | $(call keep,scaling.csv)
	@$(call draw,benchmark-scaling,scaling.csv,6)

benchmark-batches: $(BUILT) | $(MEASURED)  ## Measure what reading generated data costs beside a step
	+@$(call follow,data-benchmark-pathfinder)
	+@$(call follow,data-benchmark-sc35)
	@{ $(BIN)/benchmark batches $(call batches,pathfinder); $(BIN)/benchmark batches $(call batches,sc35) | tail -n +2; } \
	  | $(call keep,batches.csv)

# 75 says that the peers cannot be had here, which is no failure of ours.
with_peers = @export PYTHONDONTWRITEBYTECODE=1; status=0; scripts/peers/install.sh || status=$$?; \
  if [ $$status -eq 75 ]; then echo '$@: skipped, the peers could not be installed (see above)'; exit 0; fi; \
  [ $$status -eq 0 ] || exit $$status;

benchmark-peers: $(BUILT) | $(MEASURED)  ## Measure the same steps in PyTorch and JAX by turns with ours (SHAPES, LAYERS, DIRECTIONS, PEERS, ROUNDS)
	$(with_peers) $(PEERS_PYTHON) scripts/peers/compare.py --benchmark $(BIN)/benchmark --output $(MEASURED)/peers.csv \
	  --allocator "$$(cat .setup/peers-tcmalloc)" --rounds $(ROUNDS) $(call option,--shapes,$(SHAPES)) \
	  $(call option,--layers,$(LAYERS)) $(call option,--directions,$(DIRECTIONS)) $(call option,--peers,$(PEERS))

benchmark-agree: $(BUILT)  ## Check that PyTorch and JAX compute the losses that our benchmark computes
	$(with_peers) $(PEERS_PYTHON) scripts/peers/agree.py $(BIN)/benchmark $(PEERS_PYTHON)

benchmark-videos: $(BUILT) | $(MEASURED)  ## Measure a step of the video model in PyTorch by turns with ours, and its floor (SHAPES, PEERS, ROUNDS)
	@for shape in $(or $(call quoted_words,$(SHAPES)),video video-small); do $(BIN)/benchmark video-step --shape $$shape; done \
	  | awk 'NR == 1 || !/^shape,/' | $(call keep,videos.csv)
	$(with_peers) $(PEERS_PYTHON) scripts/peers/videos.py --benchmark $(BIN)/benchmark --output $(MEASURED)/video-peers.csv \
	  --allocator "$$(cat .setup/peers-tcmalloc)" --rounds $(ROUNDS) $(call option,--shapes,$(SHAPES)) $(call option,--peers,$(PEERS))

check-pytorch:  ## Rebuild the finished run of EXPERIMENT and SEED in PyTorch, and compare loss and accuracy on the test split
	@$(if $(EXPERIMENT),,echo 'error: no run is named; use make check-pytorch EXPERIMENT=tiny-listops-s4d-lin PRESET=smoke' >&2; exit 64)
	$(with_peers) $(PEERS_PYTHON) scripts/pytorch/rebuild.py results/runs/$(call quote,$(EXPERIMENT))/$(PRESET)/seed-$(call quote,$(SEED)) --data $(call quote,$(DATA)/prepared)
