"""Precisions, the cost of equal bits, the same model in PyTorch and JAX on the same card, and our own engine on 1 to all threads."""
import importlib.util
import os
import sys

from measuring.place import ROOT

PEERS = {"torch-compile": ("torch", ["torch_peer.py", "--compile"]), "jax-jit": ("jax", ["jax_peer.py"])}
ENGINE_RUNS = 3


def measure(session, shapes):
    for shape in shapes:
        for precision in session.precisions("tf32", "tf32x3", "fp32"):
            session.device_step(shape, precision)
        for precision in session.precisions("tf32"):
            session.device_step(shape, precision, keeps_order=False)
            for peer in PEERS:
                measure_peer(session, peer, shape, precision)
    for shape in shapes:
        measure_engine(session, shape)
    for shape in shapes:
        for peer in PEERS:
            for precision in session.precisions("fp32"):
                measure_peer(session, peer, shape, precision)
    for shape in shapes:
        for precision in session.precisions("tf32", "fp32"):
            compare(session, shape, precision)


def compare(session, shape, precision):
    """Says how many times as long as ours the peers' steps take."""
    ours = session.table.find("ours", shape, precision, "fixed")
    for peer in PEERS:
        theirs = session.table.find(peer, shape, precision)
        if ours and theirs:
            ratio = float(theirs["ms_median"]) / float(ours["ms_median"])
            session.say(f"{shape}, {precision}: a step of {peer} takes {ratio:.2f} times as long as ours")


def measure_peer(session, peer, shape, precision):
    package, program = PEERS[peer]
    if importlib.util.find_spec(package) is None:
        lack = f"{peer}: {package} is not installed for {sys.executable}"
        if lack not in session.missing:
            session.missing.append(lack)
        return
    if session.table.find(peer, shape, precision):
        return
    sizes = session.place.shapes()[shape]
    command = [sys.executable, os.path.join(ROOT, "scripts/peers", program[0]), *program[1:], "--shape", shape, "--runs", str(session.runs)]
    for name in ("batch", "length", "width", "layers", "classes"):
        command += [f"--{name}", sizes[name]]
    command += ["--device", "cpu" if session.place.is_processor else "cuda", "--precision", precision]
    row = session.run(f"{peer}, {shape}, {precision}", command, dict(os.environ) | {"PYTHONDONTWRITEBYTECODE": "1"})
    if row:
        session.table.add(row | {
            "implementation": peer, "precision": precision, "threads": "", "steps": session.runs, "compile_s": row["first_call_s"],
            "device": session.place.card, "driver": session.place.driver, "revision": session.place.revision,
        })  # fmt: skip
        session.say(f"{peer}, {shape}, {precision}: {row['ms_median']} ms a step")


def measure_engine(session, shape):
    """Most threads first: each smaller number takes at most twice as long as the one before."""
    count = len(os.sched_getaffinity(0))
    threads = sorted({count, *(1 << bit for bit in range(count.bit_length()) if 1 << bit <= count)}, reverse=True)
    expected = None
    for number in threads:
        if session.table.find("ours on the processor", shape, "fp32", "fixed", number):
            continue
        command = [session.place.benchmark, "train-step", "--shape", shape, "--threads", str(number), "--runs", str(ENGINE_RUNS)]
        row = session.run(f"our own engine, {shape}, {number} threads and fewer", command, session.place.environment, expected)
        if not row:
            break
        expected = 2.2 * session.clock.taken
        session.table.add(row | {
            "implementation": "ours on the processor", "precision": "fp32", "order": "fixed", "steps": ENGINE_RUNS,
            "device": session.place.processor(), "driver": session.place.driver, "revision": session.place.revision,
        })  # fmt: skip
        session.say(f"our own engine, {shape}, {number} threads: {row['ms_median']} ms a step")
