"""`selfblind pack --browser --home-network`, from another address of this machine, as a phone would come."""

import http.client
import os
import re
import subprocess
import tempfile

from selenium.webdriver.common.by import By

import sheets
from command import Command, run, sealed
from pages import Looker, enter, heading, open_browser, press, said
from program import Visitor


class HomeCommand:
    """The command, open to the home network."""

    def __init__(self, binary, trial):
        self.process = subprocess.Popen(
            [binary, "pack", trial, "--browser", "--home-network", "--port", "0"],
            stdout=subprocess.PIPE, text=True)
        self.addresses, line = [], self.process.stdout.readline()
        while match := re.fullmatch(r"open http://([\d.]+):(\d+)\n", line):
            self.addresses.append(match.group(1))
            self.port = int(match.group(2))
            line = self.process.stdout.readline()
        match = re.fullmatch(r"pairing code ([0-9A-Z-]+)\n", line)
        if not match:
            self.process.kill()
            raise RuntimeError(f"selfblind pack said {line!r}")
        self.code = match.group(1)
        self.warning = self.process.stdout.readline()
        # The picture of the code, for a phone's camera, where the terminal can show one.
        while self.warning.startswith("\x1b"):
            self.warning = self.process.stdout.readline()

    def stop(self):
        self.process.send_signal(2)
        self.process.stdout.read()
        return self.process.wait(timeout=20)


def is_reached(address, port):
    try:
        connection = http.client.HTTPConnection(address, port, timeout=5)
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return None


def another(driver, address, reader, used, folder):
    """The picture of a printed label that is not the used one."""
    _, pages = sheets.printed(driver, f"{address}/labels/sheet?format={sheets.SMALLEST}")
    for place in (0, 1):
        picture = sheets.label(pages[0], sheets.SMALLEST, place)
        path = os.path.join(folder, "label.png")
        picture.save(path)
        if sheets.read(reader, [path]) != [used]:
            return picture
    raise RuntimeError("two labels with one code")


def check(checks, binary, reader, chromium, chromedriver, axe, pictures, photograph):
    """photograph: gives the bytes of a photograph of the picture of a label."""
    with tempfile.TemporaryDirectory() as folder:
        trial = sealed(checks, binary, folder)
        home = HomeCommand(binary, trial)
        checks.that("use it at home only" in home.warning, f"a warning: {home.warning!r}")
        if not home.addresses:
            print("home network: this machine has no other address than its own loop", flush=True)
            home.stop()
            return
        address = home.addresses[0]
        checks.that(not address.startswith("127."), f"another address: {address}")

        stranger = Visitor(home.port, address)
        page = stranger.page()
        checks.that("Pairing code" in page.text and "caffeine" not in page.text.lower(),
                    "a stranger sees the pairing page and nothing of the trial")
        named = stranger.send("GET", "/", headers={"Host": f"my-computer.local:{home.port}"})
        checks.same(named.status, 403, "a name that anybody could have given")
        checks.that("Fill" not in named.text, "and it shows nothing")

        driver = open_browser(chromium, chromedriver)
        looker = Looker(driver, checks, axe, pictures)
        driver.get(f"http://{address}:{home.port}")
        looker.look("home-pairing")
        enter(driver, home.code.lower())
        checks.same(heading(driver), "Fill: placebo", "let in by the code, typed on a phone")
        looker.look("home-fill")
        visitor = Visitor(home.port, address)
        visitor.pair(home.code)
        sheet = visitor.page("/labels/sheet?format=L4731").text
        labels = ["".join(pair)
                  for pair in re.findall(r"<code><span>(\w+)</span><span>(\w+)</span></code>", sheet)]
        enter(driver, labels[0])
        checks.same(said(driver), "registered", "a typed code from another address")
        label = another(
            driver, f"http://{address}:{home.port}", reader, labels[0], folder)
        driver.get(f"http://{address}:{home.port}")
        path = os.path.join(folder, "photograph.jpg")
        with open(path, "wb") as file:
            file.write(photograph(label))
        driver.find_element(By.ID, "photograph").send_keys(path)
        press(driver, "Read the photograph")
        checks.same(said(driver), "registered", "a photograph from another address")
        looker.look("home-registered")
        driver.get(f"http://{address}:{home.port}/labels")
        checks.same(heading(driver), "Labels", "and its other pages")
        driver.quit()
        checks.same(home.stop(), 0, "control-C ends it")

        # Without the option nothing but this machine itself gets an answer.
        command = Command(binary, trial)
        checks.same(is_reached(address, command.port), None, "closed to the home network")
        checks.same(is_reached("127.0.0.1", command.port), 200, "open to this machine")
        visitor = Visitor(command.port)
        visitor.pair(command.code)
        checks.same(visitor.progress(), (2, 16), "what the phone has scanned is there")
        command.stop()
        checks.same(run(binary, "status", trial).returncode, 0, "the trial is as it was")
