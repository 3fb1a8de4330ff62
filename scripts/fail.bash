# shellcheck shell=bash
# fail CODE WHAT WHERE WHY FIX: ends a script with the four-part message of every tool here, and its exit code; to be sourced.
fail() {
  printf 'error: %s\n  where: %s\n  why:   %s\n  fix:   %s\n' "$2" "$3" "$4" "$5" >&2
  exit "$1"
}
