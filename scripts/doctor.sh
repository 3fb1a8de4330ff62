#!/bin/bash
# Says whether this machine can build, prepare data and train: a line a question (ok, warning, missing), and what to do where it cannot.
# Changes nothing, and needs nothing that is built. Ends with 0 only if training can run, else with 66.
# From the environment: MIRROR (folder with archives), DATA (folder of raw and prepared data),
# SSM_ACCELERATORS (folder of plugins).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 74
# shellcheck source=scripts/requirements.sh
. scripts/requirements.sh

data=${DATA:-data}
warnings=0
lacks=0

say() { printf '%-8s %-14s %s\n' "$1" "$2" "$3"; }
ok() { say ok "$1" "$2"; }
# warning QUESTION ANSWER ADVICE, missing QUESTION ANSWER ADVICE
warning() { say warning "$1" "$2"; printf '%23s %s\n' '' "$3"; warnings=$((warnings + 1)); }
missing() { say missing "$1" "$2"; printf '%23s %s\n' '' "$3"; lacks=$((lacks + 1)); }

check_system() {
  local name
  name=$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release 2>/dev/null)
  if is_debian; then ok system "${name:-Debian}"
  else warning system "${name:-$(uname -s)}" "packages cannot be installed by make setup here; see Containerfile for a system where all is known"; fi
}

check_compiler() {
  local found
  if ! command -v swift >/dev/null; then
    missing swift "there is no command swift" "install Swift $swift_needed or newer: $swift_source"
  elif found=$(swift_version); ! at_least "${found:-0}" "$swift_needed"; then
    missing swift "version ${found:-unknown}, $swift_needed is needed" "install a newer one: $swift_source"
  else ok swift "$found"; fi
  found=$(make_version)
  if at_least "${found:-0}" "$make_needed"; then ok make "$found"
  else missing make "version ${found:-unknown}, GNU Make $make_needed is needed" "run scripts/setup.sh, or install it"; fi
}

check_packages() {
  local lack
  if is_debian; then lack=$(missing_packages); else lack=$(missing_modules); fi
  if [ -z "$lack" ]; then ok packages "all there"
  elif is_debian; then missing packages "$lack" "make setup installs them"
  else missing packages "$lack" "install what these Debian packages hold: ${packages[*]}"; fi
}

# The libraries that every build fetches; the list is that of Package.swift.
check_swift_packages() {
  local url name absent=()
  while read -r url; do
    name=${url##*/}
    [ -d ".build/checkouts/${name%.git}" ] || absent+=("$url")
  done < <(sed -n 's/^ *\.package(url: "\([^"]*\)".*/\1/p' Package.swift)
  if [ ${#absent[@]} -eq 0 ]; then ok "swift packages" "fetched"
  elif GIT_TERMINAL_PROMPT=0 timeout 15 git ls-remote --exit-code "${absent[0]}" HEAD >/dev/null 2>&1; then ok "swift packages" "can be fetched"
  else missing "swift packages" "${absent[0]} cannot be reached" "the first build needs the network, or a copy of .build/checkouts"; fi
}

check_processor() {
  local model flags
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
  flags=" $(sed -n 's/^flags[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1) "
  if [ "$(uname -m)" != x86_64 ]; then
    warning processor "$(uname -m)" "only x86-64 is tested; here the loops are compiled without vectors of their own"
  elif [[ $flags != *" avx2 "* || $flags != *" fma "* ]]; then
    missing processor "$model, without AVX2 or fused multiply-add" "use an x86-64 processor of 2013 or newer"
  elif [[ $flags == *" avx512f "* && $flags == *" avx512bw "* && $flags == *" avx512cd "* && $flags == *" avx512dq "* && $flags == *" avx512vl "* ]]; then
    ok processor "$model, AVX-512"
  else ok processor "$model, AVX2"; fi
}

# first_number FILE…: the first that holds one; groups without a limit say "max" or a huge number
first_number() {
  local file value
  for file in "$@"; do
    value=$(cut -d ' ' -f 1 "$file" 2>/dev/null)
    if [[ $value =~ ^[0-9]+$ ]]; then echo "$value"; return; fi
  done
}

# Folders of this process's control group, of both versions; in a container they are the mounted roots themselves.
group_files() {
  local name
  for name in "$@"; do
    case $name in
      memory.max | cpu.max) echo "/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup 2>/dev/null)/$name" "/sys/fs/cgroup/$name" ;;
      memory.*) echo "/sys/fs/cgroup/memory$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup 2>/dev/null)/$name" "/sys/fs/cgroup/memory/$name" ;;
      *) echo "/sys/fs/cgroup/cpu/$name" ;;
    esac
  done
}

