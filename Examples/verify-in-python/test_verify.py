#!/usr/bin/env python3
"""Verifies a finished trial, then tampered copies of it: python3 test_verify.py FOLDER

Each copy must be refused with a sentence: with SHA256SUMS as it was, and (but for the reports and the
audit, which only the program can make again) with SHA256SUMS written again by whoever tampered. Who
takes a witness's word away and sums again has a trial with one witness less, and the transcript must
say so. Then trials that a forger signed anew under a key of his own. What a trial does not have is skipped, and
counted. Ends with a line of how many passed, failed and were skipped.
"""
import contextlib, copy, hashlib, io, json, os, re, shutil, subprocess, sys, tempfile
from pathlib import Path
sys.dont_write_bytecode = True
import thorough, verify
from forge import forge

# What only the program can make again; it finds another audit by the report that follows from it.
REPORTS = ("report.html", "report.json", "report.md", "audit.json")
passed = failed = skipped = 0

FORGED_MANIFESTS = {
    "another title": lambda manifest: manifest.update(title="x"),
    "another question": lambda manifest: manifest["items"][0].update(prompt="x"),
    "another time of sealing": lambda manifest: manifest["sealedAt"].update(
        instant="9999-12-31T23:59:59Z"),
    "another day": lambda manifest: manifest["schedule"]["occasions"][-1].update(day="2199-01-01"),
    "a slot less": lambda manifest: manifest["schedule"]["occasions"].pop(),
    "another window": lambda manifest: manifest["schedule"].update(entryWindow=14),
    "another contact": lambda manifest: manifest["safety"].update(emergencyContact="x"),
    "another root": lambda manifest: manifest["commitments"].update(planRoot="00" * 32),
    "another share": lambda manifest: manifest["commitments"].update(shareCommitment="00" * 32),
    "another protocol": lambda manifest: manifest["commitments"].update(protocolDigest="00" * 32),
    "a sealed file less": lambda manifest: manifest["commitments"]["sealedFiles"].popitem(),
    "another commitment": lambda manifest: manifest["commitments"].update(commitment="00" * 32),
    "another rule": lambda manifest: manifest["commitments"].update(mixing="string"),
    "a public value": lambda manifest: manifest["commitments"].update(publicValue="x"),
    "another count": lambda manifest: manifest["commitments"].update(abandonedSealings=1),
    "another custody": lambda manifest: manifest["commitments"].update(custody="nobody"),
}

FORGED_COMMITMENTS = {
    "another custody": lambda promised: promised["custody"].update(kind="envelope"),
    "another second key": lambda promised: promised["custody"].update(second="page"),
    "a threshold": lambda promised: promised["custody"].update(helpers=[], needed=2),
    "another rule": lambda promised: promised.update(mixing={"rule": "string"}),
    "a rule with more": lambda promised: promised["mixing"].update(beacon="x"),
    "another share": lambda promised: promised.update(shareCommitment="00" * 32),
    "a later time": lambda promised: promised["committedAt"].update(instant="2199-01-01T00:00:00Z"),
    "a file less": lambda promised: promised["sealedFiles"].popitem(),
    "another trial": lambda promised: promised.update(trial="00" * 8),
    "another count": lambda promised: promised.update(abandonedSealings=1),
    "a recipient that is none": lambda promised: promised["custody"].update(recipients=["age1x"]),
}


def exchange_kits(manifest):
    first, *_, last = manifest["schedule"]["occasions"]
    first["kit"], last["kit"] = last["kit"], first["kit"]


def only_ends(entries):
    del entries[1:-1]


FORGED_ENTRIES = {
    "another opening": lambda entries: entries[0]["body"].update(digest="00" * 32),
    "no lock": lambda entries: entries.pop(),
    "two locks": lambda entries: entries.append(entries[-1]),
    "opened twice": lambda entries: entries.insert(1, entries[0]),
    "no reason for the lock": lambda entries: entries[-1]["body"].update(reason=" "),
    "a clock that goes back": lambda entries: entries[-1].update(at=entries[0]["at"]),
    "too late": lambda entries: checked_in(entries).update(
        at={**entries[-1]["at"], "instant": "2190-01-01T00:00:00Z"}),
    "too early": lambda entries: checked_in(entries).update(
        at={**entries[0]["at"], "instant": "1990-01-01T00:00:00Z"}),
    "no such slot": lambda entries: checked_in(entries)["body"].update(slot=4001),
    "another kit": lambda entries: checked_in(entries)["body"].update(kit="2222222"),
    "an answer less": lambda entries: checked_in(entries)["body"]["answers"].popitem(),
    "an answer more": lambda entries: checked_in(entries)["body"]["answers"].update(
        x={"skipped": ""}),
    "an answer of another kind": lambda entries: (
        lambda answers, name: answers.update({name: {"choice": "5"}}))(*a_number(entries)),
    "an answer out of range": lambda entries: (
        lambda answers, name: answers.update({name: {"number": "99999999"}}))(*a_number(entries)),
    "no guess": lambda entries: checked_in(entries)["body"].pop("guess"),
    "a guess out of range": lambda entries: checked_in(entries)["body"]["guess"].update(percent=101),
    "an unknown event": lambda entries: checked_in(entries).update(event="x"),
}


