# Runs through a scheduler: docs/cluster.md.

.PHONY: test-slurm

# JOBS and THREADS have values of this machine, which mean nothing to another.
submit = $(BIN)/plan-runs submit --group $(call quote,$1) $(select) --data $(call quote,$(DATA)) $(mirror) $(computing) \
  $(if $(call given,JOBS),--jobs $(JOBS)) $(if $(given_threads),--threads $(given_threads)) \
  $(if $(filter 1,$(FORCE_RESUME)),--force-resume) $(if $(filter 1,$(DRY)),--dry-run) --options $(call quote,$(SLURM_OPTIONS))

submit-campaign:  ## Submit the runs of the campaign that are neither finished nor shipped
# Any group of the catalogue, all, campaign or claim-ID.
submit-%: $(BUILT) FORCE  ## Submit the runs of a group at PRESET to Slurm, data before and tables behind them: submit-lra, submit-all, submit-claim-B6
	@$(call submit,$*)

test-slurm: $(BUILT)  ## Hand six small runs to a Slurm that is started here for it, and stop some: the bits must stay; four minutes
	@Tests/slurm/test.sh $(BIN)
