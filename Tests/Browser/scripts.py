"""What the scripts of the participant's pages do: keys on a line, a device that stores nothing, another zone."""

import re
import tempfile

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import pages
from days import VIEWS, Hand, at
from devices import ITEMS, LINE, shorten, wait
from pages import heading
from serving import Server, entries, seal


def keys(checks, driver, server):
    """An untouched line is set by an end or by typing; an arrow would start from the middle."""
    driver.get(server.address + "/check-in")
    line = driver.find_element(By.ID, f"item-{LINE}-line")
    field = driver.find_element(By.ID, f"item-{LINE}")

    def after(key):
        line.send_keys(key)
        return field.get_attribute("value")

    checks.same(line.get_attribute("aria-valuetext"), "nothing is set yet; type a number, or press Home or End",
                "a screen reader hears that")
    for key in ("F5", "Escape", "ArrowLeft+alt", "r+ctrl", "a"):
        taken = driver.execute_script(
            "const [key, more] = arguments[1].split('+');"
            "return !arguments[0].dispatchEvent(new KeyboardEvent('keydown', {key, cancelable: true, bubbles: true,"
            "  altKey: more === 'alt', ctrlKey: more === 'ctrl'}))", line, key)
        checks.that(not taken, f"{key} stays the browser's")
    for key, name in [(Keys.ARROW_RIGHT, "an arrow"), (Keys.PAGE_UP, "page up"), (Keys.SPACE, "the blank")]:
        checks.same(after(key), "", f"{name} sets nothing on an untouched line")
    checks.same(after("7"), "7", "a digit goes into the field")
    checks.same(driver.switch_to.active_element.get_attribute("id"), f"item-{LINE}", "and the rest is typed there")
    driver.switch_to.active_element.send_keys("3")
    checks.same(line.get_attribute("value"), "73", "the line follows what is typed")
    checks.same(line.get_attribute("aria-valuetext"), "73", "and says it")
    checks.same(after(Keys.ARROW_RIGHT), "74", "an arrow goes on from what is set")
    field.clear()
    # Clearing by a program is no typing; the page hears of it as of any input.
    driver.execute_script("arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", field)
    checks.that("untouched" in line.get_attribute("class"), "an empty field is an untouched line")
    checks.same(after(Keys.END), "100", "the end key")
    checks.same(after(Keys.HOME), "0", "the home key")


def too_early(checks, driver, server):
    """A hand that was on its way before the signal, and a key that goes elsewhere, are no reaction."""
    driver.get(server.address + "/check-in")
    box = driver.find_element(By.CSS_SELECTOR, ".task[data-task=vigilance]")
    shorten(driver, 6)
    box.find_element(By.CSS_SELECTOR, ".start").click()
    driver.execute_script("""
        const box = arguments[0];
        let count = 0;
        const watcher = new MutationObserver(() => {
          const field = box.querySelector('.signal');
          if (!field) return watcher.disconnect();
          if (field.classList.contains('now') && !field.dataset.hit) {
            field.dataset.hit = '1';
            for (const key of ['Tab', 'Shift'])
              setTimeout(() => field.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})), 120);
            const wait = ++count % 2 ? 40 : 250;
            setTimeout(() => field.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true})), wait);
          }
          if (!field.classList.contains('now')) delete field.dataset.hit;
        });
        watcher.observe(box, {subtree: true, childList: true, attributes: true, attributeFilter: ['class']});
        """, box)
    field = box.find_element(By.CSS_SELECTOR, "input[type=hidden]")
    wait(driver, lambda: field.get_attribute("value") != "", "the task ends", 120)
    said = box.find_element(By.CSS_SELECTOR, "[role=status]")
    checks.that(200 <= int(field.get_attribute("value")) <= 400, f"only hands of 250 ms count: {said.text}")
    early = int(re.search(r"(\d+) too early", said.text).group(1))
    checks.that(early >= 4, f"the others are told as too early: {said.text}")
    checks.same(driver.switch_to.active_element.get_attribute("role"), "status", "keys go on from what is said")


# Before any script of the page: private windows of some browsers have no store.
NO_STORE = "indexedDB.open = () => { throw new DOMException('no store', 'InvalidStateError'); };"


def without_store(checks, driver, server, trial):
    """A device that cannot keep a form sends it as a page without scripts would."""
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_STORE})
    before = len(entries(trial))
    driver.get(server.address + "/event")
    hand = Hand(driver)
    hand.type("#term", "headache")
    hand.tap("label[for=severity-mild]")
    hand.press("Record")
    checks.same(heading(driver), "Recorded", "a side effect from a device that stores nothing")
    driver.get(server.address + "/deviation")
    hand.tap("label[for=kind-other]")
    hand.type("#kit", "ABC")
    hand.type("#reason", "in a hurry")
    hand.press("Record")
    checks.same(driver.find_element(By.ID, "reason").get_attribute("value"), "in a hurry",
                "a mistake comes back as it was typed")
    checks.same(len(entries(trial)), before + 1, "each once")
    driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def elsewhere(checks, driver, looker, server, binary, trial):
    """A phone that has travelled is asked, and what it said holds after the program was started again."""
    def zone(name):
        driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": name})
        driver.get(server.address)
        found = driver.find_elements(By.ID, "elsewhere")
        return found[0].text if found else None

    checks.same(zone("Europe/Berlin"), None, "at home nothing is asked")
    checks.that("This device is in America/New_York" in (zone("America/New_York") or ""), "elsewhere it is")
    looker.look("elsewhere")
    hand = Hand(driver)
    hand.follow("Change that")
    checks.same(driver.find_element(By.ID, "zone").get_attribute("value"), "America/New_York", "filled in")
    hand.press("I am there")
    checks.same(zone("America/New_York"), None, "then nothing is asked any more")
    checks.that("in America/New_York" in driver.find_element(By.TAG_NAME, "main").text, "the page counts there")
    hand.follow("Side effect")
    hand.type("#term", "jet lag")
    hand.tap("label[for=severity-mild]")
    hand.press("Record")
    checks.same(entries(trial)[-1]["at"]["zone"], "America/New_York", "so does the record")
    server.stop()
    server = Server(binary, trial, at(2))
    driver.get(f"{server.address}/pair?code={server.code}")
    driver.get(server.address)
    checks.that("in America/New_York" in driver.find_element(By.TAG_NAME, "main").text,
                "also when the program was started again")
    server.stop()


def check(checks, binary, chromium, chromedriver, axe, pictures):
    with tempfile.TemporaryDirectory() as folder:
        trial = seal(binary, folder, items=ITEMS)
        driver = pages.open_browser(chromium, chromedriver)
        looker = pages.Looker(driver, checks, axe, pictures, VIEWS)
        server = Server(binary, trial, at(1))
        driver.get(f"{server.address}/pair?code={server.code}")
        keys(checks, driver, server)
        too_early(checks, driver, server)
        without_store(checks, driver, server, trial)
        elsewhere(checks, driver, looker, server, binary, trial)
        driver.quit()
