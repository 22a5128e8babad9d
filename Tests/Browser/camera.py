"""The code at the dose by camera: a label that this program printed, as a picture, with and without the script."""

import json
import os
import re
import subprocess
import tempfile

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import pages
from days import VIEWS, Hand, at
from devices import wait
from pages import heading
from serving import Server, entries, run, seal


def packed(binary, folder):
    """A trial that one person packed alone; which code lies at each slot."""
    trial = seal(binary, folder, template="packed-alone")
    with open(os.path.join(trial, "manifest.json")) as file:
        packing = json.load(file)["packing"]
    kits = packing["labels"][:packing["kits"]]
    half = len(kits) // 2
    words = [*kits[:half], "done", *kits[half:], "done", "done", *kits, "done", "yes"]
    made = subprocess.run(
        [binary, "pack", trial, "--unmatched"], input="\n".join(words) + "\n", capture_output=True, text=True)
    places = re.findall(r"^(slot|spare) (\d+) ", made.stdout, re.MULTILINE)
    if "packed: " not in made.stdout or len(places) != len(kits):
        raise RuntimeError(f"pack: {made.stdout}{made.stderr}")
    return trial, {int(number): kit for (kind, number), kit in zip(places, kits) if kind == "slot"}


def picture(driver, binary, trial, slot):
    """The printed label of a slot, as a file."""
    page = os.path.join(os.path.dirname(trial), f"slot-{slot}.html")
    made = run(binary, "label", trial, "--slot", str(slot), "--output", page)
    if made.returncode:
        raise RuntimeError(f"label: {made.stderr}")
    driver.get(f"file://{page}")
    path = page.replace(".html", ".png")
    driver.find_element(By.CSS_SELECTOR, ".label").screenshot(path)
    return path


def fault(driver):
    # In one step, as a script may replace it meanwhile.
    return driver.execute_script(
        "return [...document.querySelectorAll('.fault')].map(found => found.textContent).join(' ')")


def read(driver, hand, path):
    driver.find_element(By.ID, "photograph").send_keys(path)
    hand.tap("[data-photograph]")


def value(driver, name):
    return driver.find_element(By.NAME, name).get_attribute("value")


def chosen(driver, name):
    return driver.find_element(By.CSS_SELECTOR, f"[name={name}]:checked").get_attribute("value")


def check(checks, binary, chromium, chromedriver, axe, shown):
    with tempfile.TemporaryDirectory() as folder:
        trial, kits = packed(binary, folder)
        driver = pages.open_browser(chromium, chromedriver)
        own, other = picture(driver, binary, trial, 1), picture(driver, binary, trial, 2)
        looker = pages.Looker(driver, checks, axe, shown, VIEWS)
        hand = Hand(driver)
        server = Server(binary, trial, at(1))
        port = server.port
        driver.get(f"{server.address}/pair?code={server.code}")
        for script in (False, True):
            driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
            way = "with the script" if script else "without a script"
            driver.get(server.address + "/check-in")
            hand.tap("[name=answer-mood][value='7']")
            read(driver, hand, other)
            wait(driver, lambda: "slot 2" in fault(driver), f"another slot's kit is said, {way}")
            checks.same(heading(driver), "Not recorded yet", f"nothing is recorded, {way}")
            if script:
                looker.look("camera-refused")
            read(driver, hand, own)
            wait(driver, lambda: "Nothing is recorded yet" in driver.page_source, f"the label is read, {way}")
            checks.same(value(driver, "kit"), kits[1], f"its code is in the form, {way}")
            checks.same(chosen(driver, "answer-mood"), "7", f"and what was filled in, {way}")
        looker.look("camera-read")
        # A keyboard scanner ends with the return key, which goes on and reads no photograph.
        driver.get(server.address + "/check-in")
        hand.type("#kit", kits[1] + Keys.ENTER)
        wait(driver, lambda: "It is not answered" in driver.page_source, "the return key goes on")
        hand.tap("[data-photograph]")
        wait(driver, lambda: "There was no photograph" in fault(driver), "none was chosen")
        large = os.path.join(folder, "large.jpg")
        with open(large, "wb") as file:
            file.truncate(20_000_001)
        read(driver, hand, large)
        wait(driver, lambda: "more than 20 MB" in fault(driver), "one that is too large is said at once")
        server.kill()
        read(driver, hand, own)
        wait(driver, lambda: "There is no connection" in fault(driver), "without a server it is said", 30)
        checks.same(value(driver, "kit"), kits[1], "and nothing is lost")
        # With a photograph that was chosen and not read, the form is kept on the device as ever.
        hand.tap("[name=answer-mood][value='7']")
        hand.tap("[name=answer-energy][value='6']")
        hand.tap("[name=skip-notes]")
        hand.tap("button.main")
        hand.tap("label[for=guess-60]")
        hand.tap("form[action='/guess'] button.main")
        wait(driver, lambda: "1 entry waits" in driver.find_element(By.ID, "kept").text, "it waits")
        server = Server(binary, trial, at(1, "22:00:00"), port=port)
        driver.get(f"http://127.0.0.1:{port}/status")
        wait(driver, lambda: entries(trial)[-1]["event"] == "check-in", "it is recorded", 60)
        checks.same(entries(trial)[-1]["body"]["kit"], kits[1], "with the kit that was taken")
        server.stop()
        driver.quit()
