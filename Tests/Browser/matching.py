"""The matching test as pages of `selfblind pack --browser`: two tests, one that is failed, one that is passed."""

import re
import tempfile

from selenium.webdriver.common.by import By

from command import Command, run, sealed
from pages import Looker, confirm, enter, heading, leave, open_browser, press, said
from program import Visitor

PACKING = "packing: {by: participant, spares: 2, matching: {rounds: 6, mostRight: 3}}\n"
ROUNDS = 6


class Cups:
    """What the person at the bench knows: which label went on which content, and where each cup stands."""

    def __init__(self, labels):
        self.content = {}
        self.rows = {}
        self.fresh = list(labels)

    def fill(self, content):
        label = self.fresh.pop(0)
        self.content[label] = content
        return label

    def stand(self, label, notice):
        place, cup = map(int, re.fullmatch(r"round (\d+), cup (\d+)", notice).groups())
        self.rows.setdefault(place, {})[cup] = self.content[label]

    def odd(self, place):
        """The cup whose content no other cup of the round has."""
        row = self.rows[place]
        return next(cup for cup in row if list(row.values()).count(row[cup]) == 1)


def bench(checks, driver, looker, labels):
    """Fills and sorts the cups; the pages are looked at the first time."""
    cups = Cups(labels)
    for content in (0, 1):
        checks.that(heading(driver).startswith("Matching test: "), f"filling: {heading(driver)}")
        for cup in range(9):
            enter(driver, cups.fill(content))
            checks.same(said(driver), "registered", f"cup {cup} of content {content}")
            if looker and content == 0 and cup == 1:
                looker.look("matching-fill-registered")
        checks.same(heading(driver), "Clear the bench", "after the last cup")
        if looker and content == 0:
            looker.look("matching-clear")
        confirm(driver, "Go on")
    checks.same(heading(driver), "Shuffle the cups", "both are filled")
    if looker:
        looker.look("matching-shuffle")
    confirm(driver, "Go on to sorting")
    for number, label in enumerate(sorted(cups.content, key=lambda label: label[::-1])):
        enter(driver, label)
        cups.stand(label, said(driver))
        if looker and number == 1:
            looker.look("matching-sort")
    checks.same(sorted(len(row) for row in cups.rows.values()), [3] * ROUNDS, "three cups a round")
    if looker:
        looker.look("matching-sorted")
    confirm(driver, "Go on")
    return cups


def answers(checks, driver, looker, cups, is_right):
    for place in range(1, ROUNDS + 1):
        checks.same(heading(driver), f"Round {place} of {ROUNDS}", "the next round")
        if looker and place == 1:
            looker.look("matching-round")
            press(driver, "That one")
            checks.same(said(driver), "not done", "no cup was chosen")
            looker.look("matching-round-refused")
        odd = cups.odd(place)
        cup = odd if is_right else odd % 3 + 1
        driver.find_element(By.ID, f"cup-{cup}").click()
        press(driver, "That one")
        text = driver.find_element(By.TAG_NAME, "body").text
        checks.that("right" not in re.sub(r"passed with at most \d+ right", "", text),
                    "whether it was right is not said")
    checks.same(heading(driver), "What did you go by?", "after the last round")
    if looker:
        looker.look("matching-cues")
        driver.find_element(By.ID, "cue-5").click()
    press(driver, "Open the order")


def labels_of(visitor):
    sheet = visitor.page("/labels/sheet?format=L4731").text
    return ["".join(pair)
            for pair in re.findall(r"<code><span>(\w+)</span><span>(\w+)</span></code>", sheet)]


def check(checks, binary, chromium, chromedriver, axe, pictures):
    with tempfile.TemporaryDirectory() as folder:
        trial = sealed(checks, binary, folder, PACKING)
        command = Command(binary, trial)
        visitor = Visitor(command.port)
        visitor.pair(command.code)
        labels = labels_of(visitor)
        checks.that(len(labels) >= 18, f"{len(labels)} labels for cups")
        driver = open_browser(chromium, chromedriver)
        looker = Looker(driver, checks, axe, pictures)
        driver.get(f"http://127.0.0.1:{command.port}/pair?code={command.code}")
        looker.look("matching-fill")
        leave(driver, driver.find_element(By.PARTIAL_LINK_TEXT, "labels").click)
        looker.look("matching-labels")
        driver.get(f"http://127.0.0.1:{command.port}/")
        enter(driver, "345678L")
        checks.same(said(driver), "not done", "a label of another trial on a cup")

        cups = bench(checks, driver, looker, labels)
        answers(checks, driver, looker, cups, is_right=True)
        checks.same((heading(driver), said(driver)), ("Not passed", "6 of 6 right"), "all are told")
        looker.look("matching-not-passed")
        driver.get(f"http://127.0.0.1:{command.port}/")
        checks.same(heading(driver), "Not passed", "and no way past it")
        command.stop()

        command = Command(binary, trial)
        driver.get(f"http://127.0.0.1:{command.port}/pair?code={command.code}")
        checks.same((heading(driver), said(driver)), ("Not passed", "6 of 6 right"), "said again")
        press(driver, "Begin another test")
        cups = bench(checks, driver, None, labels)
        answers(checks, driver, None, cups, is_right=False)
        checks.same((heading(driver), said(driver)), ("Passed", "0 of 6 right"), "none is told")
        looker.look("matching-passed")
        leave(driver, driver.find_element(By.LINK_TEXT, "Go on to packing").click)
        checks.same(heading(driver), "Fill: placebo", "packing begins")
        driver.quit()
        command.stop()
        status = run(binary, "status", trial)
        checks.same(status.returncode, 0, f"status: {status.stderr}")
