"""The rows that were measured, in a CSV file that is written anew, aside, after each of them."""
import csv
import os

from measuring.failure import fail

# What is measured, and where: a row for each.
KEY = ["implementation", "shape", "precision", "order", "threads", "driver", "version", "revision"]
COLUMNS = [
    "implementation", "shape", "precision", "order", "threads", "ms_median", "ms_min", "ms_max", "steps", "compile_s", "first_ms",
    "planned_mb", "device_peak_mb", "peak_rss_mb", "losses", "loss_difference", "loss_tolerance", "same_bits", "weights_sha256",
    "device", "driver", "version", "plugin_sha256", "flags", "revision",
]  # fmt: skip


class Table:
    def __init__(self, path, place):
        self.path, self.place = path, place
        self.rows = self.read()

    def read(self):
        try:
            with open(self.path, newline="") as file:
                rows = list(csv.DictReader(file))
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            fail(74, "the table cannot be read", self.path, error, "move it aside, or name another folder as OUT")
        if rows and list(rows[0]) != COLUMNS:
            fail(65, "the table is of another version", self.path, "its columns are not those of today", "move it aside, or name another folder as OUT")
        return rows

    def here(self):
        """The rows of this machine and revision, which this or an earlier call measured."""
        return [row for row in self.rows if row["driver"] == self.place.driver and row["revision"] == self.place.revision]

    def find(self, implementation, shape, precision, order="", threads=""):
        wanted = (implementation, shape, precision, order, str(threads))
        return next((row for row in self.here() if tuple(row[name] for name in KEY[:5]) == wanted), None)

    def add(self, row):
        row = {name: str(row.get(name, "")) for name in COLUMNS}
        self.rows = [other for other in self.rows if any(other[name] != row[name] for name in KEY)] + [row]
        self.write()
        return row

    def write(self):
        try:
            os.makedirs(os.path.dirname(self.path) or ".", exist_ok=True)
            with open(self.path + ".part", "w", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(self.rows)
                file.flush()
                os.fsync(file.fileno())
            os.replace(self.path + ".part", self.path)
        except OSError as error:
            fail(74, "the table cannot be written", self.path, error, "check the folder's permissions and the free space, or name another as OUT")
