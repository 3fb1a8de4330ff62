# What the tools survive: docs/reliability.md.

.PHONY: attack attack-sample

attack: $(BUILT)  ## Attack the tools with failing calls, full disks, kills, damaged files…; write docs/reliability.md
	@$(BIN)/attack $(call quoted_words,$(ATTACK))

attack-sample: $(BUILT)  ## A sample of these attacks, of less than two minutes; writes nothing
	@$(BIN)/attack --sample $(call quoted_words,$(ATTACK))
