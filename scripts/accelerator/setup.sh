#!/bin/bash
# Fetches the plugin for a kind of device and what it needs, and unpacks it into .accelerators/DEVICE; installs nothing.
#
#   setup.sh DEVICE    a list beside this script: cpu, cuda
#
# The lists are pip's own: names, versions and hashes of wheels, which pip checks. What is there already is not fetched again; a call that
# was killed leaves nothing that counts, and the next one goes on with the wheels that it has.
# From the environment: SSM_ACCELERATORS (another folder), MIRROR (a folder that holds the wheels, instead of the network).
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/fail.bash
. scripts/fail.bash

device=${1:-}
root=${SSM_ACCELERATORS:-.accelerators}
lists=scripts/accelerator
list=$lists/$device.txt

known() { (cd $lists && for name in *.txt; do printf '%s ' "${name%.txt}"; done); }

[ -n "$device" ] ||
  fail 64 "no device is named" "make setup-accelerator" "DEVICE is empty" "say which: DEVICE=$(known | sed 's/ $//; s/ / or DEVICE=/g')"
[[ $device =~ ^[A-Za-z0-9_-]+$ && -f $list ]] ||
  fail 64 "no plugin is known for the device '$device'" "$lists" "known are: $(known | sed 's/ $//')" \
    "use one of these, or name a plugin's shared library by its path as DEVICE (docs/accelerators.md)"

# description: what plugin.json says, by which a later call knows that everything is there
description() {
  sed -n 's/^# plugin: *\(.*\)/{\n  "plugin": "\1",\n  "wheels": [/p' "$list"
  sed -nE 's/^([a-z0-9-]+)==([0-9.]+) --hash=sha256:([0-9a-f]{64})$/    {"name": "\1", "version": "\2", "sha256": "\3"}/p' "$list" | sed '$!s/$/,/'
  printf '  ]\n}\n'
}

folder=$root/$device
# What is not finished lies here.
side=$root/.$device.part

end_if_there() {
  if [ -e "$folder/plugin.json" ] && cmp -s <(description) "$folder/plugin.json"; then
    rm -rf "$side"
    echo "setup-accelerator: $folder is set up"
    exit 0
  fi
}

[ -e "$side" ] || end_if_there

[ "$(uname -m)" = x86_64 ] ||
  fail 66 "the plugin cannot be set up on this machine" "$list" "its wheels are for x86-64, this machine is $(uname -m)" \
    "name a plugin's shared library for it by its path as DEVICE (docs/accelerators.md)"
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 ||
  fail 66 "the plugin cannot be fetched" "setup-accelerator, python3" "python3 or its pip is not installed" \
    "install it (Debian: python3-pip), or give the wheels of $list as MIRROR=folder and install pip without a network"

mkdir -p "$root" || fail 74 "cannot make the folder $root" "$root" "its message is above" "check its parent's permissions"
exec 9>"$root/.$device.lock"
flock 9
end_if_there

rm -rf "$side/unpacked" "$side/replaced"
mkdir -p "$side/wheels" "$side/unpacked"
echo "setup-accelerator: fetching into $folder: $(sed -n '1s/^# //p' "$list")" >&2
# Its temporary files on the same disk, which has room for them.
mirror=()
if [ -n "${MIRROR:-}" ]; then mirror=(--no-index --find-links "$MIRROR"); fi
TMPDIR=$(cd "$side" && pwd) python3 -m pip download --quiet --disable-pip-version-check --no-cache-dir --no-deps --only-binary :all: --require-hashes \
  "${mirror[@]}" --dest "$side/wheels" --requirement "$list" >&2 ||
  fail 75 "the plugin's wheels could not be fetched" "$list" "pip failed; its own message is above" \
    "check the network and the free space of the disk, then run it again; or give a folder that holds the wheels as MIRROR"

# Those of a call for another list that was killed may be among them.
for wheel in "$side"/wheels/*; do
  grep -q "sha256:$(sha256sum "$wheel" | cut -c 1-64)$" "$list" || rm -rf "$wheel"
done

python3 $lists/unpack.py "$side/unpacked" "$side"/wheels/*.whl >&2 ||
  fail 74 "the plugin's wheels could not be unpacked" "$side" "the message is above" "check the free space of the disk, then run it again"
plugin=$(sed -n 's/^# plugin: *//p' "$list")
[ -f "$side/unpacked/$plugin" ] || fail 70 "the plugin is not in its wheels" "$list" "there is no $plugin" "this is a mistake of ours; report it"
description >"$side/unpacked/plugin.json"
sync -f "$side/unpacked/plugin.json"
# A plugin of another version makes room; programs that use it keep it until they end.
if [ -e "$folder" ]; then mv -T "$folder" "$side/replaced"; fi
mv -T "$side/unpacked" "$folder"
rm -rf "$side"
echo "setup-accelerator: $folder is set up: $(du -sh "$folder" | cut -f 1)"