class Unfit(Exception):
    """A change that this trial has no place for."""


def packed(entries):
    """The entry that packing alone leaves."""
    for entry in entries:
        if entry["event"] == "packed":
            return entry
    raise Unfit


def packed_body(entries):
    return packed(entries)["body"]


def matching_result(entries):
    """The result of the last matching test."""
    for entry in reversed(entries):
        if entry["event"] == "matching" and "result" in entry["body"]:
            return entry["body"]["result"]
    raise Unfit


def deviation(entries, kind):
    for entry in entries:
        if entry["event"] == "deviation" and entry["body"]["kind"] == kind:
            return entry
    raise Unfit


def exchange(codes):
    codes[0], codes[-1] = codes[-1], codes[0]


FORGED_ENTRIES.update({
    # What a forger signs anew can only be found where it contradicts something else.
    "a kit of another trial": lambda entries: packed_body(entries)["kits"].__setitem__(-1, "2222222"),
    "one kit twice": lambda entries: packed_body(entries)["kits"].__setitem__(
        -1, packed_body(entries)["kits"][0]),
    "a packed kit less": lambda entries: packed_body(entries)["kits"].pop(),
    "kits of two doses exchanged": lambda entries: exchange(packed_body(entries)["kits"]),
    "a spare that is none": lambda entries: packed_body(entries)["spares"][0].update(spare=99),
    "packed twice": lambda entries: entries.insert(-1, packed(entries)),
    "never packed": lambda entries: entries.remove(packed(entries)),
    "a matching test counted wrong": lambda entries: matching_result(entries).update(
        right=(matching_result(entries)["right"] + 1) % 3),
    "another order of the cups": lambda entries: matching_result(entries).update(secret="00" * 32),
    "a matching answer less": lambda entries: matching_result(entries)["answers"].pop(),
    "a spare's code that is none": lambda entries: deviation(entries, "spare-kit")["body"].update(
        kit="2222222"),
    "no kit and no word of it": lambda entries: checked_in(entries)["body"].pop("kit"),
    "a spare used twice": lambda entries: turned(entries, "spare-kit", "spare-kit"),
})

FORGED_MANIFESTS.update({
    "another label": lambda manifest: manifest["packing"]["labels"].__setitem__(0, "2222222"),
    "labels in another order": lambda manifest: manifest["packing"]["labels"].reverse(),
    "more kits": lambda manifest: manifest["packing"].update(kits=99),
    "another packer": lambda manifest: manifest["packing"].update(by="helper"),
    "an easier matching test": lambda manifest: manifest["packing"]["matching"].update(mostRight=6),
    "another label of a cup": lambda manifest: manifest["packing"]["cups"].__setitem__(0, "2222222"),
})


def turned(entries, was, kind, **body):
    """A copy of a departure made into one of another kind, at the time of the last before the lock."""
    entry = copy.deepcopy(deviation(entries, was))
    entry["body"].update(kind=kind, **body)
    entries.insert(-1, entry | {"at": entries[-2]["at"]})


def kit_of_another(entries, kind):
    """The kit that another slot's check-in names."""
    slot = deviation(entries, "missed-dose")["body"]["slot"]
    kit = next(entry["body"]["kit"] for entry in entries if entry["event"] == "check-in"
               and entry["body"]["slot"] != slot and "kit" in entry["body"])
    turned(entries, "missed-dose", kind, kit=kit)


FORGED_ENTRIES.update({
    "a kit that another slot's check-in names": lambda entries: kit_of_another(entries, "wrong-kit"),
    "another slot's kit, lost at this one": lambda entries: kit_of_another(entries, "lost-kit"),
    "another slot's kit, in part": lambda entries: kit_of_another(entries, "partial-dose"),
    "a dose missed of no slot": lambda entries: deviation(entries, "missed-dose")["body"].pop("slot"),
    "a reason that steers a terminal": lambda entries: [
        entry for entry in entries if entry["event"] == "deviation"][0]["body"].update(reason="a\x1b[2J"),
    "a side effect of another age": lambda entries: [
        entry for entry in entries if entry["event"] == "adverse-event"][0]["body"].update(
            onset="0001-01-01"),
})


