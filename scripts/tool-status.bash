# For scripts that stand between Make and the tools; to be sourced.

# tool_status COMMAND…: runs a command that calls tools, and returns the exit code of the tool that failed, where Make says 2 of everything.
#
# If several failed, the first code that is not 75, "try again", counts, so 75 means that trying again is enough. TERM and USR1 of this
# process reach the command as TERM, on which trainings save a checkpoint, and its end is waited for.
tool_status() {
  local own= before status=0 interrupted=yes command
  [ -n "${FAILURE_NOTES:-}" ] || own=$(mktemp)
  export FAILURE_NOTES=${FAILURE_NOTES:-$own}
  before=$(cat "$FAILURE_NOTES" 2>/dev/null | wc -l)
  # Behind & a shell would let the command ignore Ctrl-C, and read nothing.
  env --default-signal=INT,QUIT "$@" <&0 &
  command=$!
  trap 'interrupted=yes; kill -TERM "$command" 2>/dev/null || true' TERM USR1
  # The terminal sends these to the command too.
  trap 'interrupted=yes' INT HUP
  while [ -n "$interrupted" ]; do
    interrupted=
    wait "$command" && status=0 || status=$?
  done
  trap - TERM USR1 INT HUP
  if [ $status -ne 0 ]; then status=$(first_code "$before" "$status"); fi
  if [ -n "$own" ]; then rm -f "$own"; unset FAILURE_NOTES; fi
  return "$status"
}

# first_code LINES STATUS: the code of the notes behind the first lines; STATUS if there are none.
first_code() {
  tail -n "+$(($1 + 1))" "$FAILURE_NOTES" 2>/dev/null | sed -nE 's/.*"exitCode" ?: ?([0-9]+).*/\1/p' |
    awk -v code="$2" 'NR == 1 || ($1 != 75 && code == 75) {code = $1} END {print code}'
}
