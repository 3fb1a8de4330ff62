"""JAX peer: times training steps of the measured model, one jitted function. One process for each measurement."""
import math
import os

import measurement
import model_parameters


def power_sum(jnp, weights, exponent, length, is_complex):
    """Re sum over n of weights exp(exponent l), for weights [d, h, n] and exponent [h, n]."""
    steps = jnp.arange(length, dtype=jnp.float32)
    if is_complex:
        return jnp.einsum("dhn,hnl->dhl", weights, jnp.exp(exponent[..., None] * steps)).real
    size, phase = jnp.exp(exponent.real[..., None] * steps), exponent.imag[..., None] * steps
    return jnp.einsum("dhn,hnl->dhl", weights.real, size * jnp.cos(phase)) - jnp.einsum(
        "dhn,hnl->dhl", weights.imag, size * jnp.sin(phase)
    )


def diagonal_spectrum(jax, jnp, p, layer, length, is_complex):
    """S4D, TFB and DFouT: the spectrum of the kernels over 2·length points, [1, H, bins]."""
    output = jax.lax.complex(p["C"][..., 0], p["C"][..., 1])
    if layer == "dfout":
        xi = jnp.exp(p["log_xi"])[:, None]
        exponent = jax.lax.complex(jnp.broadcast_to(-xi / 2, p["angles"].shape), p["angles"])
        weights = output * xi * (jnp.exp(exponent) - 1) / exponent
    else:
        dt = jnp.exp(p["log_dt"])[:, None]
        pole = jax.lax.complex(-jnp.exp(p["log_A_real"]), p["A_imag"])
        exponent = dt * pole
        weights = output * (jnp.exp(exponent) - 1) / pole
    if layer == "dfout" and not is_complex:  # one damping a channel stays outside of the sum
        steps = jnp.arange(length, dtype=jnp.float32)
        phase = p["angles"][..., None] * steps
        waves = jnp.einsum("dhn,hnl->dhl", weights.real, jnp.cos(phase)) - jnp.einsum("dhn,hnl->dhl", weights.imag, jnp.sin(phase))
        kernel = 2 * jnp.exp(-xi / 2 * steps) * waves
    else:
        kernel = 2 * power_sum(jnp, weights, exponent, length, is_complex)
    line = kernel[0]
    if kernel.shape[0] == 2:
        line = jnp.pad(kernel[0], ((0, 0), (0, length))) + jnp.pad(kernel[1][:, ::-1], ((0, 0), (length, 0)))
    spectrum = jnp.fft.rfft(line, n=2 * length)
    if layer == "tfb":
        frequency = jnp.arange(length + 1, dtype=jnp.float32) / (2 * length)
        spectrum = spectrum * (1 + frequency) ** p["s"][:, None]
    return spectrum[None]


def hankel_spectrum(jax, jnp, p, bidirectional, length, is_complex):
    """HOPE, Algorithm 1, as in torch_model.HankelKernel: [1 or 2, H, bins]."""
    bins = length // 2 + 1
    count = length if is_complex else bins
    half = math.pi * jnp.arange(count, dtype=jnp.float32) / length
    angles = 2 * jnp.arctan2(jnp.sin(half), jnp.exp(p["log_dt"])[:, None] * jnp.cos(half))
    phase = angles[:, None] * jnp.arange(1, p["h"].shape[1] + 1, dtype=jnp.float32)[:, None]
    if is_complex:
        samples = jnp.einsum("cn,cnl->cl", jax.lax.complex(p["h"][..., 0], p["h"][..., 1]), jnp.exp(-1j * phase))
        mirrored = jnp.conj(jnp.concatenate([samples[:, :1], samples[:, :0:-1]], -1))
        spectrum = ((samples + mirrored) / 2)[:, :bins]
    else:
        real = p["h"][..., 0]
        spectrum = jax.lax.complex(jnp.einsum("cn,cnl->cl", real, jnp.cos(phase)), -jnp.einsum("cn,cnl->cl", real, jnp.sin(phase)))
    if not bidirectional:
        return spectrum[None]
    forward, backward = jnp.split(spectrum, 2)
    return jnp.stack([forward, jnp.conj(backward)])


