"""`selfblind pack --browser` on a sealed trial: from the protocol to the record."""

import os
import re
import subprocess
import tempfile

from program import Visitor

PACKING = "packing:\n  by: participant\n  spares: 2\n"


def run(binary, *arguments):
    return subprocess.run([binary, *arguments], capture_output=True, text=True)


def sealed(checks, binary, folder, packing=PACKING):
    """A sealed trial of 28 slots and two arms, to be packed alone."""
    trial = os.path.join(folder, "trial")
    key = os.path.join(folder, "passphrase")
    with open(key, "w") as file:
        file.write("correct horse battery staple\n")
    made = run(
        binary, "new", trial, "--template", "caffeine", "--title", "Caffeine <and> focus",
        "--start", "2031-03-03", "--zone", "Europe/Berlin", "--arm", "placebo", "--arm",
        "caffeine", "--emergency-contact", "Dr. Weiss", "--stopping-rule", "palpitations",
        "--clinician-asked", "yes", "--lawful", "yes")
    checks.same(made.returncode, 0, f"new: {made.stderr}")
    with open(os.path.join(trial, "protocol.yaml"), "a") as file:
        file.write(packing)
    made = run(binary, "seal", trial, "--custody", "self", "--passphrase-file", key)
    checks.same(made.returncode, 0, f"seal: {made.stderr}")
    return trial


class Command:
    """The command on a free port."""

    def __init__(self, binary, trial):
        self.process = subprocess.Popen(
            [binary, "pack", trial, "--browser", "--port", "0"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.fullmatch(r"open http://127\.0\.0\.1:(\d+)/pair\?code=([0-9A-Z-]+)\n", line)
        if not match:
            self.process.kill()
            raise RuntimeError(f"selfblind pack said {line!r}")
        self.port, self.code = int(match.group(1)), match.group(2)

    def stop(self):
        self.process.send_signal(2)
        rest = self.process.stdout.read()
        return self.process.wait(timeout=20), rest


def check(checks, binary):
    with tempfile.TemporaryDirectory() as folder:
        trial = sealed(checks, binary, folder)
        for options, words in [
            (["--home-network"], "--home-network needs --browser"),
            (["--browser", "--port", "70000"], "--port is 0 to 65535"),
        ]:
            wrong = run(binary, "pack", trial, *options)
            checks.that(
                wrong.returncode == 64 and words in wrong.stderr, f"{options}: {wrong.stderr}")
        command = Command(binary, trial)
        taken = run(binary, "pack", trial)
        checks.that(
            taken.returncode == 2 and "another program is packing this trial" in taken.stderr,
            f"two programs at once: {taken.returncode} {taken.stderr}")
        visitor = Visitor(command.port)
        visitor.pair(command.code)
        sheet = visitor.page("/labels/sheet?format=L4731").text
        labels = ["".join(pair) for pair in
                  re.findall(r"<code><span>(\w+)</span><span>(\w+)</span></code>", sheet)]
        checks.that(len(labels) >= 32, f"{len(labels)} labels")
        number = 0
        while visitor.title().startswith("Fill"):
            for _ in range(visitor.progress()[1]):
                visitor.post("/scan", {"code": labels[number]})
                number += 1
            visitor.post("/next", {"sure": "yes"})
        # Stopped and started again in the middle.
        checks.same(command.stop(), (0, "control-C stops; nothing is lost\n"
                                     "stopped; what was answered is on the disk\n"), "control-C")
        command = Command(binary, trial)
        visitor = Visitor(command.port)
        visitor.pair(command.code)
        checks.same(visitor.title(), "Shuffle", "goes on where it was")
        visitor.post("/next", {"sure": "yes"})
        answers = {}
        for label in sorted(labels[:number]):
            visitor.post("/scan", {"code": label})
            answers[visitor.notice()[0]] = label
        checks.same(len(answers), number, "every kit has its own place")
        checks.same(len([a for a in answers if a.startswith("slot")]), 28, "28 slots")
        visitor.post("/next", {"sure": "yes"})
        visitor.post("/finish")
        checks.same(visitor.title(), "Packed", "the end")
        checks.that(not os.path.exists(os.path.join(trial, "packing.key")), "the key is destroyed")
        command.stop()
        done = run(binary, "pack", trial, "--browser")
        checks.same(
            (done.returncode, done.stdout), (0, "packed already; the record has it\n"), "once more")
        status = run(binary, "status", trial)
        checks.same(status.returncode, 0, f"status: {status.stderr}")
        taken = run(
            binary, "checkin", trial, "focus=6", "restless=20", "guess=60", "--skip", "notes",
            "--kit", answers["slot 1"], "--clock", "2031-03-03T21:00:00+01:00")
        checks.same(taken.returncode, 0, f"the kit of slot 1 at the dose: {taken.stderr}")
