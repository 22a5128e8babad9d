#!/usr/bin/env python3
"""Verifies a finished trial of SelfBlind from its folder alone: python3 verify.py FOLDER

protocol.py reads protocol.yaml, scheme.py draws, tree.py has digests, trees and signed heads,
record.py the rules of the journal, packing.py the codes, commitment.py what was promised before the draw. Written from
Documentation/Specifications; it shares no code with the program. A comment such as "seal 3" names a
document there and its section. Exit status: 0 verified, 2 refused.
"""
import json, re, sqlite3, sys
from pathlib import Path
sys.dont_write_bytecode = True  # no traces, not even beside this file
import commitment, packing, protocol as protocol_file, record, scheme as scheme_file
from packing import Words
from protocol import Refused, need
from tree import (canonical, hexed, hkdf, leaf_hash, open_note, root_by_proof, roots, sha,
                  u32)


def plan_leaf(trial, index, salt, arm):
    """seal 3"""
    name = arm.encode()
    return leaf_hash(b"selfblind/plan-leaf/v1\0" + trial + u32(index) + salt + bytes([len(name)])
                     + name.ljust(63, b"\0"))


# The checks, in the order of folder 3. Each gets the trial, adds to it, and returns its sentence.

class Trial:
    def __init__(self, folder):
        self.folder = Path(folder)

    def read(self, path):
        need((self.folder / path).is_file(), f"{path} is missing")
        return (self.folder / path).read_bytes()

    def read_json(self, path, form, keys):
        """A JSON file with exactly these keys, one line in its one form (folder 1.3)."""
        data = self.read(path)
        try:
            value = json.loads(data)
        except ValueError as fault:
            raise Refused(f"{path} is not JSON: {fault}") from None
        need(canonical(value) + b"\n" == data, f"{path} is not one line of JSON with sorted keys")
        need(value["format"] == form, f"{path} is of the format {value['format']!r}, not {form!r}")
        need(set(value) == {"format", "trial", *keys.split()}, f"{path} has other keys")
        return value


def check_files(trial):
    need(trial.folder.is_dir(), f"{trial.folder} is not a folder")
    found = {path.relative_to(trial.folder).as_posix(): path for path in trial.folder.rglob("*")
             if path.is_symlink() or not path.is_dir()}
    need(all(path.is_file() and not path.is_symlink() for path in found.values()),
         "there is something that is not a plain file")
    lines = trial.read("SHA256SUMS").decode().split("\n")
    need(lines.pop() == "", "SHA256SUMS does not end with a line feed")
    sums = [(line[66:], line[:64]) for line in lines if re.fullmatch("[0-9a-f]{64}  .+", line)]
    need(len(sums) == len(lines), "SHA256SUMS has a line that is not one of sha256sum")
    paths = [path.encode() for path, _ in sums]
    need(paths == sorted(set(paths)), "SHA256SUMS is not sorted by path, each path once")
    expected, present = {path for path, _ in sums}, set(found) - {"SHA256SUMS"}
    need(expected == present, "only in the sums or only in the folder: "
         + ", ".join(sorted(expected ^ present)))
    for path, digest in sums:
        need(sha(trial.read(path)).hex() == digest, f"{path} has another digest in SHA256SUMS")
    return f"{len(sums)} files have the digests in SHA256SUMS, and no other file is there"


