"""Makes pictures.safetensors: what Pillow does with small synthetic pictures.

Needs pillow (made with 11.3.0; since 13.0 strong reductions of the height round differently), numpy and safetensors; run it in this folder.
Per case:
  resize-<width>x<height>-<width>x<height>.source and .result   [height, width, 3], bilinear resize
  resize-many                                                   gray pictures end to end: both sizes (4 bytes), source, result
  jpeg-<kind>.file and .pixels                                  a JPEG file and what Pillow decodes it to
"""

import io

import numpy as np
from PIL import Image
from safetensors.numpy import save_file

SIZES = [
    ((7, 5), (11, 3)), ((16, 16), (4, 4)), ((1, 1), (3, 5)), ((20, 30), (20, 7)), ((9, 9), (9, 9)), ((23, 17), (8, 64)), ((89, 89), (5, 40)),
    ((31, 2), (3, 9)), ((2, 31), (9, 3)),
]


def picture(width, height, seed):
    """Smooth waves with some noise, so that rounding matters everywhere."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 100 * np.sin(0.3 * (c + 1) * x + 0.2 * y + c) + random.uniform(-28, 28, x.shape) for c in range(3)]
    return np.clip(np.stack(planes, axis=-1), 0, 255).astype(np.uint8)


tensors = {}
for seed, (source, target) in enumerate(SIZES):
    pixels = picture(*source, seed)
    name = "resize-%dx%d-%dx%d" % (*source, *target)
    tensors[name + ".source"] = pixels
    tensors[name + ".result"] = np.asarray(Image.fromarray(pixels).resize(target, Image.BILINEAR)).copy()

random = np.random.default_rng(100)
many = []
for seed in range(240):
    width, height, *target = [1 if random.random() < 0.1 else int(random.integers(1, 20)) for _ in range(4)]
    pixels = picture(width, height, 100 + seed)[:, :, 0]
    result = np.asarray(Image.fromarray(pixels).resize(target, Image.BILINEAR))
    many += [[width, height, *target], pixels.ravel(), result.ravel()]
tensors["resize-many"] = np.concatenate(many).astype(np.uint8)

for kind, options in [("420", {"subsampling": 2}), ("444", {"subsampling": 0}), ("progressive", {"progressive": True}), ("gray", {})]:
    image = Image.fromarray(picture(21, 13, 40))
    buffer = io.BytesIO()
    (image.convert("L") if kind == "gray" else image).save(buffer, "JPEG", quality=85, **options)
    tensors["jpeg-%s.file" % kind] = np.frombuffer(buffer.getvalue(), dtype=np.uint8)
    tensors["jpeg-%s.pixels" % kind] = np.asarray(Image.open(buffer).convert("RGB")).copy()

save_file(tensors, "pictures.safetensors")