check_cores() {
  local cores quota period
  cores=$(nproc 2>/dev/null || echo 1)
  # shellcheck disable=SC2046
  quota=$(first_number $(group_files cpu.max cpu.cfs_quota_us))
  # shellcheck disable=SC2046
  period=$(cut -s -d ' ' -f 2 $(group_files cpu.max) 2>/dev/null | head -n 1)
  period=${period:-100000}
  if [ -n "$quota" ] && [ "$quota" -lt $((cores * period)) ]; then
    local whole=$((quota / period > 1 ? quota / period : 1))
    warning cores "$cores, of which a container may use $((100 * quota / period)) %" "say JOBS=$whole THREADS=1, else threads wait for each other"
  else ok cores "$cores"; fi
}

# Bytes in GiB with one digit
gib() { awk -v bytes="$1" 'BEGIN { printf "%.1f GiB", bytes / 1073741824 }'; }

check_memory() {
  local free limit text
  free=$(($(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || echo 0) * 1024))
  # shellcheck disable=SC2046
  limit=$(first_number $(group_files memory.max memory.limit_in_bytes))
  text="$(gib "$free") free"
  if [ -n "$limit" ] && [ "$limit" -lt "$free" ]; then
    free=$limit
    text="$(gib "$limit") is the limit of the container"
  fi
  if [ "$free" -eq 0 ]; then warning memory "unknown" "/proc/meminfo says nothing"
  elif [ "$free" -lt 700000000 ]; then missing memory "$text" "building and the smallest runs need 1 GB: stop something, or take a larger machine"
  elif [ "$free" -lt 2000000000 ]; then warning memory "$text" "the build needs 1 to 2 GB, a run at preset reduced up to 1.2 GB (make plan)"
  else ok memory "$text; make plan says what runs need"; fi
  free=$(ulimit -v)
  if [ "$free" != unlimited ] && [ "$free" -lt 1000000 ]; then
    missing "address space" "limited to $free kB (ulimit -v)" "threads cannot start: raise it to 3000000 or more"
  elif [ "$free" != unlimited ] && [ "$free" -lt 3000000 ]; then
    warning "address space" "limited to $free kB (ulimit -v)" "the build may fail: raise it to 3000000 or more"
  fi
  if [ "$(ulimit -f)" != unlimited ]; then warning "file size" "limited to $(ulimit -f) blocks (ulimit -f)" "larger files are cut off by a signal: raise it"; fi
  if [ "$(ulimit -n)" -lt 64 ]; then missing "open files" "limited to $(ulimit -n) (ulimit -n)" "raise it to 64 or more"; fi
}

# check_disk NAME FOLDER NEEDED WANTED ADVICE, in bytes
check_disk() {
  local folder=$2 free
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  free=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')
  free=$((${free:-0} * 1024))
  if [ ! -w "$folder" ]; then missing "$1" "$folder may not be written" "change its permissions, or clone elsewhere"
  elif [ "$free" -lt "$3" ]; then missing "$1" "$(gib $free) free in $2" "$5"
  elif [ "$free" -lt "$4" ]; then warning "$1" "$(gib $free) free in $2" "$5"
  else ok "$1" "$(gib $free) free in $2"; fi
}

