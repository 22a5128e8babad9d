"""`selfblind serve` on a sealed trial, started and ended by number, and a bare visitor of its pages."""

import atexit
import os
import re
import secrets
import signal
import sqlite3
import subprocess
import urllib.parse

from program import Visitor

FIRST = "2031-03-03"


def run(binary, *arguments):
    return subprocess.run([binary, *arguments], capture_output=True, text=True)


def seal(binary, folder, name="trial", items="", template="caffeine"):
    """A sealed trial of 28 slots in two arms, from 2031-03-03 on, in Berlin.

    items: more items, as lines of the protocol.
    """
    trial = os.path.join(folder, name)
    key = os.path.join(folder, "passphrase")
    with open(key, "w") as file:
        file.write("correct horse battery staple\n")
    made = run(
        binary, "new", trial, "--template", template, "--title", "Caffeine <and> focus",
        "--start", FIRST, "--zone", "Europe/Berlin", "--arm", "zorblax", "--arm", "quivven",
        "--emergency-contact", "Dr. Weiss, 030 1234", "--stopping-rule", "palpitations",
        "--clinician-asked", "yes", "--lawful", "yes")
    if made.returncode:
        raise RuntimeError(f"new: {made.stderr}")
    if items:
        path = os.path.join(trial, "protocol.yaml")
        with open(path) as file:
            text = file.read()
        if text.count("\nguess:") != 1:
            raise RuntimeError("the template has no guess to put items before")
        with open(path, "w") as file:
            file.write(text.replace("\nguess:", f"\n{items}guess:"))
    made = run(binary, "seal", trial, "--custody", "self", "--passphrase-file", key)
    if made.returncode:
        raise RuntimeError(f"seal: {made.stderr}")
    return trial


class Server:
    """The command on a free port, with its clock at an instant where one is given."""

    def __init__(self, binary, trial, clock=None, port=0, options=()):
        arguments = [binary, "serve", trial, "--port", str(port), *options]
        if clock:
            arguments += ["--clock", clock]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)  # also when a check breaks off
        line = self.process.stdout.readline()
        match = re.fullmatch(r"open (https?)://[^/:]+:(\d+)/pair\?code=([0-9A-Z-]+)\n", line)
        if not match:
            self.process.kill()
            raise RuntimeError(f"selfblind serve said {line!r}")
        self.scheme, self.port, self.code = match.group(1), int(match.group(2)), match.group(3)
        self.address = f"{self.scheme}://127.0.0.1:{self.port}"

    def kill(self):
        """As when the power goes."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """As with control-C; gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)

    def resident(self):
        """Resident memory in MB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


class Participant(Visitor):
    """Fills the participant's forms, over plain HTTP."""

    def __init__(self, server):
        super().__init__(server.port)
        self.pair(server.code)
        self.token = re.search(r'name="form-token" value="([0-9a-f]+)"', self.page("/event").text).group(1)

    def fill(self, path, fields, once=None, headers=None):
        """Sends a form; its own token is new unless one is given."""
        fields = dict({"form-token": self.token, "once": once or secrets.token_hex(16)}, **fields)
        return self.send(
            "POST", path, urllib.parse.urlencode(fields),
            dict({"Content-Type": "application/x-www-form-urlencoded"}, **(headers or {})))


def rating(slot, focus=6):
    """A full form of the template's items, with its guess."""
    return {"slot": slot, "answer-focus": focus, "answer-restless": 20, "skip-notes": "yes", "guess": 60}


def entries(trial):
    """The stored entries, as SQLite has them."""
    import json
    database = sqlite3.connect(os.path.join(trial, "journal.sqlite"))
    try:
        return [json.loads(row[0]) for row in
                database.execute("SELECT body FROM entry ORDER BY position")]
    finally:
        database.close()
