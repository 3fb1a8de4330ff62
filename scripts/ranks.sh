#!/bin/bash
# ranks.sh COUNT OPTIONS COMMAND…: starts COMMAND in COUNT processes that share a run, by OpenMPI's mpirun with further OPTIONS, and ends with
# its exit code. TERM, HUP, USR1 and Ctrl-C ask them to save a checkpoint; a second one ends them.
set -uo pipefail
. "$(dirname "$0")/fail.bash"

count=$1
read -ra options <<<"$2"
shift 2
command -v mpirun >/dev/null ||
  fail 66 "several processes cannot share this run" "RANKS=$count" "there is no mpirun" \
    "install OpenMPI (apt install openmpi-bin), or leave out RANKS: one process then trains it"
# In containers everybody is root, which mpirun refuses.
if [ "$(id -u)" = 0 ]; then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi

# In a process group of its own: mpirun kills its processes a second after TERM or Ctrl-C, and passes USR1 on. A process that waits
# for the others lets those on its core go first: where cores are busy, eight bytes take 2 microseconds instead of 7 milliseconds.
set -m
mpirun --quiet -n "$count" --bind-to none --oversubscribe --mca mpi_yield_when_idle 1 \
  ${options[@]+"${options[@]}"} "$@" --ranks "$count" </dev/null &
set +m
child=$!
asked=
ask() {
  if [ -z "$asked" ]; then kill -USR1 "$child"; else kill -TERM "$child"; fi
  asked=$1
}
for signal in TERM HUP USR1 INT; do trap "ask $signal" "$signal"; done
while true; do
  status=0
  wait "$child" || status=$?
  kill -0 "$child" 2>/dev/null || break
done
if [ "$asked" = INT ] && [ "$status" = 75 ]; then status=130; fi
exit "$status"
