"""What the peers share: command line, sizes, the timing rule and the row of numbers, which is that of `benchmark train-step`."""
import argparse
import collections
import os
import statistics
import sys
import time

Sizes = collections.namedtuple("Sizes", "batch length width layers classes")
HEADER = "shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads,layer,implementation,first_call_s,version"


def options(description, layers):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--shape", required=True, help="name of the shape, for the row")
    for name in Sizes._fields:
        parser.add_argument("--" + name, type=int, help="size of the shape")
    parser.add_argument("--layer", choices=layers, default="s4d")
    parser.add_argument("--bidirectional", action="store_true")
    parser.add_argument("--complex", action="store_true", help="complex powers, as public code writes them; else real arithmetic")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--runs", type=int, default=5, help="counted steps, after two for warm-up")
    parser.add_argument("--paced", action="store_true", help="one step for each line of standard input; prints its milliseconds")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--precision", choices=["tf32", "fp32"], default="fp32", help="what products on a GPU may round their operands to")
    parser.add_argument("--losses", metavar="FILE", help="print the losses of the steps that `benchmark model` wrote to FILE, no times")
    parsed = parser.parse_args()
    if not parsed.losses and None in sizes(parsed):
        parser.error("the sizes " + ", ".join("--" + name for name in Sizes._fields) + " are needed")
    # Before the framework starts its threads.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: parsed.threads])
    os.environ["OMP_NUM_THREADS"] = str(parsed.threads)
    return parsed


def sizes(parsed):
    return Sizes(*(getattr(parsed, name) for name in Sizes._fields))


def peak_memory_mb():
    """The largest resident memory of this process; not getrusage's value, which survives exec."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))


def measure(parsed, step, implementation, version):
    """Calls step(), which returns its loss, as often as asked, and prints the row."""

    def timed():
        start = time.perf_counter()
        loss = step()
        elapsed = time.perf_counter() - start
        if loss != loss:
            sys.exit(f"error: {implementation} computed a loss that is no number")
        return elapsed

    first = timed()  # compilation and first touch of the memory
    times = []
    if parsed.paced:
        timed()
        print("ready", flush=True)
        for _ in sys.stdin:
            times.append(timed())
            print(f"{1000 * times[-1]:.3f}", flush=True)
    else:
        timed()
        times = [timed() for _ in range(parsed.runs)]
    if not times:
        times = [first]
    numbers = ",".join(f"{1000 * value:.2f}" for value in (statistics.median(times), min(times), max(times)))
    direction = "bi" if parsed.bidirectional else "uni"
    print(HEADER)
    print(
        f"{parsed.shape},{direction},{numbers},{round(peak_memory_mb())},{parsed.threads},{parsed.layer},{implementation},"
        f"{first:.2f},{version}"
    )
