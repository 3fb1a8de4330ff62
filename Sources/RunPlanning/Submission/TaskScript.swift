/// What each element of an array of jobs does: one run, from its line in the list of commands to its note on how it ended.
///
/// A job's script names `jobs`, `folder`, `array`, `program` and `warning`, and reads this file. Slurm sends USR1 to the script alone,
/// `warning` seconds before the limit, and TERM where it takes the node for others. Training then saves a checkpoint and ends with 75, and
/// the script puts the job back into the queue: Slurm itself gives up jobs whose time is over. A job that was cancelled stays so.
package enum TaskScript {
  static let fileName = "task.bash"

  package static let text = #"""
    # One element of an array of jobs: trains one run and notes how it went. Written by `plan-runs submit`.
    set -u
    index=$SLURM_ARRAY_TASK_ID job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID node=${SLURMD_NODENAME:-$(hostname)}
    note=$folder/notes/$array-$index
    command=$(sed -n "${index}p" "$folder/$array.commands")
    run=$(sed -n "${index}p" "$folder/$array.runs")
    first=$jobs/nodes/${run//\//.}
    stamp=$(stat -c %Y-%s "$program" 2>&1)
    export FAILURE_NOTES=$note.jsonl PROGRESS=lines
    unset MAKEFLAGS MFLAGS MAKELEVEL

    say() { echo "$(date +%s) $*" >>"$note"; }
    finish() { say "ended $*"; exit "$1"; }
    field() { sed -n "s/.*[ ]$1=\([^ ]*\).*/\1/p;T;q" | sed 's/^(null)$//'; }
    features() { scontrol show node "$1" -o 2>/dev/null | field ActiveFeatures; }
    job_field() { scontrol show job -o "$job" 2>/dev/null | field "$1"; }

    # Whether training has saved anything since this start; else the next one would be stopped at the same place, again and again.
    progressed() { [ -n "$(find "$results/runs/$run/checkpoints" -newer "$note.start" -print -quit 2>/dev/null)" ]; }

    # What is no longer running was cancelled, or Slurm puts it back itself.
    requeue() {
      [ "$(job_field JobState)" = RUNNING ] || return 1
      trap '' TERM # Slurm stops the job now; what follows must still be done
      say "requeued $*"
      scontrol requeue "$job" || return 1
    }

    # A step, or a look at the validation split, may be longer than the warning: then the run goes on from its last checkpoint.
    requeue_in_time() {
      local left
      left=$(($(date -d "$(job_field EndTime)" +%s 2>/dev/null || echo 0) - $(date +%s)))
      if [ $left -le 0 ]; then left=$warning; fi
      sleep $((left > 60 ? left - 30 : left / 2))
      if progressed; then requeue "its step did not end in time"; else say "ended 75 nothing was saved within its hours"; fi
    }

    # The checkpoint was made on a node of another type: wait for one like the first, by a feature that it has and this one lacks, or for
    # any but this one.
    move() {
      local first_node='' first_features='' first_stamp='' wanted excluded change
      [ -e "$first" ] && read -r first_node first_features first_stamp <"$first"
      if [ -z "$first_node" ]; then finish 75 "its checkpoint was made elsewhere, under another numeric fingerprint"; fi
      if [ "$first_stamp" != "$stamp" ]; then finish 75 "its checkpoint was made by another build of the program (numeric fingerprint)"; fi
      if [ "$first_node" = "$node" ]; then finish 75 "node $node has another numeric fingerprint than before"; fi
      if [ "$(grep -c ' moved ' "$note")" -ge 20 ]; then finish 75 "no node like $first_node was found, on which it began"; fi
      wanted=$(comm -23 <(tr , '\n' <<<"${first_features#-}" | sort -u) <(features "$node" | tr , '\n' | sort -u) | grep . | paste -sd '&')
      if [ -n "$wanted" ]; then
        excluded=$(job_field Features)
        change="Features=${excluded:+$excluded&}$wanted"
      else
        excluded=$(job_field ExcNodeList)
        change="ExcNodeList=${excluded:+$excluded,}$node"
      fi
      requeue "to leave $node, which is not of the type of $first_node" || finish 75 "node $node has another numeric fingerprint than $first_node"
      for _ in 1 2 3 4 5 6 7 8; do
        if scontrol update JobId="$job" "$change"; then say "moved $change"; exit 75; fi
        sleep 0.5
      done
      scancel "$job"
      say "ended 75 it needs a node like $first_node, and the scheduler refuses $change"
      exit 75
    }

    [ -n "$command" ] && [ -n "$run" ] || finish 66 "the list of commands has no line $index"
    mkdir -p "$jobs/nodes"
    say "started $node"
    touch "$note.start"
    rm -f "$FAILURE_NOTES"
    # What was saved nowhere begins here.
    ls -A "$results/runs/$run/checkpoints" 2>/dev/null | grep -q . || echo "$node $(features "$node" | grep . || echo -) $stamp" >"$first"

    asked='' watcher='' status=0 again=yes
    trap 'again=yes asked=limit; kill -USR1 "$child" 2>/dev/null; requeue_in_time & watcher=$!' USR1
    trap 'again=yes asked=preemption; kill -TERM "$child" 2>/dev/null' TERM
    bash -c "exec $command" &
    child=$!
    while [ -n "$again" ]; do
      again=''
      wait "$child" && status=0 || status=$?
    done
    if [ -n "$watcher" ]; then kill "$watcher" 2>/dev/null; fi

    # 138 and 143: the signal came before training was ready for it.
    if [[ $status =~ ^(75|138|143)$ ]] && [ -n "$asked" ]; then
      [ "$asked" = preemption ] || progressed || finish 75 "nothing was saved within its hours"
      requeue "$asked" || finish 75 "it was cancelled, or the scheduler does not put it back ($asked)"
      exit 75
    fi
    if [ "$status" = 78 ] && grep -q 'another numeric fingerprint' "$FAILURE_NOTES" 2>/dev/null; then move; fi
    finish "$status"

    """#
}
