"""The measured model in PyTorch: encoder; blocks of layer norm, state space layer, GELU, mixing with gate, residual; mean; decoder."""
import math

import torch
import torch.nn.functional as F
from torch import nn


class DiagonalKernel(nn.Module):
    """K[d, h, l] = 2 Re sum over n of C (exp(dt A) - 1) / A exp(dt A l); S4D with a zero-order hold."""

    def __init__(self, is_complex):
        super().__init__()
        self.is_complex = is_complex

    def forward(self, length):
        dt = self.log_dt.exp()[:, None]
        pole = torch.complex(-self.log_A_real.exp(), self.A_imag)
        weights = torch.view_as_complex(self.C) * ((dt * pole).exp() - 1) / pole
        return 2 * self.power_sum(weights, dt * pole, length)

    def power_sum(self, weights, exponent, length):
        """Re sum over n of weights exp(exponent l)."""
        steps = torch.arange(length, dtype=torch.float32, device=exponent.device)
        if self.is_complex:
            return torch.einsum("dhn,hnl->dhl", weights, (exponent[..., None] * steps).exp()).real
        size = (exponent.real[..., None] * steps).exp()
        phase = exponent.imag[..., None] * steps
        return torch.einsum("dhn,hnl->dhl", weights.real, size * phase.cos()) - torch.einsum(
            "dhn,hnl->dhl", weights.imag, size * phase.sin()
        )

    def spectrum(self, length):
        """Over 2·length points, so that the circle is a line; the kernel of the other direction starts at lag -1."""
        kernel = self(length)
        line = kernel[0]
        if kernel.shape[0] == 2:
            line = F.pad(kernel[0], (0, length)) + F.pad(kernel[1].flip(-1), (length, 0))
        spectrum = torch.fft.rfft(line, n=2 * length)
        if hasattr(self, "s"):  # TFB's filter
            frequency = torch.arange(length + 1, dtype=torch.float32, device=kernel.device) / (2 * length)
            spectrum = spectrum * (1 + frequency) ** self.s[:, None]
        return spectrum[None]


class DampedFourierKernel(DiagonalKernel):
    """DFouT: poles exp(-xi/2 + i angle) with one damping a channel, which real arithmetic takes out of the sum over modes."""

    def forward(self, length):
        xi = self.log_xi.exp()[:, None]
        pole = torch.complex((-xi / 2).expand_as(self.angles), self.angles)
        weights = torch.view_as_complex(self.C) * xi * (pole.exp() - 1) / pole
        if self.is_complex:
            return 2 * self.power_sum(weights, pole, length)
        steps = torch.arange(length, dtype=torch.float32, device=xi.device)
        phase = self.angles[..., None] * steps
        waves = torch.einsum("dhn,hnl->dhl", weights.real, phase.cos()) - torch.einsum("dhn,hnl->dhl", weights.imag, phase.sin())
        return 2 * (-xi / 2 * steps).exp() * waves


class HankelKernel(nn.Module):
    """HOPE, Algorithm 1: g = sum over j of h_j w^-(j+1) at warped points w of the unit circle; y = Re(ifft(fft(u) g)).

    The real part averages g with its mirrored conjugate. Written out, complex arithmetic does so with all points; real arithmetic
    uses that the mirrored point is the conjugate one, so half of the points and the real part of h are enough.
    """

    def __init__(self, is_complex, directions):
        super().__init__()
        self.is_complex = is_complex
        self.directions = directions

    def angles(self, count, length):
        half = math.pi * torch.arange(count, dtype=torch.float32, device=self.h.device) / length
        return 2 * torch.atan2(half.sin(), self.log_dt.exp()[:, None] * half.cos())  # tan(t'/2) = tan(t/2) / dt

    def spectrum(self, length):
        bins = length // 2 + 1
        degrees = torch.arange(1, self.h.shape[1] + 1, dtype=torch.float32, device=self.h.device)
        if self.is_complex:
            phase = self.angles(length, length)[:, None] * degrees[:, None]
            samples = torch.einsum("cn,cnl->cl", torch.view_as_complex(self.h), torch.exp(-1j * phase))
            mirrored = torch.cat([samples[:, :1], samples[:, 1:].flip(-1)], -1).conj()
            spectrum = ((samples + mirrored) / 2)[:, :bins]
        else:
            phase = self.angles(bins, length)[:, None] * degrees[:, None]
            real = torch.einsum("cn,cnl->cl", self.h[..., 0], phase.cos())
            spectrum = torch.complex(real, -torch.einsum("cn,cnl->cl", self.h[..., 0], phase.sin()))
        if self.directions == 1:
            return spectrum[None]
        forward, backward = spectrum.chunk(2)
        return torch.stack([forward, backward.conj()])  # the second system runs over the reversed sequence


class Layer(nn.Module):
    """u [B, H, L]: convolution + D·u, GELU, mixing of the channels, gate."""

    def __init__(self, kernel, circle):
        super().__init__()
        self.kernel = kernel
        self.circle = circle

    def forward(self, u):
        batch, width, length = u.shape
        count = length * self.circle
        spectrum = self.kernel.spectrum(length)  # [copies, H, bins]
        product = torch.fft.rfft(u, n=count)[:, None] * spectrum
        y = torch.fft.irfft(product, n=count)[..., :length] + self.D.view(-1, width, 1) * u[:, None]
        return F.glu(F.conv1d(F.gelu(y.reshape(batch, -1, length)), self.weight[..., None], self.bias), dim=1)


class Classifier(nn.Module):
    """x [B, L, 1] to logits [B, classes]."""

    def __init__(self, values, layer, bidirectional, is_complex, device="cpu"):
        super().__init__()
        self.named = {}  # ours by our names
        parameter = lambda name: self.named.setdefault(name, nn.Parameter(torch.from_numpy(values[name].copy()).to(device)))
        self.encoder_weight, self.encoder_bias = parameter("encoder.weight"), parameter("encoder.bias")
        self.layers = nn.ModuleList()
        self.scales, self.shifts = nn.ParameterList(), nn.ParameterList()
        while (name := f"s4_layers.{len(self.layers)}") + ".D" in values:
            directions = 2 if bidirectional else 1
            kernel = {"hope": lambda c: HankelKernel(c, directions), "dfout": DampedFourierKernel}.get(layer, DiagonalKernel)(is_complex)
            for key in [key for key in values if key.startswith(name + ".kernel.")]:
                setattr(kernel, key.rsplit(".", 1)[1], parameter(key))
            block = Layer(kernel, circle=1 if layer == "hope" else 2)
            block.D = parameter(name + ".D")
            block.weight, block.bias = parameter(name + ".output_linear.0.weight"), parameter(name + ".output_linear.0.bias")
            self.scales.append(parameter(f"norms.{len(self.layers)}.weight"))
            self.shifts.append(parameter(f"norms.{len(self.layers)}.bias"))
            self.layers.append(block)
        self.decoder_weight, self.decoder_bias = parameter("decoder.weight"), parameter("decoder.bias")

    def forward(self, x):
        x = F.linear(x, self.encoder_weight, self.encoder_bias).transpose(1, 2)
        for layer, scale, shift in zip(self.layers, self.scales, self.shifts):
            normed = F.layer_norm(x.transpose(1, 2), scale.shape, scale, shift).transpose(1, 2)
            x = x + layer(normed)
        return F.linear(x.mean(-1), self.decoder_weight, self.decoder_bias)
