"""The time that a call may take, and the programs that run in it."""
import os
import signal
import subprocess
import time


class Clock:
    def __init__(self, seconds):
        # A little is kept for writing the tables, and for whoever measures the whole call.
        self.end = time.monotonic() + seconds - min(5, seconds / 10)
        # A program of which nothing is known is started if this much is left.
        self.least = min(10, seconds / 4)
        # By the newest program, in seconds.
        self.taken = 0.0

    def left(self):
        return self.end - time.monotonic()

    def run(self, command, environment, expected=None):
        """The exit code of a program, its output and its errors; None if it did not fit, or was stopped when the time was up."""
        if self.left() < (expected or self.least):
            return None
        start = time.monotonic()
        # A group of its own, because compilers start processes that would outlive it.
        child = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        try:
            output, errors = child.communicate(timeout=max(0.1, self.left()))
        except subprocess.TimeoutExpired:
            return None
        finally:
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.wait()
            self.taken = time.monotonic() - start
        return child.returncode, output, errors
