#!/bin/bash
# Removes what killed processes left half written below some folders: files and folders named .NAME.PID-TOKEN.part. Their writers may live on
# another machine, so whoever holds the lock of a file keeps it.
set -euo pipefail
for folder in "$@"; do
  [ -d "$folder" ] || continue
  find "$folder" -regextype posix-extended -regex '.*/\.[^/]+\.[0-9]+(-[0-9a-f]+)?\.part(\.old)?' -prune -print0 | while IFS= read -r -d '' path; do
    number=${path%.old}
    number=${number%.part}
    number=${number##*.}
    number=${number%-*}
    [ ! -e "/proc/$number" ] || continue
    flock --nonblock "$path" rm -rf -- "$path" && echo "$path: removed, a killed process had left it"
  done
done
