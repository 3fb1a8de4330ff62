"""The arrays of the measured model: drawn at random, or read from a file that `benchmark model` wrote. Names are those of our checkpoints."""
import json
import math

import numpy as np

MODE_COUNT = 32  # complex modes a channel
MARKOV_COUNT = 64  # HOPE's n
LAYERS = ["s4d", "tfb", "dfout", "hope"]


def is_state_space(name):
    """Poles, time steps, Markov parameters and exponents of the filter: trained without weight decay."""
    return ".kernel." in name and not name.endswith(".C")


def initial(sizes, layer, bidirectional, seed=1):
    """Initial values in float32, by name."""
    random = np.random.default_rng(seed)
    width, directions = sizes.width, 2 if bidirectional else 1
    normal = lambda *shape: random.standard_normal(shape)
    log_uniform = lambda count, low, high: random.uniform(math.log(low), math.log(high), count)

    def linear(name, inputs, outputs):
        bound = 1 / math.sqrt(inputs)
        return {
            name + ".weight": random.uniform(-bound, bound, (outputs, inputs)),
            name + ".bias": random.uniform(-bound, bound, outputs),
        }

    def kernel():
        output = normal(directions, width, MODE_COUNT, 2) * math.sqrt(0.5)
        modes = np.arange(MODE_COUNT)
        if layer == "hope":
            deviation = math.sqrt(0.5) / (2 * math.sqrt(2 * MARKOV_COUNT))
            return {
                "log_dt": log_uniform(directions * width, 1e-3, 1e-1),
                "h": normal(directions * width, MARKOV_COUNT, 2) * deviation,
            }
        if layer == "dfout":
            return {
                "log_xi": log_uniform(width, 1e-3, 1e-1),
                "angles": np.tile(math.pi * (modes + 0.5) / MODE_COUNT, (width, 1)),
                "C": output,
            }
        values = {
            "log_dt": log_uniform(width, 1e-3, 1e-1),
            "log_A_real": np.full((width, MODE_COUNT), math.log(0.5)),
            "A_imag": np.tile(math.pi * modes, (width, 1)),
            "C": output,
        }
        return values | ({"s": np.full(width, 0.5)} if layer == "tfb" else {})

    copies = 2 if layer == "hope" and bidirectional else 1
    values = linear("encoder", 1, width) | linear("decoder", width, sizes.classes)
    for index in range(sizes.layers):
        name = f"s4_layers.{index}"
        values |= {f"{name}.kernel.{key}": value for key, value in kernel().items()}
        values |= {f"{name}.D": normal(copies * width)}
        values |= linear(f"{name}.output_linear.0", copies * width, 2 * width)
        values |= {f"norms.{index}.weight": np.ones(width), f"norms.{index}.bias": np.zeros(width)}
    return {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in values.items()}


def read_safetensors(path):
    """All arrays of a safetensors file, by name."""
    types = {"F32": np.float32, "F64": np.float64, "I64": np.int64}
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        body = file.read()
    arrays = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            arrays[name] = np.frombuffer(body[first:last], types[entry["dtype"]]).reshape(entry["shape"]).copy()
    return arrays
