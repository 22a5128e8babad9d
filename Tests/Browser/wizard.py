"""Drives the packer's pages: `wizard.py PROGRAMS CHROMIUM CHROMEDRIVER AXE PICTURES [PHOTOGRAPHS [SEED]]`.

PROGRAMS is the folder of selfblind, packing-wizard and read-photographs, PICTURES where screenshots go, and
PHOTOGRAPHS how many are taken of each kind (150), from the seed 2031 unless told otherwise.
"""

import io
import os
import sys
import tempfile

import numpy
from PIL import Image

import command
import home
import matching
import pages
import photographs
import refusals
import sheets
from program import Checks, Wizard

# At least so many of a hundred are read, the poor ones of each kind and all together.
CLEAN, POOR = 99, 90
# In a small sample so many of a kind may be missed all the same: where 96 % are read, one sample in a
# thousand of 12 misses more.
MISSED = 3


def jpeg(image, quality=90):
    output = io.BytesIO()
    image.convert("L").save(output, "JPEG", quality=quality)
    return output.getvalue()


def take(checks, reader, pictures, labels, count, seed):
    """Photographs of each kind, and how many of them are read."""
    poor = [0, 0]
    for kind in photographs.KINDS:
        rng = numpy.random.default_rng([seed, photographs.KINDS.index(kind)])
        right = wrong = 0
        with tempfile.TemporaryDirectory() as folder:
            paths, codes = [], []
            for number in range(count):
                place = int(rng.integers(len(pictures)))
                paths.append(os.path.join(folder, f"{number:03}.jpg"))
                codes.append(labels[place])
                with open(paths[-1], "wb") as file:
                    file.write(photographs.photograph(pictures[place], kind, rng))
            for found, code in zip(sheets.read(reader, paths), codes):
                right += found == code
                # A code that was misread is worse than none.
                wrong += found != code and not found.startswith("the photograph")
        print(f"photographs, {kind}: {right} of {count} read, {wrong} misread", flush=True)
        checks.same(wrong, 0, f"{kind}: misread")
        if kind == "clean":
            checks.that(right * 100 >= CLEAN * count, f"clean: {right} of {count}")
        else:
            allowed = max(count * (100 - POOR) // 100, MISSED)
            checks.that(count - right <= allowed, f"{kind}: {right} of {count}")
            poor[0] += right
            poor[1] += count
    print(f"photographs, poor of all kinds: {poor[0]} of {poor[1]} read")
    checks.that(poor[0] * 100 >= POOR * poor[1], f"poor: {poor[0]} of {poor[1]}")


def main():
    programs, chromium, chromedriver, axe, shown = sys.argv[1:6]
    count = int(sys.argv[6]) if len(sys.argv) > 6 else 150
    seed = int(sys.argv[7]) if len(sys.argv) > 7 else 2031
    binary = os.path.join(programs, "packing-wizard")
    reader = os.path.join(programs, "read-photographs")
    os.makedirs(shown, exist_ok=True)
    checks = Checks()

    with tempfile.TemporaryDirectory() as folder:
        wizard = Wizard(binary, folder, seed=1)
        refusals.gate(checks, wizard)
        driver = pages.open_browser(chromium, chromedriver)
        driver.get(f"{wizard.address}/pair?code={wizard.code}")
        labels = sheets.check(checks, driver, wizard, reader, shown)
        driver.quit()
        codes = wizard.labels
        labels = [labels[code] for code in codes]
        grey = Image.new("L", (1600, 1200), 120)
        both = Image.new("L", (labels[0].width, labels[0].height * 2), 255)
        both.paste(labels[0], (0, 0))
        both.paste(labels[1], (0, labels[0].height))
        refusals.scans(checks, wizard, jpeg(labels[0]), jpeg(grey), jpeg(both))
        wizard.kill()
    print(f"gate, sheets and bad input: {checks.passed} held", flush=True)

    refusals.shapes(checks, binary)
    refusals.power(checks, binary, seed=4)
    print(f"shapes and power: {checks.passed} held", flush=True)

    command.check(checks, os.path.join(programs, "selfblind"))
    print(f"the command: {checks.passed} held", flush=True)

    rng = numpy.random.default_rng(7)
    pages.walk(
        checks, binary, chromium, chromedriver, axe, shown,
        lambda place: photographs.photograph(labels[place], "clean", rng))
    print(f"walk: {checks.passed} held", flush=True)
    matching.check(
        checks, os.path.join(programs, "selfblind"), chromium, chromedriver, axe, shown)
    print(f"matching test: {checks.passed} held", flush=True)
    home.check(
        checks, os.path.join(programs, "selfblind"), reader, chromium, chromedriver, axe, shown,
        lambda label: photographs.photograph(label, "clean", rng))
    print(f"home network: {checks.passed} held", flush=True)
    take(checks, reader, labels, codes, count, seed)
    print(f"browser: {checks.passed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


main()
