"""Runs a training step of our video model and of the same model in PyTorch by turns, after a check that both compute the same losses."""
import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile

import compare

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-4  # of the loss, relative, over four steps of AdamW
PEERS = {"torch-compile+tcmalloc": True, "torch-eager+tcmalloc": True, "torch-compile": False, "torch-eager": False}
COLUMNS = ["shape", "implementation", "ms_median", "steps", "peak_rss_mb", "times_ours", "memory_times_ours", "other_load_percent", "version"]


def check(parsed, folder):
    """The losses of the first steps of the tiny shape, from the same weights and frames."""
    file = os.path.join(folder, "tiny.safetensors")
    ours = subprocess.run([parsed.benchmark, "video-model", "--shape", "video-tiny", "--output", file], stdout=subprocess.PIPE, text=True, check=True).stdout
    theirs = subprocess.run(
        [parsed.python, os.path.join(HERE, "video_peer.py"), "--model", file, "--losses"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    pairs = list(zip(map(float, ours.split()[1:]), map(float, theirs.split()), strict=True))
    difference = max(abs(a - b) / abs(a) for a, b in pairs)
    print(f"peers: losses agree to {difference:.1e}", file=sys.stderr)
    if not difference < TOLERANCE:
        sys.exit("error: the peer computes another model")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", required=True, help="our executable")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--output", required=True, help="CSV")
    parser.add_argument("--allocator", default="", help="tcmalloc's library")
    parser.add_argument("--shapes", nargs="*", default=["video", "video-small"])
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    parser.add_argument("--rounds", type=int, default=5)
    parsed = parser.parse_args()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    plain["TORCHINDUCTOR_CACHE_DIR"] = os.path.abspath(".setup/peers-compiled")
    preloaded = plain | {"LD_PRELOAD": parsed.allocator, "TCMALLOC_RELEASE_RATE": "0"}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        check(parsed, folder)
        for shape in parsed.shapes:
            file = os.path.join(folder, shape + ".safetensors")
            subprocess.run([parsed.benchmark, "video-model", "--shape", shape, "--steps", "1", "--output", file], stdout=subprocess.DEVNULL, check=True)
            for name in parsed.peers:
                if PEERS[name] and not parsed.allocator:
                    continue
                ours = [parsed.benchmark, "video-step", "--shape", shape, "--paced"]
                theirs = [parsed.python, os.path.join(HERE, "video_peer.py"), "--model", file, "--shape", shape, "--paced"]
                theirs += ["--compile"] if "compile" in name else []
                (first, second), times, ratios, load = compare.pair(
                    ours, theirs, (dict(os.environ), preloaded if PEERS[name] else plain), parsed.rounds if PEERS[name] or not parsed.allocator else 1
                )
                memory = int(second["peak_rss_mb"]) / int(first["peak_rss_mb"])
                for label, fields, values, ratio, share, version in [
                    ("ours", first, times[0], "", "", ""), (name, second, times[1], f"{statistics.median(ratios):.2f}", f"{memory:.2f}", second["version"]),
                ]:  # fmt: skip
                    rows.append([shape, label, f"{statistics.median(values):.1f}", len(values), fields["peak_rss_mb"], ratio, share, f"{load:.0f}", version])
                print(f"peers: {shape}, {name}: {rows[-2][2]} ms ours, {rows[-1][2]} ms theirs, ratio {rows[-1][5]}, memory {first['peak_rss_mb']} "
                      f"and {second['peak_rss_mb']} MB", file=sys.stderr, flush=True)  # fmt: skip
    os.makedirs(os.path.dirname(parsed.output) or ".", exist_ok=True)
    with open(parsed.output + ".part", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS] + rows)
    os.replace(parsed.output + ".part", parsed.output)


if __name__ == "__main__":
    main()
