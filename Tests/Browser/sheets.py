"""Sheets of labels, as a browser prints them: size of the paper, place and content of every label."""

import base64
import io
import math
import os
import subprocess
import tempfile

import numpy
from PIL import Image

# By what is printed on the packets, in mm: paper, columns, rows, label, gap between the columns.
FORMATS = {
    "L7160": ((210, 297), 3, 7, (63.5, 38.1), 2.5),
    "L7651": ((210, 297), 5, 13, (38.1, 21.2), 2.5),
    "L4732": ((210, 297), 5, 16, (35.6, 16.9), 2.5),
    "L4731": ((210, 297), 7, 27, (25.4, 10.0), 2.5),
    "5160": ((215.9, 279.4), 3, 10, (66.675, 25.4), 3.175),
    "5167": ((215.9, 279.4), 4, 20, (44.45, 12.7), 7.938),
    "a4": ((210, 297), 5, 11, (36, 24), 0),
    "letter": ((215.9, 279.4), 5, 10, (36, 24), 0),
}

SMALLEST = "L4731"


def printed(driver, url, dots=600):
    """The pages of an address as grey images, printed on the paper that it asks for."""
    driver.get(url)
    result = driver.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sheet.pdf")
        with open(path, "wb") as file:
            file.write(base64.b64decode(result["data"]))
        facts = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        size = next(line for line in facts.splitlines() if line.startswith("Page size"))
        points = [float(word) for word in size.split() if word.replace(".", "").isdigit()]
        subprocess.run(
            ["pdftoppm", "-r", str(dots), "-gray", path, os.path.join(folder, "page")], check=True)
        pages = [
            Image.open(io.BytesIO(open(os.path.join(folder, name), "rb").read()))
            for name in sorted(os.listdir(folder)) if name.startswith("page")
        ]
        for page in pages:
            page.load()
    return [p * 25.4 / 72 for p in points[:2]], pages


def corner(name, place):
    """Where a label's left upper corner is, in mm."""
    (width, height), columns, rows, (w, h), gap = FORMATS[name]
    left = (width - columns * w - (columns - 1) * gap) / 2
    top = (height - rows * h) / 2
    return left + place % columns * (w + gap), top + place // columns * h


def label(page, name, place, dots=600, margin=0.0):
    """The picture of one label."""
    (x, y), (w, h) = corner(name, place), FORMATS[name][3]
    scale = dots / 25.4
    return page.crop((
        round((x - margin) * scale), round((y - margin) * scale),
        round((x + w + margin) * scale), round((y + h + margin) * scale)))


def code_box(picture, dots=600):
    """The left, upper and lower edge of what is black at the left of a label, in mm."""
    dark = numpy.asarray(picture) < 128
    dark = dark[:, : dark.shape[0]]  # the code lies at the left, and is as wide as it is high
    rows, columns = numpy.where(dark.any(axis=1))[0], numpy.where(dark.any(axis=0))[0]
    return columns[0] * 25.4 / dots, rows[0] * 25.4 / dots, (rows[-1] + 1) * 25.4 / dots


def check(checks, driver, wizard, reader, pictures):
    """Prints every kind of sheet; gives the labels of the smallest, by code, for photographs."""
    smallest, orders = [], []
    for name, (paper, columns, rows, (w, h), _) in FORMATS.items():
        dots = 600 if name == SMALLEST else 300
        size, pages = printed(driver, f"{wizard.address}/labels/sheet?format={name}", dots)
        checks.that(all(abs(a - b) < 0.2 for a, b in zip(size, paper)), f"{name}: paper {size}")
        checks.same(
            len(pages), math.ceil(len(wizard.labels) / (columns * rows)), f"{name}: pages")
        if name == SMALLEST:  # for the guide: the left upper corner, 100 mm by 35 mm
            pages[0].crop((0, 0, 2362, 827)).resize((945, 331)).save(
                os.path.join(pictures, "sheet.png"))
        # A code is as high as its label, at most 24 mm and at most 6 tenths of the width; four
        # squares of its 29 are quiet on every side.
        side = min(h, 24.0, w * 0.6)
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for index in range(len(wizard.labels)):
                picture = label(
                    pages[index // (columns * rows)], name, index % (columns * rows), dots)
                if name == SMALLEST:
                    smallest.append(picture)
                # Half a millimetre of the edge is left out: plain paper has lines to cut along.
                inner = label(pages[index // (columns * rows)], name, index % (columns * rows),
                              dots, margin=-0.5)
                left, top, low = (edge + 0.5 for edge in code_box(inner, dots))
                off = max(
                    abs(left - side * 4 / 29), abs(top - (h - side) / 2 - side * 4 / 29),
                    abs(low - (h + side) / 2 + side * 4 / 29))
                # A browser sets the edge of a box on a 96th of an inch, 0.26 mm.
                checks.that(off < 0.25, f"{name}: label {index} is off by {off:.2f} mm")
                paths.append(os.path.join(folder, f"{index:03}.png"))
                picture.save(paths[-1])
            codes = read(reader, paths)
            checks.same(sorted(codes), sorted(wizard.labels), f"{name}: every code once")
            checks.that(codes not in orders, f"{name}: an order of its own")
            orders.append(codes)
            if name == SMALLEST:
                labels = dict(zip(codes, smallest))
    for name in FORMATS:
        size, pages = printed(
            driver, f"{wizard.address}/labels/calibration?format={name}", dots=100)
        checks.same(len(pages), 1, f"{name}: one calibration page")
    _, [moved] = printed(
        driver, f"{wizard.address}/labels/sheet?format=L7160&right=1,5&down=-2", dots=300)
    left, top, _ = code_box(label(moved, "L7160", 0, 300, margin=3), 300)
    side = 24.0
    expected = (3 + 1.5 + side * 4 / 29, 3 - 2 + (38.1 - side) / 2 + side * 4 / 29)
    checks.that(
        abs(left - expected[0]) < 0.25 and abs(top - expected[1]) < 0.25,
        f"a shifted sheet: found {left:.2f}, {top:.2f}, expected {expected}")
    return labels


def read(reader, paths):
    """What read-photographs says of each file."""
    result = subprocess.run(
        [reader], input="".join(p + "\n" for p in paths), capture_output=True, text=True, check=True)
    return [line.split("\t")[0] for line in result.stdout.splitlines()]
