# Everything that can be made here; `make help` lists it. Rules live in scripts/*.mk, one file per phase.
# Make's -n, asked before flags of our own: only single letters count, which stand first.
dry := $(findstring n,$(firstword -$(MAKEFLAGS)))
MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
export LC_ALL := C
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

include scripts/variables.mk

# Which runs
PRESET ?= reduced
EXPERIMENT ?=
CLAIM ?=
SEED ?= 1
SEEDS ?=
TASKS ?=
RUNS ?= own shipped
# Results of another clone, for `make ship` and `make collect`
FROM ?=
# 1: `make plan` shows the campaign
CAMPAIGN ?=
# 1: move finished runs aside and train them again; of a group those that other code made
AGAIN ?=
# 1: continue a run although code or libraries are not those of its checkpoint
FORCE_RESUME ?=
# Data
DATA ?= data
MIRROR ?=
# Machine: JOBS is the number of runs at a time (make -j), THREADS that of one run. More runs than cores would only slow each other down.
cores := $(shell nproc 2>/dev/null || echo 1)
CORES ?= $(cores)
# Make tells of -j only while it runs recipes, so these are expanded there.
JOBS ?= $(if $(filter -j,$(MAKEFLAGS)),$(CORES),$(or $(patsubst -j%,%,$(filter -j%,$(MAKEFLAGS))),1))
given_threads := $(if $(filter-out undefined,$(origin THREADS)),$(THREADS))
machine = $(shell threads='$(given_threads)'; most=$$(($(CORES) / $${threads:-1})); jobs=$$(($(JOBS) < most ? $(JOBS) : most)); \
  jobs=$$((jobs > 1 ? jobs : 1)); echo $$jobs $${threads:-$$(($(CORES) / jobs))})
jobs = $(firstword $(machine))
threads = $(lastword $(machine))
THREADS ?= $(threads)
# With -j alone the cores are divided as plan-runs says (make calibrate); of a device they decide little.
divides = $(if $(given_threads)$(DEVICE)$(call given,JOBS),,$(if $(filter -j,$(MAKEFLAGS)),--cores $(CORES)))
# Processes that share one run, by OpenMPI; its configuration says shards. What else mpirun needs, such as "--hostfile nodes"
RANKS ?= 1
MPI_OPTIONS ?=
# What trains and evaluates: empty for our own engine, else a plugin that `make setup-accelerator` has set up, such as cuda
DEVICE ?=
# What products on a device round to: tf32, tf32x3 or fp32
PRECISION ?= tf32
# Part of the device's memory that a run takes at the start; empty: what its planned memory asks for
DEVICE_MEMORY ?=
# What this cluster's sbatch needs, such as "--account=a --partition=long", for `make submit-…`
SLURM_OPTIONS ?=
# 1: it only shows what it would submit
DRY ?=
# Checks
DIR ?=
SHAPE ?=
ATTACK ?=
TEST_OPTIONS ?=
# What `make why` explains
TARGET ?=

BIN ?= .build/release
CATALOGUE := Sources/Catalogue/Experiments

# A text of two words is none of them.
ifeq ($(filter $(subst $(space),_,$(PRESET)),smoke reduced paper),)
$(error unknown PRESET '$(PRESET)': use smoke, reduced or paper)
endif
$(call check_counts,JOBS THREADS RANKS CORES ROUNDS)
$(call check_switches,AGAIN FORCE_RESUME CAMPAIGN DRY)
ifneq ($(words $(BIN)),1)
$(error BIN is '$(BIN)': Make needs a folder without blanks)
endif

include scripts/build.mk scripts/runs.mk scripts/data.mk scripts/analytic.mk scripts/outputs.mk scripts/exports.mk scripts/benchmark.mk scripts/accelerator.mk scripts/cluster.mk scripts/attack.mk

.PHONY: help
shown = $(call quote,$(or $($1),-))
help:  ## List targets and variables
	@echo "Targets"
	@awk -F ':.*## ' '/^[a-z0-9%-]+( [a-z0-9-]+)*:.*## /{printf "  %-25s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "Variables (make TARGET NAME=value)"
	@printf '  %-13s %-13s %s\n' \
	  PRESET $(call shown,PRESET) 'size of a run: smoke, reduced or paper (quickstart always uses smoke)' \
	  EXPERIMENT $(call shown,EXPERIMENT) 'which one `make run` trains; `make plan` names them all' \
	  SEED $(call shown,SEED) 'its seed' \
	  CLAIM $(call shown,CLAIM) 'which claim of docs/findings.md `make claim` decides' \
	  SEEDS $(call shown,SEEDS) 'seeds of reproduce-*; without it the list of each experiment' \
	  RUN $(call shown,RUN) 'a finished run for export and tensorboard, such as tiny-listops-hope/smoke/seed-1, or its folder' \
	  TASKS $(call shown,TASKS) 'tasks of reproduce-* and download-lra, such as "listops image", or entries of the campaign; without it all' \
	  FROM $(call shown,FROM) 'what make ship and make collect copy from: the folder results of another clone, for collect also host:path' \
	  CAMPAIGN $(call shown,CAMPAIGN) '1: make plan shows the campaign by entry' \
	  AGAIN $(call shown,AGAIN) '1 moves a finished run aside and trains it again; of a group those that other code made' \
	  FORCE_RESUME $(call shown,FORCE_RESUME) '1 continues a run made by other code or libraries' \
	  RUNS $(call shown,RUNS) 'what tables, figures and results read: own, shipped or both; tables and figures of shipped alone: every PRESET' \
	  DATA $(call shown,DATA) 'folder of raw and prepared data' \
	  MIRROR $(call shown,MIRROR) 'folder that holds the archives already, or the wheels of a plugin' \
	  JOBS $(call shown,jobs) 'runs at a time; set by -j, at most one a core' \
	  THREADS $(call shown,THREADS) 'threads of one run; cores divided by JOBS' \
	  RANKS $(call shown,RANKS) 'processes that share one run, where its configuration says shards (PathX); needs OpenMPI' \
	  MPI_OPTIONS $(call shown,MPI_OPTIONS) 'what its mpirun needs besides: "--hostfile nodes"' \
	  DEVICE $(call shown,DEVICE) 'what trains: empty for our own engine, else a plugin that make setup-accelerator has fetched, such as cuda' \
	  PRECISION $(call shown,PRECISION) 'what products on a device round to: tf32, tf32x3 or fp32' \
	  DEVICE_MEMORY $(call shown,DEVICE_MEMORY) 'part of the memory of DEVICE that a run takes at the start, such as 0.45 for two at a time; without it what its planned memory asks for' \
	  SLURM_OPTIONS $(call shown,SLURM_OPTIONS) 'what sbatch of this cluster needs, for submit-*: "--account=a --partition=long"' \
	  DRY $(call shown,DRY) '1: submit-* and collect show what they would do, and do nothing' \
	  TARGET $(call shown,TARGET) 'what `make why` explains: a run, an experiment, reproduce-GROUP, prepared data or build' \
	  DIR $(call shown,DIR) 'folder of golden cases for check-golden' \
	  SHAPE $(call shown,SHAPE) 'the one model that `make benchmark` measures; without it all' \
	  TEST_OPTIONS $(call shown,TEST_OPTIONS) 'what swift test of `make test` is told besides: "--filter RanksTests"' \
	  ATTACK $(call shown,ATTACK) 'the attacks of `make attack`: calls kills disk limits streams surroundings together mutations; without it all'
