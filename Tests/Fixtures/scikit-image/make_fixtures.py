"""Makes similarity.safetensors: what scikit-image says of pairs of small synthetic pictures.

Needs scikit-image (made with 0.26.0), numpy and safetensors; run it in this folder.
Per case:
  <case>.first and .second      two gray pictures [height, width], values from 0 to 1
  <case>.similarity             structural_similarity with Gaussian weights of deviation 1.5, biased covariance and a data range of 1
  <case>.ratio                  peak_signal_noise_ratio with a data range of 1, in dB
"""

import numpy as np
from safetensors.numpy import save_file
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

random = np.random.default_rng(16)


def uniform(height, width):
    return random.uniform(0, 1, (height, width))


def blobs(height, width, shift):
    """Two bright spots on black, of which one is moved."""
    y, x = np.mgrid[0:height, 0:width]
    spots = [(0.3 * height, 0.3 * width + shift), (0.7 * height, 0.6 * width)]
    return np.clip(sum(np.exp(-((y - a) ** 2 + (x - b) ** 2) / 18) for a, b in spots), 0, 1)


def stripes(height, width, phase):
    y, x = np.mgrid[0:height, 0:width]
    return 0.5 + 0.5 * np.sin(0.7 * x + 0.4 * y + phase)


CASES = {
    "random-11x11": (uniform(11, 11), uniform(11, 11)),
    "random-24x17": (uniform(24, 17), uniform(24, 17)),
    "noise-32x32": (stripes(32, 32, 0), np.clip(stripes(32, 32, 0) + random.normal(0, 0.1, (32, 32)), 0, 1)),
    "stripes-16x40": (stripes(16, 40, 0), stripes(16, 40, 1)),
    "opposite-20x20": (stripes(20, 20, 0), 1 - stripes(20, 20, 0)),
    "blobs-64x64": (blobs(64, 64, 0), blobs(64, 64, 5)),
    "black-12x12": (np.zeros((12, 12)), uniform(12, 12)),
    "constants-13x11": (np.full((13, 11), 0.25), np.full((13, 11), 0.75)),
}

tensors = {}
for name, pair in CASES.items():
    first, second = (picture.astype(np.float32) for picture in pair)
    tensors[name + ".first"], tensors[name + ".second"] = first, second
    first, second = first.astype(np.float64), second.astype(np.float64)
    similarity = structural_similarity(first, second, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1)
    tensors[name + ".similarity"] = np.array([similarity])
    tensors[name + ".ratio"] = np.array([peak_signal_noise_ratio(first, second, data_range=1)])
save_file(tensors, "similarity.safetensors")
