"""The days of a whole trial in a real browser: every page looked at by axe, taps and seconds counted."""

import datetime
import os
import tempfile
import time

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import pages
from pages import heading, leave, press
from serving import FIRST, Server, entries, run, seal

VIEWS = [("small", 320, 640), ("phone", 390, 844), ("desk", 1280, 900)]


def at(day, time_of_day="21:00:00", offset="+01:00"):
    """The instant of a day of the trial, from 1; summer time begins in Berlin on 30 March 2031."""
    date = datetime.date.fromisoformat(FIRST) + datetime.timedelta(days=day - 1)
    return f"{date}T{time_of_day}{'+02:00' if date >= datetime.date(2031, 3, 30) else offset}"


class Hand:
    """Taps and types, and counts the taps."""

    def __init__(self, driver):
        self.driver, self.taps = driver, 0

    def tap(self, selector, leads=False):
        found = self.found(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        self.taps += 1
        if leads:
            leave(self.driver, found.click)
        else:
            found.click()

    def press(self, label):
        self.taps += 1
        press(self.driver, label)

    def follow(self, words):
        self.taps += 1
        link = self.driver.find_element(By.PARTIAL_LINK_TEXT, words)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        leave(self.driver, link.click)

    def found(self, selector, seconds=20):
        """The element, once the page has it: without a server a script makes the page."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            elements = self.driver.find_elements(By.CSS_SELECTOR, selector)
            if elements:
                return elements[0]
            time.sleep(0.1)
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def type(self, selector, text):
        """One tap into the field, and the keys."""
        field = self.found(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", field)
        self.taps += 1
        field.click()
        field.send_keys(text)


def check_in(driver, hand, focus, guess, skip=True):
    """From the page of the day to the record."""
    hand.follow("Check in")
    hand.tap(f"label[for=item-0-{focus}]")
    hand.type("#item-1", "20")
    if skip:
        hand.tap("label[for=item-2-skip]")
    hand.press("Go on")
    hand.tap(f"label[for=guess-{guess}]")
    hand.press("Record")


def keyboard(checks, driver, trial, binary, day):
    """A check-in without a pointer: tab, arrows, blank and return alone."""
    server = Server(binary, trial, at(day))
    driver.get(f"{server.address}/pair?code={server.code}")

    def focused():
        return driver.switch_to.active_element

    def go_to(matches, most=60):
        for _ in range(most):
            if matches(focused()):
                return focused()
            focused().send_keys(Keys.TAB)
        raise RuntimeError("no way there by keyboard")

    leave(driver, lambda: go_to(lambda e: e.text == "Check in").send_keys(Keys.RETURN))
    go_to(lambda e: e.get_attribute("name") == "answer-focus").send_keys(Keys.SPACE)
    focused().send_keys(Keys.ARROW_RIGHT)
    go_to(lambda e: e.get_attribute("id") == "item-1").send_keys("15")
    go_to(lambda e: e.get_attribute("id") == "item-2-skip").send_keys(Keys.SPACE)
    leave(driver, lambda: go_to(lambda e: e.text == "Go on").send_keys(Keys.RETURN))
    go_to(lambda e: e.get_attribute("name") == "guess").send_keys(Keys.SPACE)
    leave(driver, lambda: go_to(lambda e: e.text == "Record").send_keys(Keys.RETURN))
    checks.same(heading(driver), "Recorded", "a check-in by keyboard alone")
    server.stop()


def look_around(checks, driver, looker, server):
    """Every page once, at three sizes, in light and dark."""
    for name, path in [
        ("today", "/"), ("check-in", "/check-in"), ("event", "/event"), ("deviation", "/deviation"),
        ("pause", "/pause"), ("status", "/status"), ("emergency", "/emergency"), ("zone", "/zone"),
        ("missing", "/nothing"),
    ]:
        driver.get(server.address + path)
        looker.look(name)
        checks.that("zorblax" not in driver.page_source and "quivven" not in driver.page_source,
                    f"{name}: no arm is named")


def faults(checks, driver, looker, server):
    """A form with gaps comes back with what was right, and says what is missing."""
    hand = Hand(driver)
    driver.get(server.address + "/check-in")
    hand.type("#item-1", "900")
    hand.press("Go on")
    checks.same(heading(driver), "Not recorded yet", "a form with gaps")
    looker.look("check-in-faults")
    checks.same(driver.find_element(By.ID, "item-1").get_attribute("value"), "900", "what was typed stays")
    driver.find_element(By.CSS_SELECTOR, "[role=alert] a").click()
    checks.that(driver.current_url.endswith("#item-0-box"), "the list leads to the item")


def walk(checks, binary, chromium, chromedriver, axe, pictures, days=28):
    with tempfile.TemporaryDirectory() as folder:
        trial = seal(binary, folder)
        driver = pages.open_browser(chromium, chromedriver)
        looker = pages.Looker(driver, checks, axe, pictures, VIEWS)
        server = Server(binary, trial, at(1))
        driver.get(server.address)
        looker.look("pairing")
        driver.get(f"{server.address}/pair?code={server.code}")
        look_around(checks, driver, looker, server)
        faults(checks, driver, looker, server)
        server.stop()
        slowest, most = 0, 0
        missed = {9, 10} if days > 12 else {3}
        for day in range(1, days + 1):
            if day in missed or day == 2:
                continue
            # Day 2 is entered a day late, after midnight on day 3; that is still day 3's date.
            server = Server(binary, trial, at(day, "00:20:00" if day == 4 else "21:00:00"))
            driver.get(server.address)
            hand = Hand(driver)
            start = time.time()
            if day == 4:
                driver.get(server.address)
            check_in(driver, hand, focus=(day * 7) % 11, guess=(day * 30) % 110)
            slowest, most = max(slowest, time.time() - start), max(most, hand.taps)
            checks.same(heading(driver), "Recorded", f"day {day}")
            if day == 1:
                looker.look("recorded")
                events(checks, driver, looker, server)
            server.stop()
        checks.that(most <= 12, f"{most} taps for three items and a guess")
        print(f"{days} days: at most {most} taps and {slowest:.1f} s of clicking a day", flush=True)
        server = Server(binary, trial, at(days))
        driver.get(server.address + "/status")
        looker.look("status-end")
        missing = driver.find_elements(By.XPATH, "//h2[.='Missing']/following-sibling::ul[1]/li")
        checks.same(len(missing), len(missed) + 1, "the missing slots are listed")
        driver.get(server.address + "/slot?slot=1")
        looker.look("slot")
        server.stop()
        made = [entry for entry in entries(trial) if entry["event"] == "check-in"]
        checks.same(len(made), days - len(missed) - 1, "a check-in for each day")
        checks.that(all("form" in entry for entry in made), "each with its form's token")
        driver.delete_all_cookies()
        if days < 28:
            keyboard(checks, driver, trial, binary, days + 1)
        else:
            server = Server(binary, trial, at(29))
            driver.get(f"{server.address}/pair?code={server.code}")
            checks.that("No slot is left." in driver.page_source, "after the last day")
            server.stop()
        locked = run(binary, "lock", trial, "--reason", "over", "--clock", at(31))
        checks.same(locked.returncode, 0, f"lock: {locked.stderr}")
        driver.quit()


def events(checks, driver, looker, server):
    """A side effect and a departure in two taps to their forms, a correction, a pause and its end."""
    hand = Hand(driver)
    hand.follow("Side effect")
    hand.type("#term", "headache")
    hand.tap("label[for=severity-mild]")
    hand.tap("label[for=serious]")
    hand.press("Record")
    checks.same(heading(driver), "Emergency", "a serious event leads to the emergency page")
    looker.look("emergency-recorded")
    hand.follow("Something went differently")
    hand.tap("label[for=kind-late-dose]")
    hand.type("#reason", "overslept")
    hand.press("Record")
    checks.same(heading(driver), "Recorded", "a departure")
    driver.get(server.address + "/slot?slot=1")
    hand.follow("Correct")
    looker.look("correct")
    hand.tap("label[for=item-0-3]")
    hand.type("#reason", "read the wrong line")
    hand.press("Record the correction")
    checks.same(heading(driver), "Recorded", "a correction")
    hand.follow("Back to the slot")
    checks.that("read the wrong line" in driver.page_source and "<s>7</s>" in driver.page_source,
                "the old value stays readable")
    looker.look("slot-corrected")
    driver.get(server.address + "/pause")
    hand.type("#reason", "ill")
    hand.press("Pause from now on")
    driver.get(server.address)
    looker.look("paused")
    hand.follow("Go on")
    looker.look("resume")
    hand.type("#reason", "well again")
    hand.press("Go on from now on")