def check_seal(trial):
    trial.manifest = manifest = trial.read_json("manifest.json", "selfblind/manifest/v1", (
        "commitments items recorderKey safety schedule sealedAt simulated title"
        + (" guessPrompt" if b'"guessPrompt"' in trial.read("manifest.json") else "")
        + (" packing" if b'"packing":' in trial.read("manifest.json") else "")))
    trial.commitments = commitments = manifest["commitments"]
    trial.id = hexed(manifest["trial"], 8)
    trial.protocol_digest = sha(trial.read("protocol.yaml"))
    need(trial.protocol_digest.hex() == commitments["protocolDigest"],
         "protocol.yaml is not the sealed one")
    trial.protocol = protocol = protocol_file.read_protocol(trial.read("protocol.yaml"))
    occasions = manifest["schedule"]["occasions"]
    days = protocol_file.days(protocol["schedule"], len(occasions))
    expected = protocol_file.form(protocol) | {"schedule": {
        "entryWindow": int(protocol["schedule"].get("entryWindow", 0)),
        "zone": protocol["schedule"]["zone"],
        "occasions": [{"slot": slot, "day": day, "kit": occasion["kit"]}
                      for slot, (day, occasion) in enumerate(zip(days, occasions), 1)]}}
    for key in ("title", "items", "guessPrompt", "schedule", "safety"):
        need(canonical(manifest.get(key)) == canonical(expected.get(key)),
             f"{key} in the manifest is not what protocol.yaml says")
    need(scheme_file.scheme(protocol)[0] == len(occasions), "the scheme has other slots")
    record.instant_of(manifest["sealedAt"])
    names, trial.salt, has_cards = commitment.check(trial)
    names += packing.check(trial)
    for slot in range(1, len(occasions) + 1):
        names += [f"slot-{slot:04}.age"] + ([f"card-{slot:04}.age"] if has_cards else [])
    sealed = commitments["sealedFiles"]
    present = sorted(path.name for path in (trial.folder / "sealed").iterdir())
    need(sorted(sealed) == [f"sealed/{name}" for name in present] and present == sorted(names),
         "the folder sealed holds other files than the manifest names")
    for path, digest in sealed.items():
        need(sha(trial.read(path)).hex() == digest, f"{path} is not the sealed one")
    return (f"protocol.yaml and {len(sealed)} sealed files are those of manifest.json, trial "
            f"{manifest['trial']}, custody {commitments['custody']}, "
            f"mixing {commitments['mixing']}"
            + (", a simulated participant" if manifest["simulated"] else ""))


def check_journal(trial):
    key, origin = trial.manifest["recorderKey"], "selfblind/journal/" + trial.manifest["trial"]
    data = trial.read("journal.sqlite")
    for name in ("recorder.key", "journal.sqlite-wal", "journal.sqlite-shm"):
        need(not (trial.folder / name).exists(), f"{name} is there: the lock was not finished")
    size, root, extensions = open_note(trial.read("journal.checkpoint").decode(), key, origin)
    need(extensions == ["journal.sqlite sha256:" + sha(data).hex()],
         "the final note is not over this journal.sqlite")  # first, so SQLite reads signed bytes
    need(data[:16] == b"SQLite format 3\0" and data[68:72] == b"SBJ1" and data[60:64] == u32(1),
         "journal.sqlite is not a journal of format 1")
    place = (trial.folder / "journal.sqlite").resolve().as_uri() + "?mode=ro&immutable=1"
    database = sqlite3.connect(place, uri=True)
    need(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "pages do not agree")
    manifest_digest = sha(trial.read("manifest.json")).hex()
    need(database.execute("SELECT trial, manifest FROM journal").fetchall()
         == [(trial.manifest["trial"], manifest_digest)], "this is the journal of another manifest")
    rows = database.execute("SELECT position, kind, slot, body, leaf FROM entry ORDER BY position")
    trial.bodies, trial.entries, leaves = [], [], []
    for index, (position, kind, slot, body, leaf) in enumerate(rows):
        entry = json.loads(body)
        need(canonical(entry) == body, f"entry {index} is not one line of JSON with sorted keys")
        need((index, entry["index"], entry["event"], entry["body"].get("slot"), leaf_hash(body))
             == (position, position, kind, slot, leaf), f"entry {index} is not what its row says")
        trial.bodies.append(body), trial.entries.append(entry), leaves.append(leaf)
    trial.roots = list(roots(leaves))
    need(trial.entries and (size, root) == (len(leaves), trial.roots[-1]),
         "the final note is not over these entries")
    heads = database.execute("SELECT size, root, note FROM checkpoint ORDER BY size").fetchall()
    need([head[:2] for head in heads] == list(enumerate(trial.roots, 1)),
         "there is not one head for every size with the root of its entries")
    for head in heads:
        need(open_note(head[2], key, origin) == (*head[:2], []), f"note {head[0]} is not its own")
    database.close()
    need(trial.entries[0]["body"] == {"digest": manifest_digest}, "entry 0 opens another journal")
    record.check(trial.manifest, trial.entries)
    packing.check_matching(trial)
    return f"{size} entries, each allowed and signed, have the root {root.hex()}; locked"


