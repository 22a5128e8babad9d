"""Photographs of labels, simulated: a printed label lies on a table and a phone is held over it.

Everything follows from the seed. A label comes from a sheet that a browser printed, as pixels at
600 dpi. `clean` is a careful photograph; the four poor kinds are what goes wrong in a kitchen.
"""

import io
import math

import numpy
from PIL import Image, ImageFilter

WIDTH, HEIGHT = 960, 720
KINDS = ["clean", "blurred", "angled", "dim", "all"]


def projected(corners, yaw, pitch, roll, distance):
    """Where the corners of a card are seen, turned by three angles, from a distance in its widths."""
    cy, sy = math.cos(yaw), math.sin(yaw)
    cp, sp = math.cos(pitch), math.sin(pitch)
    cr, sr = math.cos(roll), math.sin(roll)
    seen = []
    for x, y in corners:
        x, y = x * cr - y * sr, x * sr + y * cr
        x, z = x * cy, x * sy
        y, z = y * cp - z * sp, y * sp + z * cp
        depth = distance + z
        seen.append((x * distance / depth, y * distance / depth))
    return seen


def coefficients(target, source):
    """The eight numbers that map points of the target onto the source, for Image.transform."""
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    return numpy.linalg.solve(numpy.array(rows, float), numpy.array(values, float))


def table(rng):
    """A table top: a colour, a grain, and a light that falls from one side."""
    base = rng.uniform(60, 190)
    rows = numpy.cumsum(rng.normal(0, 1.2, (HEIGHT, 1)), axis=0)
    grain = rng.normal(0, 5, (HEIGHT // 4, WIDTH // 4)).repeat(4, 0).repeat(4, 1)
    return numpy.clip(base + rows - rows.mean() + grain, 10, 245)


def photograph(label, kind, rng):
    """A JPEG of one label.

    label: a grey image at 600 dpi. kind: one of KINDS. rng: numpy's generator.
    """
    span = rng.uniform(0.45, 0.7) * WIDTH  # the label's width in the picture
    tilt = {"clean": 8, "blurred": 8, "angled": 45, "dim": 8, "all": 25}[kind]
    low = 30 if kind == "angled" else 0
    lean = math.radians(rng.uniform(low, tilt))
    way = rng.uniform(0, 2 * math.pi)
    yaw, pitch = lean * math.cos(way), lean * math.sin(way)
    roll = rng.uniform(0, 2 * math.pi)
    half = label.height / label.width / 2
    corners = [(-0.5, -half), (0.5, -half), (0.5, half), (-0.5, half)]
    middle = (WIDTH / 2 + rng.uniform(-50, 50), HEIGHT / 2 + rng.uniform(-40, 40))
    target = [
        (middle[0] + span * x, middle[1] + span * y)
        for x, y in projected(corners, yaw, pitch, roll, 3.0)
    ]
    source = [(0, 0), (label.width, 0), (label.width, label.height), (0, label.height)]
    numbers = coefficients(target, source)
    # Averaged before it is mapped, or thin squares would flicker.
    scale = span / label.width
    soft = label.filter(ImageFilter.GaussianBlur(0.4 / scale)) if scale < 1 else label
    card = soft.transform((WIDTH, HEIGHT), Image.PERSPECTIVE, numbers, Image.BICUBIC)
    cover = Image.new("L", label.size, 255).transform(
        (WIDTH, HEIGHT), Image.PERSPECTIVE, numbers, Image.BILINEAR)
    share = numpy.asarray(cover, float) / 255
    paper = 25 + numpy.asarray(card, float) * rng.uniform(0.80, 0.88)
    scene = table(rng) * (1 - share) + paper * share

    # Light from one side, more so where it is dim.
    slope = rng.uniform(0.0, 0.5 if kind in ("dim", "all") else 0.2)
    direction = rng.uniform(0, 2 * math.pi)
    across = numpy.linspace(-0.5, 0.5, WIDTH)[None, :] * math.cos(direction)
    down = numpy.linspace(-0.5, 0.5, HEIGHT)[:, None] * math.sin(direction)
    scene = scene * (1 + slope * (across + down))

    square = span * 0.345 / 25.4  # pixels in a square of the smallest label's code
    if kind in ("blurred", "all"):
        sigma = square * (rng.uniform(0.35, 0.55) if kind == "blurred" else rng.uniform(0.2, 0.4))
    else:
        sigma = square * rng.uniform(0.0, 0.15)
    picture = Image.fromarray(numpy.clip(scene, 0, 255).astype("uint8"))
    picture = picture.filter(ImageFilter.GaussianBlur(sigma))
    values = numpy.asarray(picture, float)
    if kind in ("dim", "all"):
        values = values * rng.uniform(0.12, 0.35)
        values = values + rng.normal(0, rng.uniform(2.0, 5.0), values.shape)
        quality = int(rng.uniform(60, 85))
    else:
        values = values + rng.normal(0, 2.0, values.shape)
        quality = int(rng.uniform(80, 95))
    values = numpy.clip(values, 0, 255).astype("uint8")
    # A warm lamp: three channels, as a phone writes them.
    colour = numpy.stack(
        [values, (values * 0.95).astype("uint8"), (values * 0.82).astype("uint8")], axis=2)
    output = io.BytesIO()
    Image.fromarray(colour).save(output, "JPEG", quality=quality)
    return output.getvalue()