def checked_in(entries):
    """The first check-in."""
    for entry in entries:
        if entry["event"] == "check-in":
            return entry
    raise Unfit


def a_number(entries):
    """The answers of the first check-in, and an item of them that is a number."""
    answers = checked_in(entries)["body"]["answers"]
    for name, answer in answers.items():
        if "number" in answer:
            return answers, name
    raise Unfit


def changing(change):
    """The same change, which has to change something."""
    def apply(value):
        before = verify.canonical(value)
        try:
            change(value)
        except (LookupError, TypeError):
            raise Unfit from None
        if verify.canonical(value) == before:
            raise Unfit
    return apply


def record(name, problem):
    global passed, failed
    passed, failed = passed + (not problem), failed + bool(problem)
    if problem:
        print(f"FAILED  {name}: {problem}")


def run(folder):
    """The exit status and the transcript; an exception is a fault of the verifier."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = thorough.main([str(folder)])
    return status, said.getvalue()


def sum_again(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    names = sorted(path.relative_to(folder).as_posix().encode() for path in paths)
    lines = [hashlib.sha256((folder / os.fsdecode(name)).read_bytes()).hexdigest().encode()
             + b"  " + name + b"\n" for name in names]
    (folder / "SHA256SUMS").write_bytes(b"".join(lines))


def witnesses(said):
    """The line of a transcript that says what others have seen."""
    return next(line for line in said.splitlines() if re.match(r"\S+ +witness", line))


def attempt(original, place, name, change, also_summed=True, fewer_than=None):
    """Refused, each time, in one sentence; `change` gets the folder of a fresh copy.

    With `fewer_than`, summed again it may also verify with another line on witnesses than that.
    """
    for again in (False, True) if also_summed else (False,):
        folder = place / "copy"
        shutil.copytree(original, folder)
        title = name + (", summed again" if again else "")
        try:
            change(folder)
            if again:
                sum_again(folder)
            status, said = run(folder)
            last = said.splitlines()[-1] if said else ""
            problem = None if status == 2 and last.startswith("refused ") else f"{status}: {last}"
            if again and fewer_than and status == 0 and witnesses(said) != fewer_than:
                problem = None
        except Unfit:
            global skipped
            skipped += 1
            shutil.rmtree(folder)
            continue
        except Exception as fault:
            problem = f"raised {fault!r}"
        record(title, problem)
        shutil.rmtree(folder)


def rewrite(path, change):
    """Changes the bytes of one file in a copy."""
    def apply(folder):
        before = (folder / path).read_bytes()
        after = change(before)
        assert after != before, "the file was not changed"
        (folder / path).write_bytes(after)
    return apply


def flipped(index):
    return lambda data: data[:index] + bytes([data[index] ^ 1]) + data[index + 1:]


def line_changes(lines):
    """Named changes of a text at its first, its middle and its last line."""
    for at in sorted({0, len(lines) // 2, len(lines) - 1}):
        yield f"line {at + 1} dropped", b"".join(lines[:at] + lines[at + 1:])
        yield f"line {at + 1} doubled", b"".join(lines[:at + 1] + lines[at:])
        if at and lines[at - 1] != lines[at]:
            swapped = lines[:at - 1] + [lines[at], lines[at - 1]] + lines[at + 1:]
            yield f"lines {at} and {at + 1} swapped", b"".join(swapped)


def change_json(path, change):
    """Changes a JSON file and writes it in its one form."""
    def apply(data):
        value = json.loads(data)
        change(value)
        return verify.canonical(value) + b"\n"
    return rewrite(path, apply)


def swap_arms(opened):
    first = next(slot for slot in opened["plan"] if slot["arm"] != opened["plan"][0]["arm"])
    first["arm"], opened["plan"][0]["arm"] = opened["plan"][0]["arm"], first["arm"]


def second_signature(data):
    return data + data.splitlines(keepends=True)[-1]


def loose_base64(data):
    """The same signature bytes in a text that a careless reader takes too."""
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert data.endswith(b"=\n") and not data.endswith(b"==\n")
    return data[:-3] + bytes([letters[letters.index(data[-3:-2]) + 1]]) + data[-2:]


def main(original):
    files = sorted(path.relative_to(original).as_posix() for path in original.rglob("*")
                   if path.is_file())
    for program in (verify, thorough):
        name = Path(program.__file__).name
        done = subprocess.run([sys.executable, program.__file__, original],
                              capture_output=True, text=True)
        is_fine = done.returncode == 0 and not done.stderr
        if program is verify and "thorough.py draws it" in done.stdout:
            is_fine = True  # a scheme that is not one of the common ones
        record(f"the trial itself, {name}", None if is_fine else done.stdout + done.stderr)
        print(f"{name}\n{done.stdout}", end="")
    seen = witnesses(run(original)[1])
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        for path in files:
            data = (original / path).read_bytes()
            summed = path not in REPORTS and path != "SHA256SUMS"  # see README.md
            for index in sorted({0, len(data) // 2, len(data) - 1}):
                attempt(original, place, f"{path}: byte {index}",
                        rewrite(path, flipped(index)), summed)
            attempt(original, place, f"{path}: removed", lambda folder: (folder / path).unlink(),
                    summed and not path.startswith("code-breaks/"),
                    fewer_than=seen if path.startswith("witness/") else None)
            if not path.endswith((".age", ".sqlite")):
                for name, after in line_changes(data.splitlines(keepends=True)):
                    attempt(original, place, f"{path}: {name}",
                            rewrite(path, lambda _: after), summed)
        for path in ("sealed/more", "recorder.key", "journal.sqlite-wal"):
            attempt(original, place, f"{path}: added",
                    lambda folder: (folder / path).write_text("x"))
        attempt(original, place, "a stray file",
                lambda folder: (folder / "notes.txt").write_text("x"), False)
        attempt(original, place, "a link instead of the protocol", lambda folder: (
            (folder / "protocol.yaml").rename(place / "protocol.yaml"),
            (folder / "protocol.yaml").symlink_to(place / "protocol.yaml")))
        for name, change in {"signed twice": second_signature,
                             "loose base64": loose_base64}.items():
            attempt(original, place, f"journal.checkpoint: {name}",
                    rewrite("journal.checkpoint", change))
        for name, change in {
                "two slots exchanged": swap_arms,
                "a slot less": lambda opened: opened["plan"].pop(),
                "share in capitals": lambda opened: opened.update(share=opened["share"].upper()),
                "another seed": lambda opened: opened.update(seed="00" * 32),
                "another journal": lambda opened: opened.update(journalRoot="00" * 32),
                "a key more": lambda opened: opened.update(remark="x"),
                "a slot's number as truth": lambda opened: opened["plan"][0].update(slot=True),
                "no share": lambda opened: opened.pop("share"),
                "plan of a wrong type": lambda opened: opened.update(plan=7),
                "newer format": lambda opened: opened.update(format="selfblind/unblinding/v2"),
        }.items():
            attempt(original, place, f"unblinding.json: {name}",
                    change_json("unblinding.json", change))
        again = place / "again"
        shutil.copytree(original, again)
        forge(again)
        sum_again(again)
        status, said = run(again)
        is_witnessed = any(path.startswith("witness/") for path in files)  # seal 8
        record("forged without a change", None if (status == 2) == is_witnessed else said)
        for name, change in FORGED_MANIFESTS.items():
            attempt(original, place, f"forged manifest: {name}", lambda folder: (
                forge(folder, change_manifest=changing(change)), sum_again(folder)), False)
        attempt(original, place, "forged manifest: kits exchanged", lambda folder: (
            forge(folder, changing(exchange_kits), only_ends), sum_again(folder)), False)
        for name, change in FORGED_COMMITMENTS.items():
            attempt(original, place, f"forged commitment: {name}", lambda folder: (
                forge(folder, change_commitment=changing(change)), sum_again(folder)), False)
        for name, change in FORGED_ENTRIES.items():
            attempt(original, place, f"forged journal: {name}", lambda folder: (
                forge(folder, change_entries=changing(change)), sum_again(folder)), False)
        for path in (path for path in files if path.startswith("code-breaks/")):
            opened = json.loads((original / "unblinding.json").read_text())
            arms = {slot["arm"] for slot in opened["plan"]}
            for name, change in {
                    "the other arm": lambda broken: broken.update(
                        arm=(arms - {broken["arm"]}).pop()),
                    "another slot": lambda broken: broken.update(slot=broken["slot"] - 1),
                    "a proof too short": lambda broken: broken["proof"].pop(),
                    "a proof too long": lambda broken: broken["proof"].append("00" * 32),
                    "another entry": lambda broken: broken["receipt"].update(
                        index=broken["receipt"]["index"] - 1),
                    "an index from the end": lambda broken: broken["receipt"].update(index=-1),
                    "an entry in capitals": lambda broken: broken["receipt"].update(
                        entry=broken["receipt"]["entry"].upper()),
                    "a key more": lambda broken: broken.update(remark="x"),
                    "no receipt": lambda broken: broken.pop("receipt"),
            }.items():
                attempt(original, place, f"{path}: {name}", change_json(path, change))
            attempt(original, place, f"{path}: renamed",
                    lambda folder: (folder / path).rename(folder / "code-breaks/slot-9999.json"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python3 test_verify.py FOLDER")
    sys.exit(main(Path(sys.argv[1])))
