"""The sequence model of a run of ssm-repro: what its weights mean, written out. It needs torch alone.

    from model import load
    model = load("folder of the export")          # a torch.nn.Module, ready to evaluate
    outputs = model(inputs, lengths)              # lengths: valid steps of each sequence; without it all steps count

Inputs are tokens [B, L] (int64, padded with 0 behind each sequence) or values [B, channels, L]; of pairs of documents all first ones,
then all second ones. Outputs are logits or numbers, [B, outputs]. The names of the arrays are those of the state dictionary. There is no
dropout here, and batch norms keep the means of their training.

    python model.py [FOLDER …]    # compares its outputs for example.safetensors with those of the program that trained the model
"""
import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

TYPES = {"F32": torch.float32, "I64": torch.int64}


class Unsupported(Exception):
    """A model that is not rebuilt here."""


def read_safetensors(path):
    """Arrays by name: eight bytes of length, a JSON header, then the values."""
    data = bytearray(pathlib.Path(path).read_bytes())
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    return {
        name: torch.frombuffer(
            data, dtype=TYPES[entry["dtype"]], count=math.prod(entry["shape"]), offset=start + entry["data_offsets"][0]
        ).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def complex_array(pairs):
    return torch.view_as_complex(pairs.contiguous())


def powers(base_logarithm, length):
    """exp(x·l), shape [..., length]."""
    steps = torch.arange(length, dtype=base_logarithm.real.dtype, device=base_logarithm.device)
    return (base_logarithm[..., None] * steps).exp()


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


def filter_factors(weighting, exponents, count):
    """TFB's filter (1 + |frequency|)^β on the real transform of so many points: the mean of each bin's factor and its mirror's."""
    bins = torch.arange(count // 2 + 1, dtype=exponents.dtype, device=exponents.device)

    def base(bin):
        if weighting == "cyclesPerSample":
            return 1 + torch.minimum(bin, count - bin) / count
        if weighting == "binsOver10000":
            return 1 + torch.minimum(bin, count - bin) / 10000
        if weighting == "binsOver10000Unmirrored":
            return 1 + bin / 10000
        return 1 + torch.where(2 * bin < count, bin, count - 1 - bin) / 10000  # binsOver10000FlippedByOne

    return (base(bins) ** exponents[:, None] + base((count - bins) % count) ** exponents[:, None]) / 2


def line_convolution(u, array, layer, kernel_length):
    """u [B, H, L] with one kernel forward and, if there are two, one backward that begins at lag −1; zeros outside."""
    length = u.shape[-1]
    # In double precision, for exp(Δλ) − 1 of a small Δλ loses all digits of single precision.
    double = {name: values.double() for name, values in array.items()}
    kernel = (damped_fourier_kernel if layer["kind"] == "dampedFourier" else diagonal_kernel)(double, layer, length).to(u.dtype)
    line = F.pad(kernel[0], (0, length))
    if len(kernel) == 2:
        line = line + F.pad(kernel[1].flip(-1), (length, 0))
    if "s" in array:
        factors = filter_factors(layer["filter"]["weighting"], array["s"], 2 * length)
        line = torch.fft.irfft(torch.fft.rfft(line) * factors, n=2 * length)
    if kernel_length and kernel_length < length:  # the first lags of either direction
        kept = torch.arange(2 * length, device=u.device)
        line = line * ((kept < kernel_length) | (kept >= 2 * length - kernel_length))
    return torch.fft.irfft(torch.fft.rfft(u, n=2 * length) * torch.fft.rfft(line), n=2 * length)[..., :length]


def hankel_samples(array, length, directions):
    """Samples of the transfer functions of HOPE's systems on the circle, [directions·H, length]."""
    timestep = array["log_dt"].exp() if "log_dt" in array else F.softplus(array["inv_dt"])
    markov = complex_array(array["h"])
    width = len(timestep) // directions
    shared = len(markov) // directions  # channel h has Markov parameters h mod S of its direction
    row = torch.cat([torch.arange(width) % shared + direction * shared for direction in range(directions)])
    half = math.pi * torch.arange(length, dtype=timestep.dtype, device=timestep.device) / length
    angle = 2 * torch.atan2(half.sin(), timestep[:, None] * half.cos())  # tan(angle/2) = tan(half)/Δ
    transfer = torch.zeros(len(timestep), length, dtype=markov.dtype, device=markov.device)
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


class Model(torch.nn.Module):
    """Tokens [B, L] or values [B, channels, L], and the valid steps of each sequence, to logits or numbers [B, outputs]."""

    def __init__(self, weights, configuration):
        """configuration: the whole of configuration.json."""
        super().__init__()
        self.settings = configuration["model"]
        self.probe = configuration["training"].get("probe", {})  # the part of the model that was trained
        if "layerCount" not in self.settings or self.settings.get("kind", "blocks") != "blocks":
            raise Unsupported("only models of layers are rebuilt here")
        if self.probe.get("samplingRate", 1) != 1:
            raise Unsupported("models that were trained on every r-th step are not rebuilt here")
        for name, values in weights.items():
            *path, leaf = name.split(".")
            place = self
            for part in path:
                if part not in place._modules:
                    place.add_module(part, torch.nn.Module())
                place = place._modules[part]
            if leaf.startswith("running_"):
                place.register_buffer(leaf, values)
            else:
                place.register_parameter(leaf, torch.nn.Parameter(values))

    @property
    def arrays(self):
        return {**dict(self.named_parameters()), **dict(self.named_buffers())}

    def linear_map(self, name, x, array):
        return F.linear(x, array[name + ".weight"], array[name + ".bias"])

    def layer(self, index, u, array):
        name = f"s4_layers.{index}."
        settings = self.settings["layer"]
        y = u
        if index < self.probe.get("systemLayerCount", index + 1):
            convolution = hankel_convolution if settings["kind"] == "hankel" else line_convolution
            system = {key.removeprefix(name + "kernel."): a for key, a in array.items() if key.startswith(name + "kernel.")}
            y = convolution(u, system, settings, self.probe.get("kernelLength"))
            copies = y.shape[1] // u.shape[1]
            y = y + array[name + "D"][:, None] * u.repeat(1, copies, 1)
        y = F.gelu(y)  # the exact one
        y = self.linear_map(name + "output_linear.0", y.transpose(1, 2), array).transpose(1, 2)
        return F.glu(y, dim=1)  # values first, gate second

    def normalized(self, name, x, array):
        scale, shift = array[name + ".weight"], array[name + ".bias"]
        if name + ".running_mean" in array:
            return F.batch_norm(x, array[name + ".running_mean"], array[name + ".running_var"], scale, shift, eps=1e-5)
        return F.layer_norm(x.transpose(1, 2), scale.shape, scale, shift, eps=1e-5).transpose(1, 2)

    def pooled(self, x, valid):
        """The mean over valid steps, the last of them, or the mean of their second half."""
        counts = valid.sum(-1, keepdim=True)
        place = torch.cumsum(valid, -1) - 1
        first = {"mean": 0 * counts, "last": counts - 1, "meanOfSecondHalf": counts // 2}[self.settings["pooling"]]
        chosen = valid & (place >= first)
        return (x * chosen[:, None]).sum(-1) / chosen.sum(-1, keepdim=True)

    def forward(self, inputs, lengths=None):
        settings, array = self.settings, self.arrays
        if inputs.dtype == torch.int64:
            x = array["encoder.weight"][inputs].transpose(1, 2)
        else:
            x = self.linear_map("encoder", inputs.transpose(1, 2), array).transpose(1, 2)
        if lengths is None:
            lengths = torch.full((len(x),), x.shape[-1], device=x.device)
        valid = torch.arange(x.shape[-1], device=x.device)[None] < lengths[:, None]
        if settings["appendsReversal"]:
            x, valid = torch.cat([x, x.flip(-1)], -1), torch.cat([valid, valid.flip(-1)], -1)
        for index in range(self.probe.get("layerCount", settings["layerCount"])):
            norm = f"norms.{index}"
            # Padding is zero in front of each layer, and only there.
            if settings["prenorm"]:
                x = x + self.layer(index, self.normalized(norm, x, array) * valid[:, None], array)
            else:
                x = self.normalized(norm, x + self.layer(index, x * valid[:, None], array), array)
        if "norm.weight" in array:
            x = self.normalized("norm", x, array)
        features = self.pooled(x, valid)
        if "decoder.weight" in array:
            return self.linear_map("decoder", features, array)
        first, second = features.chunk(2)  # all first documents, then all second ones
        combined = torch.cat([first, second, first - second, first * second], -1)
        hidden = F.gelu(self.linear_map("decoder.retrieval.classifier.0", combined, array))
        return self.linear_map("decoder.retrieval.classifier.2", hidden, array)


def load(folder="."):
    """The model of an exported folder, in single precision."""
    folder = pathlib.Path(folder)
    configuration = json.loads((folder / "configuration.json").read_text())
    return Model(read_safetensors(folder / "weights.safetensors"), configuration).eval()


def difference(folder):
    """How far the outputs for the example are from those of the program that trained the model, over the largest of them or 1."""
    example = read_safetensors(folder / "example.safetensors")
    with torch.no_grad():
        outputs = load(folder)(example["inputs"], example["lengths"])
    expected = example["outputs"]
    return ((outputs - expected).abs().max() / expected.abs().max().clamp(min=1)).item()


def main():
    folders = [pathlib.Path(name) for name in sys.argv[1:]] or [pathlib.Path(__file__).resolve().parent]
    differences = [difference(folder) for folder in folders]
    for folder, found in zip(folders, differences):
        print(f"{folder}: outputs differ by {found:.1e} at most")
    sys.exit(0 if all(found <= 1e-5 for found in differences) else 1)


if __name__ == "__main__":
    main()
