#!/bin/bash
# follow.sh MAKE JOBS THREADS COMMAND… [--keep-going]: makes runs and data by the rules that COMMAND (plan-runs makefile) writes as things
# are now; a second Make follows them, with JOBS runs at a time of THREADS threads, unless COMMAND divides the cores itself. With
# --keep-going a failed one stops no other, and is no failure here.
set -euo pipefail
. scripts/tool-status.bash

make=$1 jobs=$2 threads=$3
shift 3
command=() keep=
for word; do
  if [ "$word" = --keep-going ]; then keep=$word; else command+=("$word"); fi
done

plan=$(mktemp -d)
trap 'rm -rf "$plan"' EXIT
"${command[@]}" --jobs "$jobs" --output "$plan"
if [ -e "$plan/split" ]; then read -r jobs threads <"$plan/split"; fi

# The second Make complains of -j of the first; what is said by NAME=value stands behind --.
flags=${MAKEFLAGS:-} said=
if [[ $flags == *' -- '* ]]; then
  said=" -- ${flags#* -- }"
  flags=${flags%% -- *}
fi
export MAKEFLAGS
MAKEFLAGS=$(sed -E 's/(^| )-j[0-9]*//g; s/ --jobserver[^ ]*//g' <<<"$flags")$said

# Bars of several runs at a time would overwrite each other.
if [ "$jobs" -gt 1 ]; then export PROGRESS=lines; fi
status=0
tool_status "$make" --no-print-directory ${keep:+"$keep"} -j"$jobs" JOBS="$jobs" THREADS="$threads" PLAN="$plan" runs-and-data || status=$?
if [ $status -ne 0 ] && [ $status -lt 128 ] && [ -n "$keep" ]; then
  echo 'not every run was made here; what is missing is said at the end' >&2
  status=0
fi
exit $status
