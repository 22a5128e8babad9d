"""Every kind of item, the tasks, and a device without a connection, in a real browser."""

import os
import re
import tempfile
import time

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

import pages
from days import VIEWS, Hand, at
from pages import heading
from serving import Server, entries, run, seal

ITEMS = """  - {name: line, prompt: How was your mood?, type: slider, ends: [as low as it can be, as good as it can be]}
  - {name: words, prompt: How much got done?, type: likert, labels: [nothing, a little, most of it, all of it], from: 0}
  - {name: bed, prompt: When did you turn the light off?, type: time, from: "18:00"}
  - {name: asleep, prompt: How long did you sleep?, type: duration}
  - {name: signs, prompt: Which of these did you notice?, type: choices, options: [none, headache, nausea]}
  - {name: alert, prompt: How fast do you react?, type: vigilance}
  - {name: code, prompt: How fast do you substitute?, type: symbols}
  - {name: both, prompt: Both, type: score, of: [line, words], method: sum}
"""
# Places of the items in the form: the template has three.
LINE, WORDS, BED, ASLEEP, SIGNS, ALERT, CODE = range(3, 10)


def wait(driver, holds, what, seconds=30):
    WebDriverWait(driver, seconds, 0.1).until(lambda _: holds(), what)


def set_time(driver, selector, text):
    """As a picker of times does."""
    driver.execute_script(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', {bubbles: true}))", selector, text)


def shorten(driver, seconds):
    """Tasks of a minute are too long for a test; their length is the page's."""
    driver.execute_script(
        "document.querySelectorAll('.task').forEach(box => { box.dataset.seconds = arguments[0] })", seconds)


def vigilance(checks, driver, looker):
    """Taps as soon as the colour changes."""
    box = driver.find_element(By.CSS_SELECTOR, ".task[data-task=vigilance]")
    shorten(driver, 6)
    box.find_element(By.CSS_SELECTOR, ".start").click()
    driver.execute_script("""
        const box = arguments[0];
        const watcher = new MutationObserver(() => {
          const field = box.querySelector('.signal');
          if (!field) return watcher.disconnect();
          if (field.classList.contains('now') && !field.dataset.hit) {
            field.dataset.hit = '1';
            setTimeout(() => field.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true})), 250);
          }
          if (!field.classList.contains('now')) delete field.dataset.hit;
        });
        watcher.observe(box, {subtree: true, childList: true, attributes: true, attributeFilter: ['class']});
        """, box)
    field = box.find_element(By.CSS_SELECTOR, "input[type=hidden]")
    wait(driver, lambda: field.get_attribute("value") != "", "the task ends", 90)
    score = int(field.get_attribute("value"))
    said = box.find_element(By.CSS_SELECTOR, "[role=status]").text
    checks.that(200 <= score <= 400, f"250 ms are told as {score}: {said}")
    checks.that(not box.find_element(By.CSS_SELECTOR, ".start").is_displayed(), "a task is done once")
    checks.that("Exact to about" in said and "ms here" in said, f"the accuracy is said: {said}")
    print(f"vigilance: a hand of 250 ms is told as {score} ms; {said}", flush=True)


def symbols(checks, driver):
    """Reads the key, and is wrong once in five."""
    box = driver.find_element(By.CSS_SELECTOR, ".task[data-task=symbols]")
    shorten(driver, 6)
    box.find_element(By.CSS_SELECTOR, ".start").click()
    driver.execute_script("""
        const box = arguments[0];
        let count = 0;
        const timer = setInterval(() => {
          const sign = box.querySelector('.sign');
          if (!sign) return clearInterval(timer);
          const key = {};
          box.querySelectorAll('.key span').forEach(part => {
            const [shown, digit] = part.textContent.split(' ');
            key[shown] = Number(digit);
          });
          const digit = key[sign.textContent];
          if (!digit) return;
          const buttons = box.querySelectorAll('.pad button');
          const wrong = ++count % 5 === 0;
          buttons[(digit - 1 + (wrong ? 1 : 0)) % 9].click();
        }, 200);
        """, box)
    field = box.find_element(By.CSS_SELECTOR, "input[type=hidden]")
    wait(driver, lambda: field.get_attribute("value") != "", "the task ends", 60)
    said = box.find_element(By.CSS_SELECTOR, "[role=status]").text
    score = int(field.get_attribute("value"))
    checks.that(said.startswith(f"{score} right and "), f"what counts is what is right: {said}")
    checks.that(12 <= score <= 30, f"about 5 a second, four of five right: {score}")


def kinds(checks, driver, looker, binary, trial):
    """A day with every kind of item, each recorded as what it is."""
    server = Server(binary, trial, at(1))
    driver.get(f"{server.address}/pair?code={server.code}")
    driver.get(server.address + "/check-in")
    hand = Hand(driver)
    line = driver.find_element(By.ID, f"item-{LINE}-line")
    checks.that("untouched" in line.get_attribute("class"), "nothing is set on a line beforehand")
    checks.same(driver.find_element(By.ID, f"item-{LINE}").get_attribute("value"), "", "and nothing is sent")
    looker.look("kinds")
    hand.tap("label[for=item-0-7]")
    hand.type("#item-1", "20")
    hand.tap("label[for=item-2-skip]")
    hand.tap(f"#item-{LINE}-line")
    checks.same(driver.find_element(By.ID, f"item-{LINE}").get_attribute("value"), "50",
                "a tap on the middle of the line")
    hand.tap(f"label[for=item-{WORDS}-2]")
    set_time(driver, f"#item-{BED}", "00:30")
    hand.type(f"#item-{ASLEEP}-h", "7")
    hand.type(f"#item-{ASLEEP}-m", "5")
    hand.tap(f"label[for=item-{SIGNS}-2]")
    hand.tap(f"label[for=item-{SIGNS}-1]")
    vigilance(checks, driver, looker)
    symbols(checks, driver)
    looker.look("kinds-filled")
    hand.press("Go on")
    checks.same(heading(driver), "Your guess", "on to the guess")
    hand.tap("label[for=guess-70]")
    hand.press("Record")
    checks.same(heading(driver), "Recorded", "all kinds of items")
    answers = entries(trial)[-1]["body"]["answers"]
    for name, expected in {
        "line": {"number": "50"}, "words": {"number": "2"}, "bed": {"number": "1470"},
        "asleep": {"number": "425"}, "signs": {"choices": ["headache", "nausea"]},
        "both": {"number": "52"}, "notes": {"skipped": ""},
    }.items():
        checks.same(answers.get(name), expected, f"the answer to {name}")
    driver.get(server.address + "/slot?slot=1")
    page = driver.find_element(By.TAG_NAME, "main").text
    checks.that("00:30" in page and "7:05" in page and "2 most of it" in page, "read back as people say it")
    server.stop()


def without_script(checks, driver, binary, trial):
    """The same day without a script: typed, and the tasks skipped."""
    server = Server(binary, trial, at(2))
    driver.get(f"{server.address}/pair?code={server.code}")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    driver.get(server.address + "/check-in")
    checks.same(len(driver.find_elements(By.CSS_SELECTOR, "input[type=range]")), 0, "no script ran")
    driver.find_element(By.CSS_SELECTOR, "label[for=item-0-7]").click()
    for selector, text in [("#item-1", "20"), (f"#item-{LINE}", "64"), (f"#item-{ASLEEP}-h", "7")]:
        driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)
    for place in (2, BED, ALERT, CODE):
        driver.find_element(By.CSS_SELECTOR, f"label[for=item-{place}-skip]").click()
    driver.find_element(By.CSS_SELECTOR, f"label[for=item-{WORDS}-0]").click()
    driver.find_element(By.CSS_SELECTOR, f"label[for=item-{SIGNS}-0]").click()
    pages.press(driver, "Go on")
    driver.find_element(By.CSS_SELECTOR, "label[for=guess-dk]").click()
    pages.press(driver, "Record")
    checks.same(heading(driver), "Recorded", "a check-in without a script")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    server.stop()


