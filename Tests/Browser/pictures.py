"""The pictures of the guide, from the newest run: `pictures.py PICTURES Documentation/Images`."""

import os
import sys

from PIL import Image

# Which part of which screenshot: left, upper, right, lower; `None` is the whole of it.
PARTS = {
    "labels.png": ("sheet.png", None),
    "pack-fill.png": ("fill-registered-phone-light.png", (0, 0, 390, 880)),
    "pack-matching.png": ("matching-round-phone-light.png", (0, 0, 390, 560)),
    "pack-sort.png": ("sort-answer-phone-light.png", (0, 0, 390, 880)),
}

source, target = sys.argv[1:3]
for name, (shot, part) in PARTS.items():
    picture = Image.open(os.path.join(source, shot)).convert("RGB")
    if part:
        picture = picture.crop(part)
    # Few colours are enough for a page, and keep the repository small.
    picture.quantize(16).save(os.path.join(target, name), optimize=True)
