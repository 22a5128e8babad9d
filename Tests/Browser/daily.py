"""Drives the participant's pages: `daily.py PROGRAM CHROMIUM CHROMEDRIVER AXE PICTURES [DAYS POSTS REQUESTS]`.

DAYS of the trial that are walked through in the browser (28), POSTS during which the server is killed (500),
and bad REQUESTS (10000).
"""

import os
import sys

import camera
import days
import devices
import endurance
import scripts
from program import Checks


def main():
    binary, chromium, chromedriver, axe, shown = sys.argv[1:6]
    count = [int(text) for text in sys.argv[6:9]] or [28, 500, 10_000]
    os.makedirs(shown, exist_ok=True)
    checks = Checks()
    endurance.check(checks, binary, posts=count[1], requests=count[2])
    print(f"gate, power and bad input: {checks.passed} held", flush=True)
    days.walk(checks, binary, chromium, chromedriver, axe, shown, days=count[0])
    devices.check(checks, binary, chromium, chromedriver, axe, shown)
    scripts.check(checks, binary, chromium, chromedriver, axe, shown)
    camera.check(checks, binary, chromium, chromedriver, axe, shown)
    print(f"check-in: {checks.passed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


main()
