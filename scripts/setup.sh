#!/bin/bash
# Installs the Debian packages that are missing and checks the versions of Swift and Make. Safe to run again.
# With --checks also what only checks need.
set -euo pipefail

# shellcheck source=scripts/requirements.sh
. "$(dirname "$0")/requirements.sh"
# shellcheck source=scripts/fail.bash
. "$(dirname "$0")/fail.bash"
if [ "${1:-}" = --checks ]; then packages+=("${check_packages[@]}"); fi

install_packages() {
  local missing=$1 run=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      fail 66 "packages are missing: $missing" "setup" "you are not root and sudo is not installed" \
        "as root: apt-get install --yes --no-install-recommends $missing"
    fi
    if ! sudo -n true 2>/dev/null && ! [ -t 0 ]; then
      fail 66 "packages are missing: $missing" "setup" "sudo asks for a password and there is no terminal to ask on" \
        "run: sudo apt-get install --yes --no-install-recommends $missing"
    fi
    run=(sudo)
  fi
  echo "setup: installing $missing" >&2
  # shellcheck disable=SC2086
  if ! "${run[@]}" apt-get update -qq ||
    ! "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends $missing >/dev/null; then
    fail 75 "packages could not be installed: $missing" "apt-get" "it failed; its own message is above" \
      "check the network and the package sources, then run make setup again"
  fi
}

if is_debian; then
  missing=$(missing_packages)
  if [ -n "$missing" ]; then install_packages "${missing% }"; fi
else
  missing=$(missing_modules)
  [ -z "$missing" ] ||
    fail 66 "libraries are missing: ${missing% }" "setup, pkg-config" "this is no Debian system, so nothing can be installed here" \
      "install what these Debian packages hold: ${packages[*]}"
  command -v git >/dev/null ||
    fail 66 "git is missing" "setup, PATH" "the build fetches Swift packages with it, and runs note their revision" "install git"
fi

command -v swift >/dev/null ||
  fail 66 "there is no Swift compiler" "setup, PATH" "the command swift was not found" "install Swift $swift_needed or newer from $swift_source"
found=$(swift_version)
at_least "${found:-0}" "$swift_needed" ||
  fail 66 "Swift is too old" "$(command -v swift)" "version ${found:-unknown} was found, $swift_needed is needed" \
    "install a newer one from $swift_source"
found=$(make_version)
at_least "${found:-0}" "$make_needed" ||
  fail 66 "Make is too old or not GNU Make" "$(command -v make)" "version ${found:-unknown} was found, $make_needed is needed" \
    "install GNU Make $make_needed or newer"
