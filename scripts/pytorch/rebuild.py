"""Rebuilds the sequence model of a finished run in PyTorch, and evaluates it on the test split beside what the run found.

    python scripts/pytorch/rebuild.py results/runs/tiny-listops-s4d-lin/smoke/seed-1 [--data data/prepared] [--double]

It needs torch and numpy alone. The names and shapes of the arrays are those of docs/checkpoints.md; what is no weight (where padding is
zeroed, which GELU, which half of the gate) is written out here. Exit code 1: loss or accuracy differ from those of the run; 2: this kind of
run is not rebuilt here.
"""
import argparse
import json
import math
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F


def refuse(why):
    print(f"rebuild.py: {why}", file=sys.stderr)
    sys.exit(2)


def read_safetensors(path):
    """Arrays by name: eight bytes of length, a JSON header, then the values."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    return {
        name: np.frombuffer(data[start:], np.float32, math.prod(entry["shape"]), entry["data_offsets"][0]).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def complex_array(pairs):
    return torch.view_as_complex(pairs.contiguous())


def powers(base_logarithm, length):
    """exp(x·l), shape [..., length]."""
    return (base_logarithm[..., None] * torch.arange(length, dtype=base_logarithm.real.dtype)).exp()


def diagonal_kernel(array, layer, length):
    """S4D and TFB, [directions, H, length]: K[l] = 2 Re sum over n of C B̄ exp(Δ λ l)."""
    if "log_dt" in array:
        timestep, pole = array["log_dt"].exp(), torch.complex(-array["log_A_real"].exp(), array["A_imag"])
    else:
        stored = array["inv_dt"]
        timestep = F.softplus(stored) if layer["timestepTransform"] == "softplus" else stored.exp()
        pole = torch.complex(-array["A_real"].exp(), -array["A_imag"])
    system = torch.arange(len(timestep)) % len(pole)  # channel h has system h mod S
    pole = pole[system]
    exponent = timestep[:, None] * pole
    if layer["discretization"] == "zeroOrderHold":
        discrete, factor = exponent, (exponent.exp() - 1) / pole
    else:  # bilinear
        discrete, factor = ((1 + exponent / 2) / (1 - exponent / 2)).log(), timestep[:, None] / (1 - exponent / 2)
    if "B" in array:
        factor = factor * complex_array(array["B"])[system]
    return 2 * torch.einsum("dhn,hnl->dhl", complex_array(array["C"]) * factor, powers(discrete, length)).real


def damped_fourier_kernel(array, layer, length):
    """DFouT: poles exp(−ξ/2 + i·angle), with one damping a channel."""
    damping = array["log_xi"].exp()[:, None]
    exponent = torch.complex((-damping / 2).expand_as(array["angles"]), array["angles"])
    weights = complex_array(array["C"])
    if "B" in array:
        weights = weights * complex_array(array["B"])
    if layer["inputFactor"] == "zeroOrderHold":
        weights = weights * damping * (exponent.exp() - 1) / exponent
    factor = 2 if layer["plane"] == "half" else 1
    return factor * torch.einsum("dhn,hnl->dhl", weights, powers(exponent, length)).real


def line_convolution(u, array, layer, kernel_length):
    """u [B, H, L] with one kernel forward and, if there are two, one backward that begins at lag −1; zeros outside."""
    length = u.shape[-1]
    # In double precision, for exp(Δλ) − 1 of a small Δλ loses all digits of single precision.
    double = {name: values.double() for name, values in array.items()}
    kernel = (damped_fourier_kernel if layer["kind"] == "dampedFourier" else diagonal_kernel)(double, layer, length).to(u.dtype)
    kernel[..., kernel_length or length :] = 0
    line = F.pad(kernel[0], (0, length))
    if len(kernel) == 2:
        line = line + F.pad(kernel[1].flip(-1), (length, 0))
    spectrum = torch.fft.rfft(line)
    if "s" in array:  # TFB's filter, in cycles a sample of the doubled length
        if layer["filter"]["weighting"] != "cyclesPerSample":
            refuse(f"the filter weighting {layer['filter']['weighting']} is not rebuilt here")
        if kernel_length:
            refuse("filtered kernels that were cut are not rebuilt here")
        spectrum = spectrum * (1 + torch.arange(length + 1, dtype=line.dtype) / (2 * length)) ** array["s"][:, None]
    return torch.fft.irfft(torch.fft.rfft(u, n=2 * length) * spectrum, n=2 * length)[..., :length]


def hankel_samples(array, length, directions):
    """Samples of the transfer functions of HOPE's systems on the circle, [directions·H, length]."""
    timestep = array["log_dt"].exp() if "log_dt" in array else F.softplus(array["inv_dt"])
    markov = complex_array(array["h"])
    width = len(timestep) // directions
    shared = len(markov) // directions  # channel h has Markov parameters h mod S of its direction
    row = torch.cat([torch.arange(width) % shared + direction * shared for direction in range(directions)])
    half = math.pi * torch.arange(length, dtype=timestep.dtype) / length
    angle = 2 * torch.atan2(half.sin(), timestep[:, None] * half.cos())  # tan(angle/2) = tan(half)/Δ
    transfer = torch.zeros(len(timestep), length, dtype=markov.dtype)
    for degree in range(1, markov.shape[1] + 1):
        transfer = transfer + markov[row, degree - 1, None] * torch.polar(torch.ones_like(angle), -degree * angle)
    return transfer


