"""Runs our training step and each peer's by turns and writes a table of times, peak memory and ratios.

A pair of processes, ours and a peer's, stays alive and takes turns, so that both see the same state of the machine; the ratio is taken
for each pair of turns and its median counts. A turn is about a second of steps; the first, which finds the other's data in the caches and
its threads still spinning, is not counted where there are more. Peers that are run for their memory alone make one counted step.
"""
import argparse
import csv
import itertools
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
# Name: program with its options, with tcmalloc, whether its time counts. Time is compared with the fastest, memory with the leanest.
PEERS = {
    "torch-compile+tcmalloc": (["torch_peer.py", "--compile"], True, True),
    "torch-eager+tcmalloc": (["torch_peer.py"], True, True),
    "jax-jit+tcmalloc": (["jax_peer.py"], True, True),
    "jax-jit-complex+tcmalloc": (["jax_peer.py", "--complex"], True, True),
    "torch-compile": (["torch_peer.py", "--compile"], False, False),
    "torch-eager": (["torch_peer.py"], False, False),
    "torch-eager-complex": (["torch_peer.py", "--complex"], False, False),
    "jax-jit": (["jax_peer.py"], False, False),
    "jax-jit-complex": (["jax_peer.py", "--complex"], False, False),
}
BUSY_PERCENT = 5
TURN_SECONDS = 1.5
KEY = ["layer", "shape", "direction", "implementation"]
COLUMNS = KEY + ["ms_median", "ms_min", "ms_max", "steps", "peak_rss_mb", "threads", "times_ours", "memory_times_ours", "other_load_percent",
           "version"]  # fmt: skip


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", required=True, help="our executable")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers' packages")
    parser.add_argument("--output", required=True, help="CSV; rows of earlier runs that are not measured again stay")
    parser.add_argument("--allocator", default="", help="tcmalloc's library; without it the peers run with the system's allocator only")
    parser.add_argument("--shapes", nargs="*", default=[])
    parser.add_argument("--layers", nargs="*", default=[])
    parser.add_argument("--directions", nargs="*", default=[])
    parser.add_argument("--peers", nargs="*", default=[], help="only these, of " + ", ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=5, help="pairs of steps")
    parser.add_argument("--limit", type=float, default=900, help="seconds that a process may take to its first step")
    return parser.parse_args()


class Process:
    """A program that makes one step for each line that it is sent."""

    def __init__(self, command, environment):
        self.command = command
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)
        if self.child.stdout.readline().strip() != "ready":
            self.fail()

    def fail(self):
        self.child.stdin.close()
        code = self.child.wait()
        raise RuntimeError(f"{' '.join(map(os.path.basename, self.command[:3]))} ended with {code}" + (", out of memory?" if code == -9 else ""))

    def step(self):
        try:
            self.child.stdin.write("\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            self.fail()
        line = self.child.stdout.readline()
        return float(line) if line else self.fail()

    def turn(self, seconds):
        """The median of the steps behind the first."""
        steps = [self.step() for _ in range(1 + min(9, int(TURN_SECONDS / seconds)))]
        return statistics.median(steps[1:] or steps)

    def finish(self):
        """The row that it prints at its end, by column."""
        self.child.stdin.close()
        lines = self.child.stdout.read().strip().split("\n")
        if self.child.wait() != 0 or len(lines) != 2:
            raise RuntimeError(f"{self.command[0]} ended with {self.child.returncode}")
        return dict(zip(lines[0].split(","), lines[1].split(",")))

    def end(self):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()


def busy_seconds():
    """Processor time of the whole machine, what a host took from it included."""
    with open("/proc/stat") as stat:
        user, nice, system, _, _, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def own_seconds(process):
    with open(f"/proc/{process.child.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class OtherLoad:
    """The share of the processors that went to others: PyTorch loses more by it than we do, so a busy machine flatters us."""

    def __init__(self, processes):
        self.processes = processes
        self.start = self.sample()

    def sample(self):
        return time.monotonic(), busy_seconds() - sum(map(own_seconds, self.processes))

    def percent(self):
        elapsed, others = (now - then for now, then in zip(self.sample(), self.start))
        return 100 * max(0.0, others) / (elapsed * os.cpu_count())


def pair(ours, peer, environments, rounds):
    """Steps by turns; returns the rows of both, their times, the ratios peer / ours, and the load by others in percent."""
    running = []
    try:
        for command, environment in zip((ours, peer), environments):
            running.append(Process(command, environment))
        load = OtherLoad(running)
        first = [process.step() / 1000 for process in running]
        times = [[process.turn(seconds) for process, seconds in zip(running, first)] for _ in range(rounds)]
        percent = load.percent()
        rows = [process.finish() for process in running]
    finally:
        for process in running:
            process.end()
    return rows, [list(column) for column in zip(*times)], [second / first for first, second in times], percent


def row(key, times, fields, load, version):
    values = [statistics.median(times), min(times), max(times)]
    return dict(zip(KEY, key)) | {
        "ms_median": f"{values[0]:.2f}", "ms_min": f"{values[1]:.2f}", "ms_max": f"{values[2]:.2f}", "steps": len(times),
        "peak_rss_mb": fields["peak_rss_mb"], "threads": fields["threads"], "times_ours": "", "memory_times_ours": "",
        "other_load_percent": f"{load:.0f}", "version": version,
    }  # fmt: skip


def measure(parsed, layer, shape, direction):
    """All rows of one model."""
    ours = [parsed.benchmark, "train-step", "--shape", shape["shape"], "--layer", layer, "--paced"]
    sizes = itertools.chain.from_iterable((f"--{name}", shape[name]) for name in ("batch", "length", "width", "layers", "classes"))
    peer_options = ["--shape", shape["shape"], "--layer", layer, "--paced", *sizes]
    if direction == "bi":
        ours.append("--bidirectional")
        peer_options.append("--bidirectional")
    # Settings for our BLAS are not the peers'; compiled code is kept between runs.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    plain["TORCHINDUCTOR_CACHE_DIR"] = os.path.abspath(".setup/peers-compiled")
    preloaded = plain | {"LD_PRELOAD": parsed.allocator, "TCMALLOC_RELEASE_RATE": "0"}
    our_times, our_fields, our_load, rows = [], None, 0.0, []
    for name, (program, needs_allocator, is_timed) in PEERS.items():
        if (parsed.peers and name not in parsed.peers) or (needs_allocator and not parsed.allocator):
            continue
        command = [parsed.python, os.path.join(HERE, program[0]), *program[1:], *peer_options]
        print(f"peers: {layer} {shape['shape']} {direction}, ours and {name}", file=sys.stderr, flush=True)
        counts = is_timed or not parsed.allocator
        try:
            (first, second), times, ratios, load = pair(
                ours, command, (dict(os.environ), preloaded if needs_allocator else plain), parsed.rounds if counts else 1
            )
        except RuntimeError as error:
            print(f"peers: left out: {error}", file=sys.stderr)
            continue
        our_fields = first if our_fields is None or int(first["peak_rss_mb"]) > int(our_fields["peak_rss_mb"]) else our_fields
        our_times += times[0]
        our_load = max(our_load, load)
        rows.append(row((layer, shape["shape"], direction, name), times[1], second, load, second["version"]))
        rows[-1]["times_ours"] = f"{statistics.median(ratios):.3f}"
        if load > BUSY_PERCENT:
            print(f"peers:   others used {load:.0f} % of the processors meanwhile; measure again", file=sys.stderr)
        print(f"peers:   {statistics.median(times[0]):.0f} ms ours, {statistics.median(times[1]):.0f} ms theirs, "
              f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", file=sys.stderr, flush=True)  # fmt: skip
    if our_fields:
        rows.insert(0, row((layer, shape["shape"], direction, "ours"), our_times, our_fields, our_load, ""))
    return rows


def read(path):
    if not os.path.exists(path):
        return {}
    with open(path, newline="") as file:
        return {tuple(entry[name] for name in KEY): entry for entry in csv.DictReader(file)}


def write(path, table):
    """Fills in the ratios of memory and of the fastest peer, and writes aside."""
    for key, entry in table.items():
        ours = table.get((*key[:3], "ours"))
        if ours and entry is not ours:
            entry["memory_times_ours"] = f"{float(entry['peak_rss_mb']) / float(ours['peak_rss_mb']):.2f}"
    for key, entry in table.items():
        if key[3] == "ours":
            peers = [other for name, other in table.items() if name[:3] == key[:3] and name[3] != "ours"]
            entry["times_ours"] = f"{min((float(other['times_ours']) for other in repeated(peers)), default=float('nan')):.3f}"
            entry["memory_times_ours"] = f"{min((float(other['memory_times_ours']) for other in peers), default=float('nan')):.2f}"
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".part", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table.values())
    os.replace(path + ".part", path)


def repeated(peers):
    """Those whose time rests on several pairs of steps, if there are any; one pair alone may be a moment's noise."""
    return [entry for entry in peers if int(entry["steps"]) >= 3] or peers


def busy(entry):
    return ", machine busy" if float(entry["other_load_percent"] or 0) > BUSY_PERCENT else ""


def show(table):
    """One line a model: ours, the fastest and the leanest peer."""
    print("| layer | shape | direction | ours ms | fastest peer | its ms | times ours | ours MB | leanest peer | its MB | times ours |")
    print("| --- | --- | --- | ---: | --- | ---: | ---: | ---: | --- | ---: | ---: |")
    for key, ours in table.items():
        peers = [entry for name, entry in table.items() if name[:3] == key[:3] and name[3] != "ours"]
        if key[3] != "ours" or not peers:
            continue
        fast = min(repeated(peers), key=lambda entry: float(entry["times_ours"]))
        lean = min(peers, key=lambda entry: float(entry["peak_rss_mb"]))
        print(
            f"| {' | '.join(key[:3])} | {float(ours['ms_median']):.0f} | {fast['implementation']} | {float(fast['ms_median']):.0f} "
            f"| {float(fast['times_ours']):.2f}{busy(fast)} | {ours['peak_rss_mb']} | {lean['implementation']} | {lean['peak_rss_mb']} "
            f"| {float(lean['memory_times_ours']):.2f} |"
        )


def main():
    parsed = options()
    unknown = [name for name in parsed.peers if name not in PEERS]
    if unknown:
        sys.exit(f"error: unknown peer {unknown[0]}; known are {', '.join(PEERS)}")
    listing = subprocess.run([parsed.benchmark, "shapes"], stdout=subprocess.PIPE, text=True, check=True).stdout
    shapes = {entry["shape"]: entry for entry in csv.DictReader(listing.splitlines())}
    for name in parsed.shapes:
        if name not in shapes:
            sys.exit(f"error: unknown shape {name}; known are {', '.join(shapes)}")
    table = read(parsed.output)
    for layer in parsed.layers or ["s4d"]:
        for name in parsed.shapes or [name for name, shape in shapes.items() if shape["reported"] == "1"]:
            for direction in parsed.directions or ["uni", "bi"]:
                for entry in measure(parsed, layer, shapes[name], direction):
                    table[tuple(entry[column] for column in KEY)] = entry
                write(parsed.output, table)
    show(table)


if __name__ == "__main__":
    main()
