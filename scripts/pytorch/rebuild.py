"""Evaluates the sequence model of a finished run in PyTorch on the test split, beside what the run found.

    python scripts/pytorch/rebuild.py results/runs/tiny-listops-s4d-lin/smoke/seed-1 [--data data/prepared] [--double]

It needs torch and numpy alone; the model is that of model.py beside it. Exit code 1: loss or accuracy differ from those of the run; 2: this
kind of run is not rebuilt here.
"""
import argparse
import json
import math
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
from model import Model, Unsupported, read_safetensors


def test_batches(folder, size, multiple, limit):
    """Inputs, lengths and labels of the test split, in its order, batch by batch."""
    load = lambda name: np.load(folder / f"{name}.npy", mmap_mode="r")
    card = json.loads((folder / "card.json").read_text())
    records, labels = load("split-test")[:limit], load("labels")
    for begin in range(0, len(records), size):
        chosen = records[begin : begin + size]
        target = torch.from_numpy(labels[chosen].astype(np.int64))
        if card["inputKind"] == "values":
            if card.get("noiseStepCount"):
                raise Unsupported("the random steps behind these data are not rebuilt here")
            rule = card.get("normalization") or {"scale": 1, "mean": [0], "deviation": [1]}
            mean, deviation = rule["mean"], rule["deviation"]
            if rule.get("isPerStep"):
                mean, deviation = load("step-mean").astype(np.float64), load("step-deviation")
            values = (load("values")[chosen] * np.float64(rule["scale"]) - mean) / deviation
            yield torch.from_numpy(values.astype(np.float32)).transpose(1, 2), torch.full((len(chosen),), values.shape[1]), target
            continue
        offsets, tokens, documents = load("offsets"), load("tokens"), card.get("documentCount", 1)
        rows = [tokens[offsets[r * documents + d] : offsets[r * documents + d + 1]] for d in range(documents) for r in chosen]
        lengths = torch.tensor([len(row) for row in rows])
        padded = min(math.ceil(int(lengths.max()) / multiple) * multiple, card["sequenceLength"])
        batch = np.zeros((len(rows), padded), np.int64)
        for row, words in zip(batch, rows):
            row[: len(words)] = words
        yield torch.from_numpy(batch), lengths, target


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=pathlib.Path, help="folder of a finished run")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("data/prepared"), help="folder of prepared data")
    parser.add_argument("--double", action="store_true", help="compute in double precision")
    arguments = parser.parse_args()

    if not (arguments.run / "summary.json").exists():
        print(
            f"error: there is no finished run\n  where: {arguments.run}\n  why:   its summary.json is missing\n"
            "  fix:   train it first: make run EXPERIMENT=… PRESET=… SEED=…",
            file=sys.stderr,
        )
        sys.exit(66)
    configuration = json.loads((arguments.run / "configuration.json").read_text())
    summary = json.loads((arguments.run / "summary.json").read_text())
    if summary["metric"] != "accuracy":
        raise Unsupported("only models that classify are evaluated here")
    kind = torch.float64 if arguments.double else torch.float32
    checkpoint = arguments.run / "checkpoints" / f"best-epoch-{summary['bestEpoch']:04d}.safetensors"
    model = Model(read_safetensors(checkpoint), configuration).to(kind)
    training = configuration["training"]
    folder = arguments.data / pathlib.Path(summary["dataCards"][0]["path"]).parent
    loss = correct = count = 0
    with torch.no_grad():
        limit = configuration["data"]["limits"].get("test")
        for inputs, lengths, labels in test_batches(folder, training["batchSize"], training.get("paddingMultiple", 1), limit):
            logits = model(inputs if inputs.dtype == torch.int64 else inputs.to(kind), lengths)
            loss += F.cross_entropy(logits, labels, reduction="sum").item()
            correct += (logits.argmax(1) == labels).sum().item()
            count += len(labels)
    print(f"PyTorch  loss {loss / count:.7f}  accuracy {correct / count:.4f}  ({count} test samples)")
    print(f"run      loss {summary['testLoss']:.7f}  accuracy {summary['value']:.4f}")
    same = abs(loss / count - summary["testLoss"]) < 1e-5 and abs(correct / count - summary["value"]) <= 1 / count
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    try:
        main()
    except Unsupported as reason:
        print(f"rebuild.py: {reason}", file=sys.stderr)
        sys.exit(2)
