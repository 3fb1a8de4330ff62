#!/bin/bash
# test.sh TOOLS: hands six small runs to a real Slurm on this machine, stops one at its limit, cancels one and lets a node fail under one;
# all must end with the bits of runs that nobody stopped, and tables be made once. TOOLS is the folder of executables.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
tools=$(cd "${1:-$repository/.build/release}" && pwd)
began=$SECONDS
export PATH=$PATH:/usr/sbin # where daemons are, but not for every user

if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null || ! command -v munged >/dev/null; then
  run=()
  if [ "$(id -u)" -ne 0 ]; then run=(sudo -n); fi
  if ! { "${run[@]}" apt-get update -qq && "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq \
    --no-install-recommends slurm-wlm munge; } >/dev/null 2>&1; then
    echo "test-slurm skipped: Slurm is not installed, and cannot be installed here (slurm-wlm, munge)"
    exit 0
  fi
fi

root=$(mktemp -d)
# shellcheck source=Tests/slurm/cluster.bash
. "$repository/Tests/slurm/cluster.bash"
finish() {
  local status=$?
  if [ $status -ne 0 ]; then
    echo "test-slurm failed after $((SECONDS - began)) s" >&2
    if [ -e "$root/slurm.conf" ]; then squeue --array >&2 || true; fi
    tail -n 30 "$root"/work/results/jobs/*/notes/* "$root"/work/results/jobs/*/log/* "$root"/log/slurmctld.log 2>/dev/null | cut -c 1-300 >&2 || true
  fi
  stop_cluster
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() { echo "test-slurm: $*" >&2; exit 1; }
say() { echo "$((SECONDS - began)) s: $*"; }
# wait_for SECONDS WHAT COMMAND…
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ $SECONDS -lt $end ] || fail "waited in vain until $what"
    sleep 0.3
  done
}

work=$root/work experiments=$root/work/experiments
mkdir -p "$experiments/house" "$work/docs"
for name in tiny methods tasks published.csv; do cp -r "$repository/Sources/Catalogue/Experiments/$name" "$experiments/"; done
cp "$repository/docs/step-times.csv" "$work/docs/"
cp -r "$repository/paper-figures" "$repository/report" "$work/"
cd "$work"
# What is stopped at its limit: samples made on the fly, trained for so many epochs.
long_experiment() {
  cat >"$experiments/house/house-long.yaml" <<YAML
title: For a test of jobs
group: jobs
task: long
method: TFB
statistic: mean
seeds: [1]
answers: []
data: {family: generated, variant: waves, parameters: {sequenceLength: 4096, train: 16, validation: 8, test: 8, seed: 1}}
model: {kind: wavesRegressor, modelWidth: 16, modeCount: 4, frequencyScale: 1, filterExponent: 0, filterWeighting: binsOver10000,
  decayLearningRate: 0.001, frequencyLearningRate: 0.1}
training:
  batchSize: 8
  epochs: $1
  optimizer: {learningRate: 0.001, weightDecay: 0, decaysBiasesAndNorms: true}
  schedule: {kind: constant}
sources: {statistic: ours, seeds: ours, data: ours, model: ours, training: ours}
presets: {reduced: {}, smoke: {}}
YAML
}
cat >"$experiments/house/house-short.yaml" <<YAML
base: tiny-listops-tfb
title: For a test of jobs
group: jobs
task: short
seeds: [1, 2, 3, 4, 5]
training: {epochs: 8}
sources: {training: ours, seeds: ours}
presets: {reduced: {}, smoke: {training: {epochs: 8}}}
YAML
runs=(house-long/smoke/seed-1 house-short/smoke/seed-{1..5})

plan() { "$tools/plan-runs" "$@" --catalogue "$experiments"; }
# Tables may take longer than a minute where others work too.
submit() {
  submit_once "$@"
  for job in $(squeue --noheader --format='%A %j' | sed -n 's/ ssm-.*-finish-.*//p'); do scontrol update JobId="$job" TimeLimit=10; done
}
submit_once() { plan submit --group jobs --preset smoke --threads 1 --options "--time=1 --signal=B:USR1@60" "$@"; }
state() { squeue --noheader --array --format='%K %T' --name="$1" | awk -v element="$2" '$1 == element {print $2}'; }
# note K WORD: whether the element of the first array has noted it.
note() { grep -q "$2" "$jobs/notes/1h-2gb-$1" 2>/dev/null; }

# train RUN: a process that nobody stops.
train() {
  local experiment=${1%%/*} seed=${1##*-}
  "$tools/train-model" --configuration "results/resolved/$experiment/smoke.json" --seed "$seed" --output "alone/runs/$1" --threads 1 >/dev/null 2>&1
}
# Slurm looks at limits every 30 s, so the long run must take more than that wherever this runs.
long_experiment 10
plan resolve --experiment house-long --preset smoke --folder results/resolved
TIMEFORMAT=%U
time=$({ time train "${runs[0]}"; } 2>&1) || fail "the long run cannot be trained"
rm -rf alone
long_experiment "$(awk -v time="$time" 'BEGIN {printf "%d", 10 * 45 / time}')"
say "10 epochs of the long run take $time s of a processor"

start_cluster
wait_for 20 "both nodes are there" eval '[ "$(sinfo --noheader --Node --states=idle | wc -l)" = 2 ]'
say "a Slurm of two nodes runs"
submit
jobs=results/jobs/jobs-smoke-1 array=$(sed -n 's/#SBATCH --job-name=//p' results/jobs/jobs-smoke-1/1h-2gb.sh)
submit | grep -q ' 6 queued or running, 0 to submit' || fail "a second call submits something again"
wait_for 60 "data are prepared and the first runs begin" note 2 started

# The second is cancelled while it trains, and submitted again.
wait_for 30 "the second run has trained" eval '[ -s "results/runs/${runs[1]}/metrics.csv" ] || ls results/runs/${runs[1]}/checkpoints/step-* >/dev/null 2>&1'
scancel "$(squeue --noheader --format=%F --name="$array" | head -n 1)_2"
wait_for 30 "the cancelled run has ended" eval '[ -z "$(state "$array" 2)" ]'
[ ! -e "results/runs/${runs[1]}/summary.json" ] || fail "the run was over before it was cancelled"
plan status --preset smoke | grep -E 'house-short +1 +failed: ' || fail "status does not say that the run was cancelled"
submit
say "the cancelled run is submitted again"

# A node fails under a short run that trains there.
running() { squeue --noheader --array --states=RUNNING --format='%N %K %j' | sed -nE 's/^(one|two) ([0-9]+) ssm-(.*)-1h-2gb-.*/\1 \2 \3/p' | grep -v ' 1 jobs-smoke-1$'; }
wait_for 60 "a short run is on a node" eval 'read -r node element submission < <(running)'
lost=results/jobs/$submission/notes/1h-2gb-$element
wait_for 20 "it has begun" grep -q started "$lost"
fail_node "$node"
say "node $node fails under element $element of $submission"
# Until that is seen a processor has nothing to do: the same runs, that nobody stops.
(for run in "${runs[@]}"; do train "$run"; done) &
alone=$!
wait_for 60 "its failure is seen" eval 'sinfo --noheader --nodes="$node" --format=%t | grep -q down'
slurmd -N "$node"
say "it is back"

wait_for 300 "every job has ended" eval '[ -z "$(squeue --noheader)" ]'
say "every job has ended"
plan status --preset smoke
for run in "${runs[@]}"; do [ -e "results/runs/$run/summary.json" ] || fail "there is no result of $run"; done
note 1 'requeued limit' || fail "no run was stopped at its limit"
[ "$(grep -c started "$lost")" -ge 2 ] || fail "the failed node cost no run"
[ "$(cat results/jobs/*/notes/finish | grep -c started)" = 1 ] || fail "tables were not made once"
grep -q 'ended 0$' results/jobs/*/notes/finish || fail "tables could not be made"
ls results/tables/*-smoke.csv results/report.html >/dev/null || fail "there are no tables"
wait "$alone" || fail "a run cannot be trained alone"
# The last column of the epochs is time.
bits() { (cd "$1" && sha256sum checkpoints/best-*.safetensors kernels.csv && sed 's/,[^,]*$//' metrics.csv && sed -n 's/.*"\(testLoss\|value\)".*/&/p' summary.json); }
for run in "${runs[@]}"; do
  [ "$(bits "results/runs/$run")" = "$(bits "alone/runs/$run")" ] || fail "$run has other bits than a run that nobody stopped"
done
say "all six runs have the bits of runs that nobody stopped; tables were made once"
