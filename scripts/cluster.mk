# Runs through a scheduler, or on several machines without one: docs/cluster.md.

.PHONY: test-slurm

# JOBS and THREADS have values of this machine, which mean nothing to another.
submit = $(BIN)/plan-runs submit --group $(call quote,$1) $(select) --data $(call quote,$(DATA)) $(mirror) $(computing) \
  $(if $(call given,JOBS),--jobs $(JOBS)) $(if $(given_threads),--threads $(given_threads)) \
  $(if $(filter 1,$(FORCE_RESUME)),--force-resume) $(if $(filter 1,$(DRY)),--dry-run) --options $(call quote,$(SLURM_OPTIONS))

submit-campaign:  ## Submit the runs of the campaign that are neither finished nor shipped
# Any group of the catalogue, all, campaign or claim-ID.
submit-%: $(BUILT) FORCE  ## Submit the runs of a group at PRESET to Slurm, data before and tables behind them: submit-lra, submit-all, submit-claim-B6
	@$(call submit,$*)

work-campaign:  ## The same for the runs of the campaign
# The same groups.
work-%: $(BUILT) FORCE  ## Train the missing runs of a group at PRESET one after another, on as many machines as call it in one shared folder: work-lra
	@$(BIN)/plan-runs work --group $(call quote,$*) $(select) --data $(call quote,$(DATA)) --threads $(threads) $(computing) \
	  $(if $(filter 1,$(FORCE_RESUME)),--force-resume)

test-slurm: $(BUILT)  ## Hand six small runs to a Slurm that is started here for it, and stop some: the bits must stay; four minutes
	@Tests/slurm/test.sh $(BIN)
