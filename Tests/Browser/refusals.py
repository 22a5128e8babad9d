"""Bad input and bad luck, over plain HTTP: clear, resumable, nothing lost, nothing shown."""

import json
import os
import re
import secrets
import tempfile
import threading

from program import FOREIGN, Visitor, Wizard

REFUSED = "not done"


def paired(wizard):
    visitor = Visitor(wizard.port)
    visitor.pair(wizard.code)
    return visitor


def wrong_character(code):
    """The code with its third character replaced by its neighbour in the alphabet."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
    place = alphabet.index(code[2])
    return code[:2] + alphabet[(place + 1) % 31] + code[3:]


def gate(checks, wizard):
    stranger = Visitor(wizard.port)
    page = stranger.page()
    checks.that("Pairing code" in page.text, "a stranger sees the pairing page")
    checks.that("Fill" not in page.text, "the pairing page shows nothing of the trial")
    for path in ("/labels", "/labels/sheet?format=L4731", "/nothing"):
        checks.same(stranger.page(path).text, page.text, f"a stranger sees the same at {path}")
    checks.same(stranger.pair("2222-2222").status, 403, "a wrong pairing code")
    visitor = Visitor(wizard.port)
    answer = visitor.pair(wizard.code.lower().replace("-", " "))
    checks.same((answer.status, answer.headers["location"]), (303, "/"), "the pairing code")
    cookie = answer.headers["set-cookie"]
    checks.that("HttpOnly" in cookie and "SameSite=Strict" in cookie, "the cookie is guarded")

    home = visitor.page()
    policy = home.headers["content-security-policy"]
    checks.same(
        policy,
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'", "the content security policy")
    for name, value in {
        "cache-control": "no-store", "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }.items():
        checks.same(home.headers.get(name), value, name)
    checks.that("<script" not in home.text and " style=" not in home.text, "no script, no style")
    checks.that("//" not in home.text.replace("<!DOCTYPE", ""), "no address of another site")

    foreign = visitor.send("GET", "/", headers={"Host": f"evil.example:{wizard.port}"})
    checks.same(foreign.status, 403, "a foreign name that points here")
    checks.that("Fill" not in foreign.text, "and it shows nothing")
    hidden = visitor.hidden()
    scan = {"code": wizard.labels[0]}
    for what, headers in {
        "another site's form": {"Origin": "http://evil.example"},
        "a form from nowhere": {"Origin": "null"},
        "a form across sites": {"Sec-Fetch-Site": "cross-site"},
    }.items():
        checks.same(visitor.post("/scan", scan, headers, hidden).status, 403, what)
    checks.same(
        visitor.post("/scan", scan, hidden=dict(hidden, **{"form-token": "0" * 64})).status, 403,
        "a wrong token")
    checks.same(visitor.send("DELETE", "/").status, 405, "another method")
    checks.same(
        visitor.send("POST", "/scan", b"{}", {"Content-Type": "application/json"}).status, 400,
        "what is no form")
    checks.same(visitor.post("/scam").status, 404, "a form to nowhere")
    checks.same(visitor.page("/nothing").status, 404, "no such page")
    checks.same(visitor.progress(), (0, 5), "none of it has changed anything")


def scans(checks, wizard, good, unreadable, two):
    """Wrong labels and wrong files, while kits of the first arm are filled."""
    visitor = paired(wizard)
    labels = wizard.labels
    refused = [
        (lambda: visitor.post("/scan", {"code": wrong_character(labels[0])}),
         "has a wrong character"),
        (lambda: visitor.post("/scan", {"code": FOREIGN}), "is not of this trial"),
        (lambda: visitor.post("/scan", {"code": ""}), "no code"),
        (lambda: visitor.post("/scan", {"code": "<b>" * 6}), "has a wrong character"),
        (lambda: visitor.upload("/photograph", b""), "no photograph"),
        (lambda: visitor.upload("/photograph", b"a letter to a friend"), "no picture"),
        (lambda: visitor.upload("/photograph", b"%PDF-1.7 " + b"x" * 5000), "a PDF"),
        (lambda: visitor.upload("/photograph", good[: len(good) // 40]), "The photograph: found"),
        (lambda: visitor.upload("/photograph", unreadable), "no label"),
        (lambda: visitor.upload("/photograph", two), "found 2 labels"),
        (lambda: visitor.upload("/photograph", b"\xff\xd8\xff" + secrets.token_bytes(19_900_000)),
         "The photograph: found a damaged picture"),
    ]
    for act, words in refused:
        checks.same(act().status, 303, f"an answer where {words} is said")
        word, sentence = visitor.notice()
        checks.that(word == REFUSED and words in (sentence or ""),
                    f"expected {words!r}, found {word!r} {sentence!r}")
        checks.same(visitor.progress(), (0, 5), f"nothing has changed where {words} is said")
    for size in (25, 60):
        large = visitor.upload("/photograph", secrets.token_bytes(size * 1_000_000))
        checks.same(large.status, 303, f"an upload of {size} MB leads back to the step")
        word, sentence = visitor.notice()
        checks.that(word == REFUSED and f"found {size} MB, expected at most 20 MB" in sentence,
                    f"says that {size} MB are too many, found {word!r} {sentence!r}")
        checks.same(visitor.progress(), (0, 5), "and changes nothing")

    visitor.post("/scan", {"code": labels[0].lower()})
    checks.same(visitor.notice()[0], "registered", "small letters are forgiven")
    visitor.post("/scan", {"code": labels[0]})
    checks.same((visitor.notice()[0], visitor.progress()), ("known already", (1, 5)), "a label twice")
    visitor.post("/undo", {"scan": "1"})
    checks.same((visitor.notice()[0], visitor.progress()), ("taken back", (0, 5)), "taken back")
    visitor.post("/next", {"sure": "yes"})
    checks.same(visitor.notice()[0], REFUSED, "going on before all are filled")
    old = visitor.hidden()
    for label in labels[:5]:
        visitor.post("/scan", {"code": label})
    checks.same(visitor.title(), "Clear the bench", "after the last kit")
    visitor.post("/next")
    checks.that("Tick the box" in visitor.notice()[1], "going on without the box")
    visitor.post("/next", {"sure": "yes"})
    visitor.post("/scan", {"code": labels[5]}, hidden=old)
    checks.that("earlier step" in visitor.notice()[1], "a page that was left open")
    checks.same(visitor.progress(), (0, 5), "and nothing has changed")


def power(checks, binary, seed, rounds=12):
    """kill -9 while a scan is being answered: what was answered is there, and at most that one more."""
    with tempfile.TemporaryDirectory() as folder:
        wizard = Wizard(binary, folder, seed=seed)
        acknowledged = 0
        for turn in range(rounds):
            visitor = paired(wizard)
            step, progress = visitor.title(), visitor.progress()
            if progress is None:  # clear or shuffle
                visitor.post("/next", {"sure": "yes"})
                acknowledged = 0
                step, progress = visitor.title(), visitor.progress()
            checks.that(
                progress[0] in (acknowledged, acknowledged + 1),
                f"round {turn}: {acknowledged} were answered, found {progress}")
            done = progress[0]
            hidden = visitor.hidden()
            pool = wizard.labels[:13] if step == "Sort" else wizard.labels
            answered = []

            def shoot():
                for label in pool:
                    try:
                        visitor.post("/scan", {"code": label}, hidden=hidden)
                        answered.append(label)
                    except OSError:
                        return

            before = {name for name in os.listdir(folder)}
            thread = threading.Thread(target=shoot)
            thread.start()
            thread.join(timeout=0.004 * (turn % 5))
            wizard.kill()
            thread.join()
            checks.that(
                not [n for n in os.listdir(folder) if n.startswith("core")], "no core file")
            checks.that("packing.key" in before, "the key is there until the end")
            wizard = Wizard(binary, folder, seed=seed)
            fresh = paired(wizard)
            checks.that(fresh.page().text.count("<strong>") == 0, "no old answer after a restart")
            now = fresh.progress()
            if now is not None and fresh.title() == step:
                checks.that(now[0] >= done, f"round {turn}: nothing is lost")
                acknowledged = now[0]
            else:
                acknowledged = 0
        wizard.kill()


def shapes(checks, binary):
    """While sorting, a page is the same for kits of every arm but for the number in the answer."""
    with tempfile.TemporaryDirectory() as folder:
        wizard = Wizard(binary, folder, seed=9)
        visitor = paired(wizard)
        places = json.load(open(os.path.join(folder, "places.json")))
        kits = {}
        queue = list(wizard.labels)
        for arm, own in enumerate(places):
            for _ in own:
                label = queue.pop(0)
                visitor.post("/scan", {"code": label})
                kits[label] = arm
            visitor.post("/next", {"sure": "yes"})
        visitor.post("/next", {"sure": "yes"})
        checks.same(visitor.title(), "Sort", "all are filled")
        seen, shapes, lengths = {}, {}, {}
        order = sorted(kits, key=lambda label: label[::-1])
        for number, label in enumerate(order[:-2]):
            visitor.post("/scan", {"code": label})
            page = visitor.page().text
            for name in ("placebo", "caffeine", "nothing"):
                checks.that(name not in page, f"no name of an arm while sorting: {name}")
            checks.that(label not in page, "no code in an answer")
            word = visitor.notice()[0]
            kind, place = word.split(" ")
            place = int(place) + (10 if kind == "spare" else 0)
            checks.that(place in places[kits[label]], "a kit's place is its arm's")
            checks.that(place not in seen, "no place twice")
            seen[place] = label
            # How many are left follows from the count.
            page = re.sub(r"\d+ kits? (is|are) not sorted: (it is|they are) given up", "#", page)
            # The answer, the count and the number of the scan differ from kit to kit, whatever the arm.
            shape = re.sub(r"<strong>(slot|spare) \d+</strong>[^<]*", "<answer>", page)
            shape = re.sub(r'\d+ of 13|value="\d+"|scan \d+ back', "#", shape)
            shapes.setdefault(shape, set()).add(kits[label])
            lengths.setdefault(kind, set()).add(len(page) - len(word) - len(str(number + 1)) * 4)
        checks.same(len(shapes), 1, "one shape of page for all kits")
        checks.that(all(len(l) == 1 for l in lengths.values()), f"one length: {lengths}")
        first = order[0]
        visitor.post("/scan", {"code": first})
        checks.same(seen.get(int(visitor.notice()[0].split()[1])
                             + (10 if visitor.notice()[0].startswith("spare") else 0)), first,
                    "a kit that is scanned again gets the same answer")
        visitor.post("/next", {"sure": "yes"})
        checks.that("2 kits are not sorted" in visitor.notice()[1], "going on too early")
        checks.same(visitor.page("/labels").text.count("/labels/last"), 0, "two kits left: no reprint")
        visitor.post("/scan", {"code": order[-2]})
        checks.same(visitor.page("/labels").text.count("/labels/last"), 1, "one kit left: reprint")
        again = visitor.page("/labels/last?format=a4").text
        checks.that(again.count('<div class="label') == 1, "one label is printed again")
        visitor.post("/lost", {"sure": "yes"})
        word, sentence = visitor.notice()
        checks.that(word == "noted" or re.fullmatch(r"bring spare \d to slot \d+", word or ""),
                    f"a lost kit is replaced: {word!r} {sentence!r}")
        visitor.post("/next", {"sure": "yes"})
        checks.same(visitor.title(), "Finish", "the last step")
        visitor.post("/finish")
        checks.same(visitor.title(), "Packed", "the end")
        packed = json.load(open(os.path.join(folder, "packed.json")))
        checks.same(len(packed["kits"]), 10, "every slot has a kit")
        checks.that("packing.key" not in os.listdir(folder), "the key is destroyed")
        checks.that("packing" not in os.listdir(folder), "the register is gone")
        checks.same(wizard.stop(), 0, "control-C ends the program")
