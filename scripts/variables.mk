# What a user says by NAME=value: taken as it is, checked, and quoted where a shell reads it, so that any path works and none is a command.

empty :=
space := $(empty) $(empty)
tab := $(empty)	$(empty)
open := (
close := )
define newline


endef

# Ours are those that a makefile gives a value by ?=.
variables := $(shell sed -nE 's/^([A-Z_]+) \?=.*/\1/p' Makefile scripts/*.mk)
said := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
# Others belong to Make, the system or the build.
others := MAKE% SHELL .SHELLFLAGS TMPDIR PATH HOME LANG LC_% SSM_% %_proxy %_PROXY
unknown := $(filter-out $(variables) $(others),$(said))
ifneq ($(unknown),)
nearest := $(shell awk -f scripts/nearest-name.awk $(firstword $(unknown)) $(variables))
$(error unknown variable $(firstword $(unknown)): $(if $(nearest),did you mean $(nearest)?,make help lists those that there are))
endif

# Without this a dollar sign in a value would be expanded.
$(foreach name,$(variables),$(if $(filter command environment,$(origin $(name))),$(eval override $(name) := $$(value $(name)))))
$(foreach name,$(variables),$(if $(filter override,$(origin $(name))),$(if $(findstring $(newline),$($(name))), \
  $(error $(name) holds more than one line))))

# $(call quote,TEXT) is TEXT as one word of a shell, $(call quoted_words,LIST) each word of LIST so.
special := ' " ` \ $$ \# & ; | < > * ? [ ] ~ { } ! $(open) $(close)
quote = $(if $(strip $(foreach sign,$(special) ,$(findstring $(sign),$1))$(filter-out 1,$(words $1)) \
  $(if $(findstring $(space),$1)$(findstring $(tab),$1),blank)),'$(subst ','\'',$1)',$1)
quoted_words = $(foreach word,$1,$(call quote,$(word)))

# The words of LIST that are names of given variables.
given = $(foreach name,$1,$(if $(filter override,$(origin $(name))),$(name)))
check_counts = $(foreach name,$(call given,$1),$(if $(shell [[ $(call quote,$($(name))) =~ ^[1-9][0-9]{0,5}$$ ]] || echo not), \
  $(error impossible $(name) '$($(name))': use a whole number from 1 on, such as 2)))
check_switches = $(foreach name,$(call given,$1),$(if $(filter-out 0 1,$($(name))), \
  $(error impossible $(name) '$($(name))': use 1, or leave it out)))
