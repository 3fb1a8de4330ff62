#!/bin/bash
# batch.sh COMMAND…: for batch systems. Runs a command such as `make run EXPERIMENT=…` and ends with the exit code of the tool that failed
# in it (75: run it again), where Make alone always ends with 2. TERM and USR1 are passed on: trainings save a checkpoint and end with 75.
set -uo pipefail
. "$(dirname "$0")/tool-status.bash"
if [ $# -eq 0 ]; then
  sed -n '2,3s/^# //p' "$0" >&2
  exit 64
fi
tool_status "$@"