check_locks() {
  local file
  file=$(mktemp -p . .doctor-XXXXXX 2>/dev/null) || return
  if ! command -v flock >/dev/null; then warning locks "not tried, there is no command flock" "see that this folder is on a local disk"
  elif flock --nonblock "$file" true 2>/dev/null; then ok locks "files can be locked"
  else missing locks "the file system ($(stat -f -c %T . 2>/dev/null)) keeps no locks" "clone to a local disk: runs and downloads lock their folders"; fi
  rm -f "$file"
}

check_revision() {
  if git rev-parse HEAD >/dev/null 2>&1; then ok revision "$(git rev-parse --short HEAD)"
  else warning revision "git knows no revision here" "runs cannot note their code; clone with git, or run git config --global --add safe.directory '$PWD'"; fi
}

# reaches URL: whether the host, or the proxy before it, takes a connection
reaches() {
  local address=$1 proxy port
  case $address in https:*) proxy=${https_proxy:-${HTTPS_PROXY:-${ALL_PROXY:-}}} port=443 ;; *) proxy=${http_proxy:-${ALL_PROXY:-}} port=80 ;; esac
  if [ -n "$proxy" ]; then address=$proxy port=80; fi
  address=${address#*://}
  address=${address%%/*}
  address=${address##*@}
  if [[ $address == *:* ]]; then port=${address##*:} address=${address%:*}; fi
  timeout 5 bash -c "exec 3<>/dev/tcp/$address/$port" 2>/dev/null
}

check_sources() {
  local url hosts absent=() number=0
  if [ -n "${MIRROR:-}" ]; then
    if [ -d "$MIRROR" ] && [ -r "$MIRROR" ]; then ok mirror "$MIRROR"; else missing mirror "no folder $MIRROR" "pass an existing folder as MIRROR, or none"; fi
    return
  fi
  hosts=$(grep -oE 'https?://[^/ ,]+/' <(grep -E 'urls:|^ *- *https?:' data/sources.yaml) | sort -u)
  local answers
  answers=$(mktemp -d)
  for url in $hosts; do
    { reaches "$url" || touch "$answers/$number"; } &
    number=$((number + 1))
  done
  wait
  number=0
  for url in $hosts; do
    if [ -e "$answers/$number" ]; then absent+=("$url"); fi
    number=$((number + 1))
  done
  rm -rf "$answers"
  if [ ${#absent[@]} -eq 0 ]; then ok network "$number hosts of data/sources.yaml answer"
  else warning network "no answer from ${absent[*]}" "generated data need none; for the others say MIRROR=folder, or place files by hand (data/README.md)"; fi
}

check_browser() {
  if command -v chromium >/dev/null; then ok browser "Chromium, with which make check-report tries the report page"
  else ok browser "no Chromium; only make check-report and its test need it (Debian package chromium)"; fi
}

check_accelerator() {
  local root=${SSM_ACCELERATORS:-.accelerators} file names=()
  for file in "$root"/*/plugin.json; do
    if [ -e "$file" ]; then file=${file%/plugin.json} names+=("${file##*/}"); fi
  done
  if [ ${#names[@]} -eq 0 ]; then ok accelerator "no plugin is set up: everything runs on the processor (docs/accelerators.md)"
  else ok accelerator "plugins in $root: ${names[*]}; make devices tries them"; fi
}

check_system
check_processor
check_cores
check_memory
check_disk disk . 1000000000 5000000000 "the build takes 0.5 GB, all runs at preset smoke 0.3 GB, at reduced 2.1 GB, at paper 40 GB"
check_disk "disk for data" "$data" 100000000 20000000000 "downloads: smoke 0.3 GB, reduced 2.7 GB, paper 12 GB, and what is made of them (data/README.md)"
check_locks
check_compiler
check_packages
check_swift_packages
check_browser
check_revision
check_sources
check_accelerator
if [ -e .build/release/.built ]; then ok executables "built"; else ok executables "not built yet: make build, or make quickstart, does it"; fi

if [ $lacks -gt 0 ]; then
  echo "doctor: training cannot run; missing: $lacks, warnings: $warnings" >&2
  exit 66
fi
echo "doctor: training can run; warnings: $warnings"