def stored(driver):
    """How many forms the device has in its own store."""
    return driver.execute_async_script(
        "const done = arguments[0]; const trial = document.querySelector('meta[name=trial]').content;"
        "const request = indexedDB.open('selfblind-' + trial, 1);"
        "request.onsuccess = () => { const count = request.result.transaction('forms').objectStore('forms').count();"
        "count.onsuccess = () => { request.result.close(); done(count.result); }; };")


def wait_for_the_app(driver, path, words=""):
    """Until the device has a page of the app, with some words in it."""
    wait(driver, lambda: driver.execute_async_script(
        "const done = arguments[2]; caches.open('selfblind-1').then(s => s.match(arguments[0]))"
        ".then(found => found ? found.text() : null)"
        ".then(text => done(text !== null && text.includes(arguments[1])))", path, words),
        f"{path} is on the device")


def kept(driver):
    found = driver.find_elements(By.ID, "kept")
    return found[0].text if found else ""


def order(checks, driver, looker, binary, trial):
    """What waits is sent as it was made; a line that nobody touched is no answer; a guess is not made twice."""
    server = Server(binary, trial, at(3))
    driver.get(f"{server.address}/pair?code={server.code}")
    driver.get(server.address)
    wait_for_the_app(driver, "/deviation", "slot 3")
    kit = re.search(r"slot 9, [0-9-]+, kit ([0-9A-Z]{7})", requests_of(driver, "/offline")).group(1)
    before, port = len(entries(trial)), server.port
    server.kill()
    hand = Hand(driver)

    def token(text):
        """The tokens are drawn; here the later form has the smaller one."""
        driver.execute_script("document.querySelector('form').elements.once.value = arguments[0]", text)

    def press(words):
        driver.find_element(By.XPATH, f"//button[normalize-space()='{words}']").click()

    driver.get(f"http://127.0.0.1:{port}/deviation")
    token("f" * 32)
    hand.tap("label[for=kind-wrong-kit]")
    hand.type("#kit", kit)
    hand.type("#reason", "in the dark")
    press("Record")
    wait(driver, lambda: "1 entry waits" in kept(driver), "the departure waits")
    driver.get(f"http://127.0.0.1:{port}/")
    token("0" * 31 + "1")
    driver.execute_script(
        "const list = document.querySelector('select[data-days]');"
        "list.value = [...list.options].find(o => o.dataset.day === '2031-03-05').value")
    hand.tap("label[for=item-0-4]")
    hand.type("#item-1", "900")
    hand.tap("label[for=item-2-skip]")
    hand.tap(f"label[for=item-{WORDS}-1]")
    for place in (BED, ASLEEP, SIGNS, ALERT, CODE):
        hand.tap(f"label[for=item-{place}-skip]")
    press("Go on")
    time.sleep(5)
    checks.that(not driver.find_elements(By.CSS_SELECTOR, "label[for=guess-30]"),
                "no guess before a line that nobody touched")
    hand.tap(f"label[for=item-{LINE}-skip]")
    press("Go on")
    wait(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "label[for=guess-30]"), "a line can be skipped")
    hand.tap("label[for=guess-30]")
    press("Record")
    wait(driver, lambda: "2 entries wait" in kept(driver), "two wait")
    checks.same(heading(driver), "Kept on this device", "the heading says what became of it")

    server = Server(binary, trial, at(3, "22:00:00"), port=port)
    driver.get(f"http://127.0.0.1:{port}/")
    wait(driver, lambda: "refused" in kept(driver), "the wrong number is said", 60)
    looker.look("offline-refused-form")
    driver.execute_script("[...document.querySelectorAll('#kept button')].find(b => b.textContent === 'Open it again').click()")
    wait(driver, lambda: driver.find_elements(By.XPATH, "//h1[.='Not recorded yet']"), "it is open again")
    driver.find_element(By.ID, "item-1").clear()
    hand.type("#item-1", "25")
    press("Go on")
    wait(driver, lambda: driver.find_elements(By.ID, "guess-30"), "on to the guess")
    checks.that(driver.find_element(By.ID, "guess-30").is_selected(), "the guess of before is there")
    press("Record")
    wait(driver, lambda: driver.find_elements(By.XPATH, "//h1[.='Recorded']"), "it is recorded")
    wait(driver, lambda: stored(driver) == 0, "and leaves the device", 60)
    made = entries(trial)[before:]
    checks.same([entry["event"] for entry in made], ["deviation", "check-in"], "in the order of the filling in")
    checks.same(made[1]["body"]["kit"], kit, "with the kit that was said to be taken")
    checks.same(made[1]["body"]["guess"]["percent"], 30, "and the guess that was made first")
    server.stop()


