# Plugins for other devices than our own engine's. See docs/accelerators.md.

.PHONY: setup-accelerator devices pack-accelerator accelerator-budget

setup-accelerator:  ## Fetch and unpack the plugin for DEVICE=cpu (tests, 63 MB) or DEVICE=cuda (NVIDIA, 1.9 GB); installs nothing
	@scripts/accelerator/setup.sh $(call quote,$(DEVICE))

pack-accelerator: $(SETUP)  ## Pack what measures steps on a GPU (scripts/accelerator/measure) for a machine without Swift: at most 60 MB
	@scripts/accelerator/pack

devices: $(BUILT)  ## List the plugins that are set up and the devices that they find
	@$(BIN)/plan-runs devices

# What is known of each program is kept where the program is still the same.
accelerator-budget: $(BUILT)  ## Compute what each training step of preset paper would need and take on an H100 that is not there (an hour; DEVICE=cuda set up)
	@$(BIN)/benchmark budget --output docs/accelerator-budget.csv
