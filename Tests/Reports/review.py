#!/usr/bin/env python3
"""`selfblind review` in a real browser and by bare HTTP, on trials of the gallery.

    review.py SELFBLIND TRIALS PICTURES

Every suggested question is asked; pages are looked at by axe in light and dark, at 320 pixels, as a phone
and at a desk, with pictures; bad addresses are refused; no byte of the folder changes.
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys

import axe_playwright_python
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Browser"))
from pages import Looker, heading, leave, open_browser, press  # noqa: E402
from program import Checks, Visitor  # noqa: E402

TRIALS = [
    "strong-effect", "broken-blind", "autocorrelated-with-trend", "three-arms",
    "signed-ranks-of-periods"]
VIEWS = [("narrow", 320, 640), ("phone", 390, 844), ("desk", 1280, 900)]


class Review:
    """The command on a free port."""

    def __init__(self, binary, trial):
        self.process = subprocess.Popen(
            [binary, "review", str(trial), "--port", "0"], stdout=subprocess.PIPE, text=True)
        self.first = self.process.stdout.readline()
        match = re.fullmatch(
            r"open (http://127\.0\.0\.1:(\d+))/pair\?code=([0-9A-Z-]+)\n",
            self.process.stdout.readline())
        if not match:
            self.process.kill()
            raise RuntimeError("selfblind review said %r" % self.first)
        self.address, self.port, self.code = match.group(1), int(match.group(2)), match.group(3)

    def stop(self):
        self.process.send_signal(2)
        rest = self.process.stdout.read()
        return self.process.wait(timeout=20), rest


def digest(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[str(path.relative_to(folder))] = (
                hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
    return found


def by_http(checks, review, name):
    """What is sent, and what is refused."""
    stranger = Visitor(review.port)
    checks.that("Who is there?" in stranger.page().text, f"{name}: a stranger is asked for the code")
    checks.that(
        "Who is there?" in stranger.page("/report").text, f"{name}: a stranger sees no report")
    visitor = Visitor(review.port)
    visitor.pair(review.code)
    home = visitor.page()
    checks.same(home.status, 200, f"{name}: the first page")
    policy = home.headers.get("content-security-policy", "")
    checks.that("default-src 'none'" in policy, f"{name}: the policy is {policy!r}")
    checks.that("script-src" not in policy and "unsafe" not in policy, f"{name}: {policy!r}")
    checks.that("<script" not in home.text, f"{name}: no script")
    checks.same(home.headers.get("cache-control"), "no-store", f"{name}: nothing is kept")
    report = visitor.page("/report")
    checks.that("sha256-" in report.headers["content-security-policy"], f"{name}: the report's style")
    for address, status, words in [
        ("/ask?from=0", 400, "expected a slot from 1 to"),
        ("/ask?outcome=%22%3E%3Cscript%3E", 400, "&lt;script&gt;"),
        ("/ask?part=first&part=second", 400, None), ("/ask?%ff=1", 400, None),
        ("/ask?whitening=1e999", 400, "between -1 and 1"), ("/ask?washout=400", 400, "washout"),
        ("/ask?" + "&".join("a%d=1" % i for i in range(60)), 400, None),
        ("/report.json", 404, "no such page"), ("/../etc/passwd", 404, None),
    ]:
        answer = visitor.page(address)
        checks.same(answer.status, status, f"{name}: {address}")
        checks.that(words is None or words.lower() in answer.text.lower(), f"{name}: {address}")
        checks.that("<script>" not in answer.text, f"{name}: {address} is escaped")
    checks.same(visitor.send("POST", "/ask", "").status in (400, 403, 405), True, f"{name}: a form sent")
    checks.same(visitor.send("DELETE", "/").status, 405, f"{name}: another method")
    checks.that("Asked so far" not in visitor.page().text, f"{name}: refusals are not counted")
    return visitor


def in_browser(checks, driver, looker, review, name):
    driver.get(f"{review.address}/pair?code={review.code}")
    if heading(driver) == "Who is there?":
        field = driver.find_element(By.ID, "code")
        field.send_keys(review.code)
        press(driver, "Let me in")
    looker.look(f"review-{name}-home")
    addresses = [
        link.get_attribute("href") for link in driver.find_elements(By.CSS_SELECTOR, ".questions a")]
    checks.that(len(addresses) >= 5, f"{name}: {len(addresses)} questions are suggested")
    for number, address in enumerate(addresses, 1):
        driver.get(address)
        text = driver.find_element(By.TAG_NAME, "main").text
        checks.that(f"question {number} of {number} since" in text, f"{name}: {address} is question {number}")
        checks.that("Exploratory" in text, f"{name}: {address} is marked")
        if number <= 3 or "washout" in address or "outcome" in address:
            looker.look(f"review-{name}-{number:02}")
        else:
            looker.judge(f"{name}, {address}")
    # The form: another outcome, in the second half, without JavaScript of ours there is no other way.
    driver.get(review.address)
    Select(driver.find_element(By.ID, "part")).select_by_value("second")
    outcomes = Select(driver.find_element(By.ID, "outcome"))
    outcomes.select_by_index(1)
    press(driver, "Ask")
    checks.that("part=second" in driver.current_url, f"{name}: {driver.current_url}")
    checks.that("from=" not in driver.current_url, f"{name}: {driver.current_url} is short")
    chosen = Select(driver.find_element(By.ID, "part")).first_selected_option
    checks.same(chosen.get_attribute("value"), "second", f"{name}: the form is filled in")
    driver.find_element(By.ID, "from").send_keys("3")
    press(driver, "Ask")
    checks.same(heading(driver), "Not answered", f"{name}: a half and a range")
    looker.look(f"review-{name}-refused")
    driver.back()
    leave(driver, driver.find_element(By.LINK_TEXT, "All questions").click)
    checks.that(
        "Asked so far: %d" % (len(addresses) + 1) in driver.find_element(By.TAG_NAME, "main").text,
        f"{name}: all are counted")
    leave(driver, driver.find_element(By.LINK_TEXT, "Read the whole report").click)
    size = driver.execute_script(
        "return getComputedStyle(document.querySelector('.headline')).fontSize")
    checks.that(float(size[:-2]) > 20, f"{name}: the report has its style, {size}")


def main():
    binary, trials, pictures = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    os.makedirs(pictures, exist_ok=True)
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    checks = Checks()
    driver = open_browser("/usr/bin/chromium", "/usr/bin/chromedriver")
    looker = Looker(driver, checks, axe, pictures, VIEWS)
    for name in TRIALS:
        folder = trials / name
        before = digest(folder)
        review = Review(binary, folder)
        checks.that(review.first.startswith("verified: "), f"{name}: {review.first!r}")
        by_http(checks, review, name)
        in_browser(checks, driver, looker, review, name)
        checks.same(
            review.stop(), (0, "control-C stops; nothing is lost\nstopped; nothing was written\n"),
            f"{name}: control-C")
        checks.same(digest(folder), before, f"{name}: the folder is as it was")
        print(f"review, {name}: {checks.passed} held", flush=True)
    driver.quit()
    print(f"review: {checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