def logits(jax, jnp, p, x, parsed):
    """x [B, L, 1] to [B, classes]."""
    x = jnp.swapaxes(x @ p["encoder.weight"].T + p["encoder.bias"], 1, 2)
    batch, width, length = x.shape
    index = 0
    while f"s4_layers.{index}.D" in p:
        name = f"s4_layers.{index}"
        kernel = {key.rsplit(".", 1)[1]: value for key, value in p.items() if key.startswith(name + ".kernel.")}
        mean = x.mean(1, keepdims=True)
        variance = jnp.mean((x - mean) ** 2, 1, keepdims=True)
        scale, shift = p[f"norms.{index}.weight"][:, None], p[f"norms.{index}.bias"][:, None]
        u = (x - mean) * jax.lax.rsqrt(variance + 1e-5) * scale + shift
        if parsed.layer == "hope":
            count, spectrum = length, hankel_spectrum(jax, jnp, kernel, parsed.bidirectional, length, parsed.complex)
        else:
            count, spectrum = 2 * length, diagonal_spectrum(jax, jnp, kernel, parsed.layer, length, parsed.complex)
        y = jnp.fft.irfft(jnp.fft.rfft(u, n=count)[:, None] * spectrum, n=count)[..., :length]
        y = (y + p[name + ".D"].reshape(-1, width, 1) * u[:, None]).reshape(batch, -1, length)
        y = jax.nn.gelu(y, approximate=False)
        z = jnp.einsum("oh,bhl->bol", p[name + ".output_linear.0.weight"], y) + p[name + ".output_linear.0.bias"][:, None]
        x = x + z[:, :width] * jax.nn.sigmoid(z[:, width:])
        index += 1
    return x.mean(-1) @ p["decoder.weight"].T + p["decoder.bias"]


def main():
    parsed = measurement.options(__doc__, model_parameters.LAYERS)
    os.environ["JAX_PLATFORMS"] = parsed.device

    import jax
    import jax.numpy as jnp
    import numpy as np

    if parsed.device != "cpu" and parsed.precision == "fp32":
        jax.config.update("jax_default_matmul_precision", "highest")
    if parsed.losses:
        values = model_parameters.read_safetensors(parsed.losses)
        x, labels = np.swapaxes(values.pop("input"), 1, 2), values.pop("labels")
        expected = values.pop("losses")
    else:
        sizes = measurement.sizes(parsed)
        random = np.random.default_rng(2)
        values = model_parameters.initial(sizes, parsed.layer, parsed.bidirectional)
        x = random.standard_normal((sizes.batch, sizes.length, 1), dtype=np.float32)
        labels = random.integers(0, sizes.classes, sizes.batch)
    x, labels = jnp.asarray(x), jnp.asarray(labels.astype(np.int32))

    def loss_of(p, x, labels):
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits(jax, jnp, p, x, parsed)), labels[:, None], 1))

    def adamw(name, value, gradient, first, second, count):
        decay = 0.0 if model_parameters.is_state_space(name) else 0.01
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient * gradient
        size = jnp.sqrt(second) / jnp.sqrt(1 - 0.999**count) + 1e-8
        return value * (1 - 1e-3 * decay) - 1e-3 / (1 - 0.9**count) * first / size, first, second

    def train_step(p, first, second, count, x, labels):
        loss, gradients = jax.value_and_grad(loss_of)(p, x, labels)
        count = count + 1
        new = {name: adamw(name, p[name], gradients[name], first[name], second[name], count) for name in p}
        return *({name: value[i] for name, value in new.items()} for i in range(3)), count, loss

    train_step = jax.jit(train_step, donate_argnums=(0, 1, 2))
    p = {name: jnp.asarray(value) for name, value in values.items()}
    state = [p, {k: jnp.zeros_like(v) for k, v in p.items()}, {k: jnp.zeros_like(v) for k, v in p.items()}, jnp.zeros(())]
    del values, p

    def step():
        *state[:], loss = train_step(*state, x, labels)
        return float(loss)

    if parsed.losses:
        print(" ".join(f"{step():.9g}" for _ in expected))
        return
    measurement.measure(parsed, step, f"jax-jit{'-complex' if parsed.complex else ''}", f"jax {jax.__version__}")


if __name__ == "__main__":
    main()
