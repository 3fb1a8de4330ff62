#!/bin/bash
# Makes the virtual environment that the peers run in, and finds or fetches the allocator that they run fastest with.
# Prints nothing on success. Exit code 75: they cannot be had here; the reason is on standard error.
set -euo pipefail
cd "$(dirname "$0")/../.."

environment=.setup/peers-venv
allocator=.setup/peers-tcmalloc
wanted=scripts/peers/requirements.txt

unavailable() {
  echo "peers: $1" >&2
  exit 75
}

# runs CODE: whether the environment's Python does
runs() {
  "$environment/bin/python" -c "$1" >/dev/null 2>&1
}

if ! [ -e "$environment/installed" ] || [ "$wanted" -nt "$environment/installed" ] || ! runs ''; then
  command -v python3 >/dev/null || unavailable "python3 is not installed"
  command -v c++ >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null ||
    unavailable "there is no C++ compiler, which torch.compile needs"
  # A link to nothing, a file, or what an interrupted installation or an older Python left: venv cannot mend them. Of a link only the link
  # goes, not what it leads to.
  if { [ -e "$environment" ] || [ -L "$environment" ]; } && ! runs 'import pip'; then
    echo "peers: $environment is broken, its Python or pip does not start; it is removed and made again" >&2
    rm -rf -- "$environment" || unavailable "$environment could not be removed"
  fi
  echo "peers: installing $(grep -v '^#' $wanted | xargs) into $environment" >&2
  python3 -m venv "$environment" || unavailable "no virtual environment could be made (Debian: python3-venv)"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check -r $wanted ||
    unavailable "pip could not install them; its message is above"
  touch "$environment/installed"
fi

# A file that names the library; empty when it cannot be had, and then the peers run without.
if ! [ -s "$allocator" ]; then
  find_library() { find /usr/lib /usr/local/lib .setup/tcmalloc -name 'libtcmalloc_minimal.so.4' 2>/dev/null | head -n 1 || true; }
  found=$(find_library)
  if [ -z "$found" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    # Unpacked beside the environment, so that nothing is installed and no root is needed.
    mkdir -p .setup/tcmalloc
    if (cd .setup/tcmalloc && apt-get download --quiet=2 libtcmalloc-minimal4 >/dev/null 2>&1); then
      dpkg-deb --extract .setup/tcmalloc/libtcmalloc-minimal4_*.deb .setup/tcmalloc
    fi
    found=$(find_library)
  fi
  [ -n "$found" ] || echo "peers: without tcmalloc (Debian: libtcmalloc-minimal4), so slower than they could be" >&2
  if [ -n "$found" ]; then realpath "$found" >"$allocator"; else : >"$allocator"; fi
fi