def check_code_breaks(trial):
    paths = sorted((trial.folder / "code-breaks").glob("*"))
    for path in paths:
        name = f"code-breaks/{path.name}"
        opened = trial.read_json(name, "selfblind/code-break/v1", "slot arm salt proof receipt")
        receipt, slot = opened["receipt"], opened["slot"]
        need(opened["trial"] == trial.manifest["trial"] and path.name == f"slot-{slot:04}.json",
             f"{name} is of another trial or slot")
        slots = len(trial.manifest["schedule"]["occasions"])
        leaf = plan_leaf(trial.id, slot - 1, hexed(opened["salt"], 32), opened["arm"])
        need(root_by_proof(leaf, slot - 1, slots, opened["proof"]).hex()
             == trial.commitments["planRoot"], f"{name} does not lead to the plan's root")
        size, root, _ = open_note(receipt["checkpoint"], trial.manifest["recorderKey"],
                                  "selfblind/journal/" + trial.manifest["trial"])
        index, body = receipt["index"], bytes.fromhex(receipt["entry"])
        need(0 <= index < size and body.hex() == receipt["entry"] and body == trial.bodies[index]
             and trial.entries[index]["event"] == "code-break"
             and trial.entries[index]["body"]["slot"] == slot, f"{name}: no entry announced it")
        need(trial.roots[size - 1] == root == root_by_proof(
            leaf_hash(body), index, size, receipt["proof"]), f"{name}: its receipt does not hold")
    return ", ".join(path.stem for path in paths) + ": announced first, and in the plan's tree" \
        if paths else "no code was broken"


def check_draw(trial):
    manifest, commitments = trial.manifest, trial.commitments
    opened = trial.read_json("unblinding.json", "selfblind/unblinding/v1",
                             "openedAt prediction share seed journalRoot plan")
    share, digest = hexed(opened["share"], 32), trial.protocol_digest
    record.instant_of(opened["openedAt"])
    need(opened["trial"] == manifest["trial"], "unblinding.json is of another trial")
    need(opened["journalRoot"] == trial.roots[-1].hex(), "it was opened over another journal")
    need(sha(b"selfblind/share/v1\0" + digest + share).hex() == commitments["shareCommitment"],
         "the share is not the committed one")
    seed = hkdf(share, b"selfblind/seed/v1\0" + digest, trial.salt)
    need(opened["seed"] == seed.hex(), "the seed is not that of the share")
    words = Words(hkdf(seed, b"selfblind/schedule/v1"))
    allocation, count = scheme_file.draw(trial.protocol, words.below)
    arms = protocol_file.arms(trial.protocol)
    names = [arms[arm] for arm in allocation]
    salts = [hkdf(seed, b"selfblind/salts/v1" + u32(index)) for index in range(len(names))]
    plan = [{"slot": slot, "arm": arm, "salt": salt.hex()}
            for slot, (arm, salt) in enumerate(zip(names, salts), 1)]
    need(canonical(opened["plan"]) == canonical(plan), "the plan is not the one drawn")
    packing.check_codes(trial, seed)
    leaves = [plan_leaf(trial.id, *leaf) for leaf in zip(range(len(names)), salts, names)]
    need([*roots(leaves)][-1].hex() == commitments["planRoot"], "the plan has another root")
    return (f"{len(names)} slots drawn again, one of {count} allowed sequences: arms, salts, kit "
            f"codes and root {commitments['planRoot']} agree")


CHECKS = {"files": check_files, "seal": check_seal, "journal": check_journal,
          "code breaks": check_code_breaks, "draw": check_draw}


def main(arguments):
    if len(arguments) != 1:
        print("usage: python3 verify.py FOLDER", file=sys.stderr)
        return 64
    trial = Trial(arguments[0])
    for name, check in CHECKS.items():
        try:
            print(f"ok      {name}: {check(trial)}")
        except Refused as fault:
            print(f"refused {name}: {fault}")
            return 2
        except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
                RecursionError, sqlite3.Error) as fault:  # not of the documented form
            print(f"refused {name}: cannot be read as documented: {fault!r}")
            return 2
    print("not checked: the report, and what unblinding.json says of time and prediction")
    print(f"verified: {len(CHECKS)} checks hold")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
