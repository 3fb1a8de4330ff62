"""ConvS5 in PyTorch, from the arrays of a file that `benchmark video-model` wrote, under the names of our checkpoints."""
import math

import torch
import torch.nn.functional as F
from torch import nn

EPSILON = 1e-6  # of all norms


class VideoModel(nn.Module):
    """x [B, T, C, H, W] to the next frame at each step, in (-1, 1)."""

    def __init__(self, values, groups):
        super().__init__()
        self.groups = groups
        self.named = {name: nn.Parameter(torch.from_numpy(value)) for name, value in values.items()}
        self.parameters_ = nn.ParameterList(self.named.values())
        self.encoder_blocks = self.count("encoder.blocks")
        self.decoder_blocks = self.count("decoder.blocks")
        self.layers = self.count("layers")

    def count(self, prefix):
        indices = {int(name[len(prefix) + 1 :].split(".")[0]) for name in self.named if name.startswith(prefix + ".")}
        return len(indices)

    def convolve(self, x, name):
        weight = self.named[name + ".weight"]
        return F.conv2d(x, weight, self.named.get(name + ".bias"), padding=weight.shape[-1] // 2)

    def group_norm(self, x, name):
        return F.group_norm(x, self.groups, self.named[name + ".weight"], self.named[name + ".bias"], EPSILON)

    def layer_norm(self, x, name):
        weight, bias = self.named[name + ".weight"], self.named[name + ".bias"]
        return F.layer_norm(x.permute(0, 2, 3, 1), weight.shape, weight, bias, EPSILON).permute(0, 3, 1, 2).contiguous()

    def branch(self, x, name, activation):
        x = self.convolve(activation(self.group_norm(x, name + ".norm1")), name + ".conv1")
        return self.convolve(activation(self.group_norm(x, name + ".norm2")), name + ".conv2")

    def block(self, x, name):
        skip = self.convolve(x, name + ".skip") if name + ".skip.weight" in self.named else x
        return skip + 0.1 * self.branch(x, name, F.elu)

    def system(self, u, name, frames):
        """x_k = a x_(k-1) + B' * u_k, y_k = 2 Re(C * x_k), complex numbers as real and imaginary planes."""
        get = lambda key: self.named[f"{name}.{key}"]
        real, imaginary, step = get("real").clamp(max=-1e-4), get("imaginary"), get("log_timestep").exp()
        size, angle = (real * step).exp(), imaginary * step
        # (a - 1) / pole
        above = (size * angle.cos() - 1, size * angle.sin())
        square = real**2 + imaginary**2
        factor = (above[0] * real + above[1] * imaginary) / square, (above[1] * real - above[0] * imaginary) / square
        b, c = get("B"), get("C")
        scale = lambda f: f[:, None, None, None]
        inputs = torch.cat([scale(factor[0]) * b[0] - scale(factor[1]) * b[1], scale(factor[0]) * b[1] + scale(factor[1]) * b[0]])
        outputs = torch.cat([2 * c[0], -2 * c[1]], 1)
        v = F.conv2d(u, inputs, padding=1)
        # All steps as one triangular product a mode, faster here than one step after the other.
        modes = len(real)
        batch, pixels = v.shape[0] // frames, v.shape[2] * v.shape[3]
        v = v.view(batch, frames, 2, modes, pixels).permute(2, 3, 1, 0, 4).reshape(2, modes, frames, batch * pixels)
        lag = torch.arange(frames)[:, None] - torch.arange(frames)
        mask = lag >= 0
        lag = lag.clamp(min=0).float()
        length = (real * step)[:, None, None] * lag
        power = length.exp() * mask
        phase = angle[:, None, None] * lag
        cosine, sine = power * phase.cos(), power * phase.sin()
        x = torch.stack([cosine @ v[0] - sine @ v[1], cosine @ v[1] + sine @ v[0]])
        x = x.view(2, modes, frames, batch, pixels).permute(3, 2, 0, 1, 4).reshape(batch * frames, 2 * modes, *u.shape[2:])
        return F.conv2d(x, outputs, padding=1)

    def layer(self, u, name, frames):
        gelu = lambda x: F.gelu(x, approximate="tanh")
        y = self.system(u, name + ".system", frames)
        return self.layer_norm(u + gelu(y + self.branch(y, name + ".block", gelu)), name + ".norm")

    def forward(self, x):
        batch, frames = x.shape[:2]
        h = self.convolve(x.flatten(0, 1), "encoder.input")
        for index in range(self.encoder_blocks):
            h = self.block(F.avg_pool2d(h, 2) if index else h, f"encoder.blocks.{index}")
        get = lambda key: self.named["mixing." + key]
        h = F.conv2d(h, get("weight")[:, :, None, None], get("bias") + get("action") * get("action_weight"))
        for index in range(self.layers):
            h = self.layer(h, f"layers.{index}", frames)
        h = self.convolve(h, "decoder.input")
        for index in range(self.decoder_blocks):
            h = self.block(F.interpolate(h, scale_factor=2) if index else h, f"decoder.blocks.{index}")
        return torch.tanh(self.convolve(self.layer_norm(h, "decoder.norm"), "decoder.output")).view_as(x)


def loss(output, targets):
    difference = output - targets
    return 0.5 * (difference**2 + difference.abs()).sum((2, 4)).mean()
