"""The wizard in a real browser: every page looked at by axe, and walked through from end to end."""

import base64
import json
import os
import tempfile

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from program import FOREIGN, Wizard

VIEWS = [("phone", 390, 844), ("desk", 1280, 900)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def open_browser(chromium, chromedriver):
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--hide-scrollbars"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    driver.set_window_size(1280, 900)
    return driver


class Looker:
    """Looks at pages with axe, in light and dark and at two sizes, and keeps their pictures."""

    def __init__(self, driver, checks, axe, pictures, views=VIEWS):
        self.driver, self.checks, self.pictures, self.views = driver, checks, pictures, views
        self.axe = open(axe, encoding="utf-8").read()

    def look(self, name):
        for scheme in ("light", "dark"):
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                "features": [{"name": "prefers-color-scheme", "value": scheme}]})
            for view, width, height in self.views:
                self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                    "width": width, "height": height, "deviceScaleFactor": 1,
                    "mobile": view != "desk"})
                wide = self.driver.execute_script("return document.documentElement.scrollWidth")
                self.checks.that(wide <= width, f"{name}, {view}: {wide} pixels wide")
                # Colours differ by scheme, and what wraps by width: each once is enough.
                if (scheme, view) in (("light", self.views[0][0]), ("dark", self.views[-1][0])):
                    self.judge(f"{name}, {scheme}, {view}")
                picture = self.driver.execute_cdp_cmd(
                    "Page.captureScreenshot", {"captureBeyondViewport": True})
                path = os.path.join(self.pictures, f"{name}-{view}-{scheme}.png")
                with open(path, "wb") as file:
                    file.write(base64.b64decode(picture["data"]))
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def judge(self, name):
        self.driver.execute_script(self.axe)
        result = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}})"
            ".then(done, error => done({violations: [{id: String(error), nodes: []}]}))", TAGS)
        found = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result["violations"]]
        self.checks.same(found, [], f"axe, {name}")
        self.checks.that(len(result.get("passes", [])) > 10, f"axe looked at {name}")


def heading(driver):
    return driver.find_element(By.TAG_NAME, "h1").text


def said(driver):
    found = driver.find_elements(By.CSS_SELECTOR, ".said strong")
    return found[0].text if found else None


def leave(driver, act):
    """Does what leads to another page, and waits until it is there."""
    driver.execute_script("document.documentElement.dataset.left = 'yes'")
    act()
    # Between two pages the driver may have none at all.
    WebDriverWait(driver, 60, ignored_exceptions=[WebDriverException]).until(
        lambda d: d.execute_script(
            "return !document.documentElement.dataset.left && document.readyState === 'complete'"))


def press(driver, label):
    button = driver.find_element(By.XPATH, f"//button[normalize-space()='{label}']")
    leave(driver, button.click)


def enter(driver, code):
    """As a keyboard scanner does: into the field that has the focus, and the return key."""
    # The focus is set with the first frame, which comes after the page.
    WebDriverWait(driver, 60).until(
        lambda d: d.switch_to.active_element.get_attribute("id") == "code",
        f"the field for codes has no focus on the page {heading(driver)!r}")
    field = driver.switch_to.active_element
    leave(driver, lambda: field.send_keys(code, Keys.RETURN))


def confirm(driver, label):
    driver.find_element(By.CSS_SELECTOR, "input[name=sure]").click()
    press(driver, label)


def walk(checks, binary, chromium, chromedriver, axe, pictures, photograph):
    """A whole packing: pairing, filling, sorting, finishing, and a browser that is closed on the way.

    photograph: gives the bytes of a photograph of the label of a place.
    """
    with tempfile.TemporaryDirectory() as folder:
        wizard = Wizard(binary, folder, seed=1)
        driver = open_browser(chromium, chromedriver)
        looker = Looker(driver, checks, axe, pictures)
        driver.get(wizard.address)
        looker.look("pairing")
        enter(driver, "2222-2222")
        looker.look("pairing-refused")
        enter(driver, wizard.code)
        checks.same(heading(driver), "Fill: placebo", "the first page")
        looker.look("fill")
        leave(driver, driver.find_element(By.LINK_TEXT, "Print the sheets of labels").click)
        looker.look("labels")
        driver.get(wizard.address + "/labels/sheet?format=L9999")
        looker.look("labels-refused")
        driver.get(wizard.address)

        labels, number = list(wizard.labels), 0
        for arm, count in enumerate((5, 5, 3)):
            for kit in range(count):
                if kit % 2 == 0:
                    enter(driver, labels[number])
                else:
                    path = os.path.join(folder, "photograph.jpg")
                    with open(path, "wb") as file:
                        file.write(photograph(number))
                    driver.find_element(By.ID, "photograph").send_keys(path)
                    press(driver, "Read the photograph")
                checks.same(said(driver), "registered", f"kit {number} is registered")
                number += 1
                if number == 2:
                    looker.look("fill-registered")
                    enter(driver, labels[0])
                    checks.same(said(driver), "known already", "a label that is scanned twice")
                    enter(driver, FOREIGN)
                    checks.same(said(driver), "not done", "a label of another trial")
                    looker.look("fill-refused")
                    press(driver, "Take scan 2 back")
                    checks.same(said(driver), "taken back", "undo")
                    enter(driver, labels[1])
            checks.same(heading(driver), "Clear the bench", "after the last kit of an arm")
            if arm == 0:
                looker.look("clear")
            if arm == 2:
                # Between filling and sorting: the browser closes and the power goes.
                driver.quit()
                wizard.kill()
                wizard = Wizard(binary, folder, seed=1)
                driver = open_browser(chromium, chromedriver)
                looker.driver = driver
                driver.get(f"{wizard.address}/pair?code={wizard.code}")
                checks.same(heading(driver), "Clear the bench", "goes on where it was")
            confirm(driver, "Go on")
        checks.same(heading(driver), "Shuffle", "all are filled")
        looker.look("shuffle")
        confirm(driver, "Go on to sorting")
        checks.same(heading(driver), "Sort", "sorting begins")
        looker.look("sort")
        places = json.load(open(os.path.join(folder, "places.json")))
        answers = {}
        for kit in [7, 2, 11, 0, 9, 4, 12, 1, 6, 10, 3, 8, 5]:
            enter(driver, labels[kit])
            kind, place = said(driver).split(" ")
            answers[kit] = int(place) + (10 if kind == "spare" else 0)
            if len(answers) == 3:
                looker.look("sort-answer")
            if len(answers) == 12:
                looker.look("sort-last-kit")
        for kit, place in answers.items():
            arm = 0 if kit < 5 else 1 if kit < 10 else 2
            checks.that(place in places[arm], f"kit {kit} went to a place of its arm")
        checks.same(sorted(answers.values()), list(range(1, 14)), "every place has one kit")
        looker.look("sorted")
        confirm(driver, "Go on")
        looker.look("finish")
        press(driver, "Finish packing")
        checks.same(heading(driver), "Packed", "the end")
        looker.look("packed")
        packed = json.load(open(os.path.join(folder, "packed.json")))
        by_place = {place: labels[kit] for kit, place in answers.items()}
        checks.same(packed["kits"], [by_place[slot] for slot in range(1, 11)], "the record's kits")
        checks.same(
            packed["spares"], [{"spare": s, "kit": by_place[10 + s]} for s in range(1, 4)],
            "the record's spares")
        driver.quit()
        checks.same(wizard.stop(), 0, "control-C ends the program")
