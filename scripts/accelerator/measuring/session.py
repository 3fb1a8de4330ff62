"""One call: runs programs, keeps their rows, remembers what did not fit and what is wrong."""
import csv
import os
import sys

from measuring.failure import fail
from measuring.place import LISTS

# How far a loss may be from our own engine's in float32, of the loss where it is above 1: TF32 keeps ten bits of a factor.
TOLERANCE = {"tf32": 0.01, "tf32x3": 0.001, "fp32": 0.001}
# Codes of the executable with which no other measurement would fare better: usage, a wrong plugin, no device.
HOPELESS = (64, 65, 66)


class Session:
    def __init__(self, place, clock, table, runs):
        self.place, self.clock, self.table, self.runs = place, clock, table, runs
        self.skipped, self.failed, self.missing = [], [], []
        self.stored = self.read_losses()

    @staticmethod
    def read_losses():
        stored = {}
        with open(os.path.join(LISTS, "losses.csv"), newline="") as file:
            for row in csv.DictReader(file):
                stored.setdefault(row["shape"], []).append(float(row["loss"]))
        return stored

    def say(self, text):
        print(f"measure: {text}", file=sys.stderr, flush=True)

    def precisions(self, *wanted):
        return ["fp32"] if self.place.is_processor else wanted

    def run(self, name, command, environment, expected=None):
        """The row that a program prints, by column; None if there is none, which is remembered."""
        result = self.clock.run(command, environment, expected)
        if result is None:
            self.say(f"{name}: left out, the time is up")
            self.skipped.append(name)
            return None
        code, output, errors = result
        rows = list(csv.DictReader(output.splitlines()))
        if code == 0 and len(rows) == 1:
            return rows[0]
        print(errors.strip()[-2000:], file=sys.stderr, flush=True)
        self.say(f"{name}: failed with {code}")
        self.failed.append((name, code))
        if command[0] == self.place.benchmark and code in HOPELESS:
            raise SystemExit(code)
        return None

    def device_step(self, shape, precision, keeps_order=True):
        """Steps on the device as a row, measured unless they were."""
        order = "fixed" if keeps_order else "any"
        row = self.table.find("ours", shape, precision, order)
        if row:
            return row
        name = f"{shape}, {precision}" + ("" if keeps_order else ", any order")
        found = self.run(name, self.device_command(shape, precision, keeps_order), self.place.environment)
        if not found:
            return None
        stored = self.stored.get(shape, [])
        losses = [float(word) for word in found["losses"].split()]
        difference = max((abs(a - b) / max(1, abs(b)) for a, b in zip(losses, stored)), default=None)
        row = self.table.add(found | {
            "implementation": "ours", "precision": precision, "order": order, "threads": "", "steps": self.runs, "driver": self.place.driver,
            "version": self.place.version, "revision": self.place.revision, "losses": " ".join(found["losses"].split()[: len(stored)]),
            "device": self.place.card if self.place.is_processor else found["device"],
            "loss_difference": "" if difference is None else f"{difference:.1e}", "loss_tolerance": TOLERANCE[precision],
        })  # fmt: skip
        self.say(f"{name}: {row['ms_median']} ms a step, compiled in {row['compile_s']} s, losses within {row['loss_difference'] or 'nothing stored'}")
        return row

    def device_command(self, shape, precision, keeps_order=True):
        command = [self.place.benchmark, "train-step", "--shape", shape, "--device", self.place.plugin, "--precision", precision]
        return command + ["--runs", str(self.runs)] + ([] if keeps_order else ["--any-order"])

    def end(self):
        """Names what is not there or not right, and ends with the code that says so."""
        for name in self.missing:
            self.say(f"not measured: {name}")
        if self.skipped:
            self.say(f"not measured, the time was up; the same call goes on with it: {'; '.join(self.skipped)}")
        self.say(f"the rows are in {self.table.path}")
        wrong = [row for row in self.table.here() if row["loss_difference"] and not float(row["loss_difference"]) <= float(row["loss_tolerance"])]
        if wrong:
            fail(70, "losses are not those of our own engine", self.table.path,
                 "; ".join(f"{row['shape']}, {row['precision']}: {row['loss_difference']}, {row['loss_tolerance']} are allowed" for row in wrong),
                 "report it with the table; no time in these rows counts")  # fmt: skip
        differing = [row for row in self.table.here() if row["same_bits"] == "no"]
        if differing:
            fail(70, "two processes left different weights", self.table.path, "; ".join(f"{row['shape']}, {row['precision']}" for row in differing),
                 "report it with the table")  # fmt: skip
        if self.failed:
            fail(self.failed[0][1] if self.failed[0][1] > 0 else 70, "a measurement failed", "; ".join(name for name, _ in self.failed),
                 "its own message is above", "see there; the same call measures it again")  # fmt: skip
        if self.skipped:
            raise SystemExit(75)
