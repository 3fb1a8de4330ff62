# shellcheck shell=bash disable=SC2034
# What building and training need, and how it is looked for. Read by setup.sh, which installs, and doctor.sh, which only looks.

packages=(
  libfftw3-dev libopenblas-dev liblapacke-dev libarchive-dev libcurl4-openssl-dev libssl-dev libpng-dev zlib1g-dev
  libturbojpeg0-dev libsndfile1-dev pkg-config gnuplot-nox fonts-dejavu-core make git
)
# Only checks need them: `scripts/setup.sh --checks`, as .ci/run calls it. The report page is tried in a browser; pip fetches plugins, xz packs.
check_packages=(chromium openmpi-bin python3-pip xz-utils)
# The same libraries by the names that pkg-config knows, for other systems than Debian.
modules=(fftw3f openblas lapacke libarchive libcurl libcrypto libpng zlib libturbojpeg sndfile)
swift_needed=6.3
make_needed=4.3
swift_source="https://www.swift.org/install/linux"

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
  done
}

missing_modules() {
  local module
  for module in "${modules[@]}"; do
    pkg-config --exists "$module" 2>/dev/null || printf '%s ' "$module"
  done
}

# Versions, empty where the program is missing.
swift_version() { swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1 || true; }
make_version() { make --version 2>/dev/null | sed -n 's/^GNU Make \([0-9.]*\).*/\1/p' || true; }

# at_least FOUND NEEDED: compares dotted version numbers
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}