def requests_of(driver, path):
    """The text of a page, asked for by the page that is open."""
    return driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then(answer => answer.text()).then(done)", path)


def offline(checks, driver, looker, binary, trial):
    """The server is gone: what is filled in waits on the device, and is recorded once when it is back."""
    server = Server(binary, trial, at(4))
    driver.get(f"{server.address}/pair?code={server.code}")
    driver.get(server.address)
    wait_for_the_app(driver, "/offline")
    before = len(entries(trial))
    port = server.port
    server.kill()

    # A page that is opened now is the device's own.
    driver.get(f"http://127.0.0.1:{port}/")
    checks.same(heading(driver), "No connection", "the form without a server")
    checks.that("zorblax" not in driver.page_source, "it names no arm")
    looker.look("offline")
    hand = Hand(driver)
    driver.execute_script(
        "const list = document.querySelector('select[data-days]');"
        "list.value = [...list.options].find(o => o.dataset.day === '2031-03-06').value")
    hand.tap("label[for=item-0-4]")
    hand.type("#item-1", "25")
    hand.tap("label[for=item-2-skip]")
    hand.tap(f"#item-{LINE}-line")
    hand.tap(f"label[for=item-{WORDS}-1]")
    for place in (BED, ASLEEP, SIGNS, ALERT, CODE):
        hand.tap(f"label[for=item-{place}-skip]")
    button = driver.find_element(By.XPATH, "//button[normalize-space()='Go on']")
    button.click()
    wait(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "label[for=guess-30]"), "the guess, after the ratings")
    hand.tap("label[for=guess-30]")
    driver.find_element(By.XPATH, "//button[normalize-space()='Record']").click()
    wait(driver, lambda: "1 entry waits" in kept(driver), "it waits on the device")
    looker.look("offline-kept")

    # A side effect too, and the browser's page is thrown away: nothing is lost.
    driver.get(f"http://127.0.0.1:{port}/event")
    wait(driver, lambda: "1 entry waits" in kept(driver), "still there on another page")
    hand.type("#term", "headache")
    hand.tap("label[for=severity-mild]")
    driver.find_element(By.XPATH, "//button[normalize-space()='Record']").click()
    wait(driver, lambda: "2 entries wait" in kept(driver), "two wait")
    checks.same(len(entries(trial)), before, "nothing is in the journal yet")

    # Back, but killed in the midst of it once more; then for good.
    server = Server(binary, trial, at(4, "22:00:00"), port=port)
    time.sleep(0.2)
    server.kill()
    server = Server(binary, trial, at(4, "22:00:00"), port=port)
    driver.get(f"http://127.0.0.1:{port}/status")
    wait(driver, lambda: stored(driver) == 0, "all are sent", 60)
    wait(driver, lambda: not kept(driver), "and nothing is said of them any more")
    for _ in range(3):
        driver.get(f"http://127.0.0.1:{port}/")
    made = entries(trial)[before:]
    checks.same(sorted(entry["event"] for entry in made), ["adverse-event", "check-in"], "each once")
    checks.that(len({entry["form"] for entry in made}) == 2, "by their tokens")
    checks.same([entry["body"]["slot"] for entry in made if entry["event"] == "check-in"], [4], "of its slot")

    # A mistake that was made without a server is mended when it is back.
    server.kill()
    driver.get(f"http://127.0.0.1:{port}/deviation")
    hand.tap("label[for=kind-other]")
    hand.type("#kit", "ABC")
    hand.type("#reason", "in a hurry")
    driver.find_element(By.XPATH, "//button[normalize-space()='Record']").click()
    wait(driver, lambda: "1 entry waits" in kept(driver), "the mistake waits")
    server = Server(binary, trial, at(4, "23:00:00"), port=port)
    driver.get(f"http://127.0.0.1:{port}/")
    wait(driver, lambda: "refused" in kept(driver), "the mistake is said", 60)
    driver.find_element(By.XPATH, "//button[.='Open it again']").click()
    wait(driver, lambda: driver.find_elements(By.ID, "kit"), "it is open again")
    checks.same(driver.find_element(By.ID, "reason").get_attribute("value"), "in a hurry", "as it was typed")
    driver.find_element(By.ID, "kit").clear()
    driver.find_element(By.XPATH, "//button[normalize-space()='Record']").click()
    wait(driver, lambda: heading(driver) == "Recorded", "it is recorded", 60)
    wait(driver, lambda: stored(driver) == 0, "and leaves the device", 60)
    checks.same(entries(trial)[-1]["event"], "deviation", "as a departure")

    # What is refused stays on the device with its reason, until it is thrown away.
    server.kill()
    driver.get(f"http://127.0.0.1:{port}/event")
    hand.type("#term", "late")
    hand.tap("label[for=severity-mild]")
    driver.find_element(By.XPATH, "//button[normalize-space()='Record']").click()
    wait(driver, lambda: "1 entry waits" in kept(driver), "it waits")
    locked = run(binary, "lock", trial, "--reason", "over", "--clock", at(5))
    checks.same(locked.returncode, 0, f"lock: {locked.stderr}")
    server = Server(binary, trial, at(6), port=port)
    # The lock has ended all sessions: this browser is let in anew.
    driver.get(f"http://127.0.0.1:{port}/pair?code={server.code}")
    driver.get(f"http://127.0.0.1:{port}/")
    wait(driver, lambda: "refused" in kept(driver), "what was refused is said", 60)
    checks.that("locked" in kept(driver), f"with its reason: {kept(driver)}")
    looker.look("offline-refused")
    driver.find_element(By.XPATH, "//button[.='Throw it away']").click()
    driver.switch_to.alert.accept()
    wait(driver, lambda: stored(driver) == 0, "until it is thrown away")
    server.stop()


def check(checks, binary, chromium, chromedriver, axe, pictures):
    with tempfile.TemporaryDirectory() as folder:
        trial = seal(binary, folder, items=ITEMS)
        driver = pages.open_browser(chromium, chromedriver)
        looker = pages.Looker(driver, checks, axe, pictures, VIEWS)
        kinds(checks, driver, looker, binary, trial)
        without_script(checks, driver, binary, trial)
        order(checks, driver, looker, binary, trial)
        offline(checks, driver, looker, binary, trial)
        driver.quit()
        checks.that(os.path.exists(os.path.join(trial, "journal.sqlite")), "the journal is there")
        verified = run(binary, "verify", trial)
        checks.that("ok     journal" in verified.stdout, f"verify: {verified.stdout}{verified.stderr}")
