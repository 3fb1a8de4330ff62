"""Where it is measured: the executable, the plugin, the driver, the revision."""
import csv
import glob
import json
import os
import site
import subprocess
import sys
import tempfile

from measuring.failure import fail

LISTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(LISTS))


class Place:
    def __init__(self, device):
        self.benchmark = self.find_benchmark()
        self.plugin = os.path.abspath(self.find_plugin(device))
        # Which multiplies float32 as it is, whatever it is asked for.
        self.is_processor = device == "cpu" or "xla_cpu" in os.path.basename(self.plugin)
        # Two folders above the plugin's own: where a wheel is unpacked or installed.
        self.packages = os.path.dirname(os.path.dirname(os.path.dirname(self.plugin)))
        self.driver = self.ask("nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader") if not self.is_processor else ""
        self.card = self.ask("nvidia-smi", "--query-gpu=name", "--format=csv,noheader") if not self.is_processor else self.processor()
        self.revision = self.find_revision()
        self.version = self.find_version()
        # Compiled programs are kept for the second process of each, and for no other call: their compilation is measured.
        self.programs = tempfile.TemporaryDirectory(prefix="ssm-measure-", ignore_cleanup_errors=True)
        self.environment = self.make_environment()

    def find_benchmark(self):
        named = os.environ.get("BENCHMARK")
        paths = [named] if named else [os.path.join(ROOT, "bin/benchmark"), os.path.join(ROOT, ".build/release/benchmark")]
        for path in paths:
            if os.access(path, os.X_OK):
                return os.path.abspath(path)
        fail(66, "there is no executable to measure", " or ".join(paths), "no such file can be run",
             "unpack what `make pack-accelerator` made, or run `make build` in a checkout")  # fmt: skip

    def find_plugin(self, device):
        if "/" in device:
            if os.path.isfile(device):
                return device
            fail(66, f"there is no plugin {device}", "DEVICE", "the file does not exist", "check the path")
        folder = os.environ.get("SSM_ACCELERATORS") or os.path.join(ROOT, ".accelerators")
        listing = os.path.join(LISTS, device + ".txt")
        if not os.path.isfile(listing):
            known = sorted(os.path.basename(path)[:-4] for path in glob.glob(os.path.join(LISTS, "*.txt")))
            fail(64, f"no plugin is known for the device '{device}'", LISTS, f"known are {', '.join(known)}", "use one of these, or a plugin's path")
        try:
            with open(os.path.join(folder, device, "plugin.json")) as file:
                return os.path.join(folder, device, json.load(file)["plugin"])
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError) as error:
            fail(65, "the description of a plugin cannot be read", os.path.join(folder, device), error, f"make setup-accelerator DEVICE={device}")
        with open(listing) as file:
            path = next(line.split(":", 1)[1].strip() for line in file if line.startswith("# plugin:"))
        packages = list(dict.fromkeys([*site.getsitepackages(), site.getusersitepackages(), *filter(None, sys.path)]))
        for package in packages:
            if os.path.isfile(os.path.join(package, path)):
                return os.path.join(package, path)
        fail(66, f"no plugin is there for the device '{device}'", f"{folder}, {', '.join(packages)}", f"there is no {path}",
             f"run `make setup-accelerator DEVICE={device}`, install its wheels, or name the plugin's path as DEVICE")  # fmt: skip

    def find_revision(self):
        try:
            with open(os.path.join(ROOT, "revision")) as file:
                return file.read().strip()
        except OSError:
            return self.ask("git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=12") or "unknown"

    def find_version(self):
        """Name and version of the wheel that the plugin came in."""
        inside = os.path.relpath(self.plugin, self.packages)
        for record in glob.glob(os.path.join(glob.escape(self.packages), "*.dist-info", "RECORD")):
            with open(record, errors="replace") as file:
                if any(line.startswith(inside + ",") for line in file):
                    return os.path.basename(os.path.dirname(record))[: -len(".dist-info")].replace("-", " ")
        return os.path.basename(self.plugin)

    def make_environment(self):
        """For our executable alone: its libraries, and CUDA's where wheels hold them."""
        environment = dict(os.environ) | {"SSM_ACCELERATORS": self.programs.name}
        folders = [os.path.join(ROOT, "lib"), *sorted(glob.glob(os.path.join(glob.escape(self.packages), "nvidia/*/lib")))]
        paths = [path for path in folders if os.path.isdir(path)] + list(filter(None, [os.environ.get("LD_LIBRARY_PATH")]))
        if paths:
            environment["LD_LIBRARY_PATH"] = ":".join(paths)
        tools = os.path.join(self.packages, "nvidia/cu13")
        if os.path.isdir(os.path.join(tools, "nvvm")) and "xla_gpu_cuda_data_dir" not in environment.get("XLA_FLAGS", ""):
            environment["XLA_FLAGS"] = f"{environment.get('XLA_FLAGS', '')} --xla_gpu_cuda_data_dir={tools}".strip()
        return environment

    def shapes(self):
        """The sizes of every shape, by its name."""
        try:
            listing = subprocess.run([self.benchmark, "shapes"], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        except OSError as error:
            fail(66, "the executable does not start", self.benchmark, error, "run it on x86-64 Linux, or build it on this machine")
        if listing.returncode:
            fail(66, "the executable does not start", self.benchmark, listing.stderr.strip()[-300:] or f"it ended with {listing.returncode}",
                 "it needs a C library as new as that of the machine it was packed on, and a processor with AVX2")  # fmt: skip
        return {row["shape"]: row for row in csv.DictReader(listing.stdout.splitlines())}

    @staticmethod
    def ask(*command):
        """The first line that a program prints; nothing where it cannot."""
        try:
            answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return answer.stdout.split("\n")[0].strip() if answer.returncode == 0 else ""

    @staticmethod
    def processor():
        with open("/proc/cpuinfo") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "processor")
