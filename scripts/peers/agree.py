"""Checks that the peers compute what our benchmark computes: the losses of the first steps from the same weights and the same batch."""
import itertools
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-5  # of the loss, relative: float32 through two layers and four steps of AdamW; 7e-7 was seen
PROGRAMS = [["torch_peer.py"], ["torch_peer.py", "--complex"], ["jax_peer.py"], ["jax_peer.py", "--complex"]]


def main():
    benchmark, python = sys.argv[1:3]
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for layer, direction in itertools.product(["s4d", "tfb", "dfout", "hope"], [[], ["--bidirectional"]]):
            file = os.path.join(folder, "model.safetensors")
            ours = subprocess.run(
                [benchmark, "model", "--shape", "tiny", "--layer", layer, "--output", file, *direction],
                stdout=subprocess.PIPE, text=True, check=True,
            ).stdout  # fmt: skip
            expected = [float(word) for word in ours.split()[1:]]
            for program in PROGRAMS:
                theirs = subprocess.run(
                    [python, os.path.join(HERE, program[0]), *program[1:], "--shape", "tiny", "--layer", layer, "--losses", file, *direction],
                    stdout=subprocess.PIPE, text=True, check=True,
                ).stdout  # fmt: skip
                found = [float(word) for word in theirs.split()]
                difference = max(abs(a - b) / abs(a) for a, b in zip(expected, found, strict=True))
                worst = max(worst, difference)
                verdict = "agrees" if difference < TOLERANCE else "DIFFERS"
                print(f"{layer:6s} {'bi ' if direction else 'uni'} {' '.join(program):24s} {verdict}, {difference:.1e} of the loss", flush=True)
    if not worst < TOLERANCE:
        sys.exit("error: a peer computes another model")


if __name__ == "__main__":
    main()
