#!/bin/bash
# Checks that imports point down only, that C libraries and raw pointers stay in their rooms, and that no file grows too long.
set -euo pipefail
cd "$(dirname "$0")/.."

# The rooms from the ground up; a target imports only what stands before it. Every other target is a tool, above all.
rooms=(
  RunSupport MessagePassing Vocabulary Documents Arrays LinearAlgebra StateSpace Accelerators Operations ReferenceModels SequenceModels Datasets DatasetPreparation
  Training Catalogue Runs RunPlanning SystemAnalysis AnalyticResults Reporting Exports GoldenCases ToolSupport PreparationCommands ExperimentOptions ComputingOptions
)
declare -A rank
for position in "${!rooms[@]}"; do rank[${rooms[$position]}]=$position; done
# The only target that may import a library: of C, one that few fetch, or the slow twin, which is for checks alone (tests lie outside Sources).
declare -A owner=(
  [CFFTW]=Operations [CBLAS]=Operations [CProcessor]=Operations [CLAPACKE]=LinearAlgebra [CArchive]=DatasetPreparation
  [CCurl]=DatasetPreparation [CPNG]=DatasetPreparation [CTurboJPEG]=DatasetPreparation [CSndFile]=DatasetPreparation [CZlib]=DatasetPreparation
  [CCrypto]=RunSupport [CFileSystem]=RunSupport [CPJRT]=Accelerators [CMPI]=MessagePassing [SwiftProtobuf]=export-tensorboard [ReferenceModels]=GoldenCases
)
pointer_rooms=" Accelerators Arrays MessagePassing Operations Datasets DatasetPreparation LinearAlgebra RunSupport Loopback "
longest=400

problems=0
report() {
  echo "$1"
  problems=$((problems + 1))
}

# The target of a source file: a folder of Sources, or of Sources/C and Sources/Tools.
target_of() {
  local room
  room=${1#Sources/}
  room=${room#C/}
  room=${room#Tools/}
  echo "${room%%/*}"
}

while IFS=: read -r file line text; do
  target=$(target_of "$file")
  module=$(sed -E 's/.*import +((struct|class|enum|func|protocol|typealias) +)?([A-Za-z0-9_]+).*/\3/' <<<"$text")
  if [ -n "${owner[$module]:-}" ] && [ "${owner[$module]}" != "$target" ]; then
    report "$file:$line: $target imports $module, which only ${owner[$module]} may"
  elif [ -n "${rank[$module]:-}" ] && [ "${rank[$module]}" -ge "${rank[$target]:-99}" ]; then
    report "$file:$line: $target imports $module, which is not below it"
  fi
done < <(grep -rnE --include='*.swift' '^ *(@[A-Za-z_]+ +)*((public|package|internal|private) +)?import ' Sources)

while IFS=: read -r file line _; do
  target=$(target_of "$file")
  [[ $pointer_rooms == *" $target "* ]] || report "$file:$line: $target uses raw pointers"
done < <(grep -rnE --include='*.swift' 'Unsafe' Sources)

# Where a tensor's values lie is known to Operations alone, and a host array's memory to it and to Arrays.
while IFS=: read -r file line _; do
  report "$file:$line: a tensor's raw elements or a host array's memory outside Operations"
done < <(grep -rnE --include='*.swift' '\.elements\b|\.memory\b|HostMemory' Sources | grep -vE '^Sources/(Operations|Arrays)/')

while read -r count file; do
  if [ "$count" -gt $longest ]; then report "$file: $count lines, more than $longest"; fi
done < <(find Makefile scripts Sources Tests paper-figures -type f -not -name '*.pb.swift' \
  \( -name '*.swift' -o -name '*.c' -o -name '*.h' -o -name '*.sh' -o -name '*.mk' -o -name '*.gp' -o -name '*.yaml' -o -name Makefile \) \
  -exec wc -l {} \;)

if [ $problems -gt 0 ]; then
  echo "check-imports: $problems problems" >&2
  exit 1
fi
echo "check-imports: imports, raw pointers and file lengths are in order"