def hankel_convolution(u, array, layer, kernel_length):
    """HOPE, Algorithm 1: Re ifft(fft(u)·g) on the circle; two directions give 2H channels, forward ones first.

    In the released form each channel has two systems, whose samples fill the two halves of one spectrum, the second backwards.
    """
    (width, length), kind = u.shape[1:], layer["directions"]
    run = lambda signal, g: torch.fft.ifft(torch.fft.fft(signal) * g).real
    if kind == "forward":
        return run(u, hankel_samples(array, length, 1))
    if kind == "both":
        transfer = hankel_samples(array, length, 2)
        return torch.cat([run(u, transfer[:width]), run(u.flip(-1), transfer[width:]).flip(-1)], dim=1)
    circle = 2 * length if kind == "halfSpectraOfCopy" else length
    samples = hankel_samples(array, circle // 2, 2)
    halves = torch.cat([samples[:width], samples[width:].flip(-1)], -1)
    if kind == "halfSpectra":
        return run(u, halves)
    y = run(torch.cat([u, u.flip(-1)], -1), halves)
    return torch.cat([y[..., :length], y[..., length:].flip(-1)], dim=1)


class Model:
    """Tokens [B, L] or values [B, channels, L], and the valid steps of each sequence, to logits."""

    def __init__(self, weights, configuration, probe):
        """probe: `training.probe` of the run, the part of the model that was trained."""
        self.weights, self.configuration, self.probe = weights, configuration, probe
        if probe.get("samplingRate", 1) != 1:
            refuse("models that were trained on every r-th step are not rebuilt here")

    def arrays(self, prefix):
        return {name[len(prefix) :]: array for name, array in self.weights.items() if name.startswith(prefix)}

    def linear(self, name, x):
        return F.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def layer(self, index, u):
        name = f"s4_layers.{index}."
        settings = self.configuration["layer"]
        y = u
        if index < self.probe.get("systemLayerCount", index + 1):
            convolution = hankel_convolution if settings["kind"] == "hankel" else line_convolution
            y = convolution(u, self.arrays(name + "kernel."), settings, self.probe.get("kernelLength"))
            copies = y.shape[1] // u.shape[1]
            y = y + self.weights[name + "D"][:, None] * u.repeat(1, copies, 1)
        y = F.gelu(y)  # the exact one
        y = self.linear(name + "output_linear.0", y.transpose(1, 2)).transpose(1, 2)
        return F.glu(y, dim=1)  # values first, gate second

    def norm(self, name, x):
        scale, shift = self.weights[name + ".weight"], self.weights[name + ".bias"]
        if name + ".running_mean" in self.weights:
            mean, variance = self.weights[name + ".running_mean"], self.weights[name + ".running_var"]
            return F.batch_norm(x, mean, variance, scale, shift, eps=1e-5)
        return F.layer_norm(x.transpose(1, 2), scale.shape, scale, shift, eps=1e-5).transpose(1, 2)

    def pooled(self, x, valid):
        """The mean over valid steps, the last of them, or the mean of their second half."""
        counts = valid.sum(-1, keepdim=True)
        place = torch.cumsum(valid, -1) - 1
        first = {"mean": 0 * counts, "last": counts - 1, "meanOfSecondHalf": counts // 2}[self.configuration["pooling"]]
        chosen = valid & (place >= first)
        return (x * chosen[:, None]).sum(-1) / chosen.sum(-1, keepdim=True)

    def __call__(self, inputs, lengths):
        model = self.configuration
        if inputs.dtype == torch.int64:
            x = self.weights["encoder.weight"][inputs].transpose(1, 2)
        else:
            x = self.linear("encoder", inputs.transpose(1, 2)).transpose(1, 2)
        valid = torch.arange(x.shape[-1])[None] < lengths[:, None]
        if model["appendsReversal"]:
            x, valid = torch.cat([x, x.flip(-1)], -1), torch.cat([valid, valid.flip(-1)], -1)
        for index in range(self.probe.get("layerCount", model["layerCount"])):
            norm = f"norms.{index}"
            # Padding is zero in front of each layer, and only there.
            if model["prenorm"]:
                x = x + self.layer(index, self.norm(norm, x) * valid[:, None])
            else:
                x = self.norm(norm, x + self.layer(index, x * valid[:, None]))
        if "norm.weight" in self.weights:
            x = self.norm("norm", x)
        features = self.pooled(x, valid)
        if "decoder.weight" in self.weights:
            return self.linear("decoder", features)
        first, second = features.chunk(2)  # all first documents, then all second ones
        combined = torch.cat([first, second, first - second, first * second], -1)
        hidden = F.gelu(self.linear("decoder.retrieval.classifier.0", combined))
        return self.linear("decoder.retrieval.classifier.2", hidden)


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
                refuse("the random steps behind these data are not rebuilt here")
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

    configuration = json.loads((arguments.run / "configuration.json").read_text())
    summary = json.loads((arguments.run / "summary.json").read_text())
    if summary["metric"] != "accuracy" or "layerCount" not in configuration["model"]:
        refuse("only models of layers that classify are rebuilt here")
    kind = torch.float64 if arguments.double else torch.float32
    checkpoint = arguments.run / "checkpoints" / f"best-epoch-{summary['bestEpoch']:04d}.safetensors"
    weights = {name: torch.from_numpy(array.copy()).to(kind) for name, array in read_safetensors(checkpoint).items()}
    training = configuration["training"]
    model = Model(weights, configuration["model"], training.get("probe", {}))
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
    main()
