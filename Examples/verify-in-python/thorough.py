#!/usr/bin/env python3
"""Verifies all that a stranger can of a finished trial but its report: python3 thorough.py FOLDER

The checks of verify.py, and what it leaves open: protocol.py reads protocol.yaml, scheme.py draws
every scheme, record.py has the rules of the journal, commitment.py what was promised before the
draw, packing.py the codes of labels and spares, witness.py what others have seen. Exit status: 0 verified, 2 refused.
"""
import re, sys
sys.dont_write_bytecode = True  # no traces, not even beside this file
import commitment, packing, protocol, record, scheme, verify, witness
from verify import canonical, hexed, leaf_hash, need, node_hash, open_note, sha, u32

KNOWN = re.compile(  # folder 1
    r"protocol\.yaml|(commitment|manifest|unblinding|audit)\.json|journal\.(sqlite|checkpoint)"
    r"|report\.(html|md|json)|SHA256SUMS|code-breaks/slot-\d{4,}\.json"
    r"|(sealed|abandoned-\d+)/(timelock\.json|beacon\.pem|pulse\.json|[a-z0-9-]+\.age)"
    r"|abandoned-\d+/commitment\.json"
    r"|witness/(checkpoints\.txt|(seal|lock)-[1-9]\.(tsq|tsr|ca\.pem|chain\.pem))")


def keys_are(value, keys, name):
    need(set(value) == {"format", "trial", *keys.split()}, f"{name} has other keys")


def root_by_proof(leaf, index, size, proof):
    """RFC 9162, 2.1.3.2."""
    last, root = size - 1, leaf
    for step in (hexed(line, 32) for line in proof):
        need(last > 0, "an inclusion proof is too long")
        is_right = index % 2 or index == last
        root = node_hash(step, root) if is_right else node_hash(root, step)
        while is_right and index and not index % 2:
            index, last = index // 2, last // 2
        index, last = index // 2, last // 2
    need(last == 0, "an inclusion proof is too short")
    return root


def check_files(trial):
    said = verify.check_files(trial)
    paths = [path.relative_to(trial.folder).as_posix() for path in trial.folder.rglob("*")
             if not path.is_dir()]
    foreign = [path for path in paths if not KNOWN.fullmatch(path)]
    need(not foreign, f"not part of a trial: {', '.join(foreign)}")
    reports = [path for path in paths if path.startswith("report.")]
    need(len(reports) in (0, 3), f"of the report there is only {', '.join(reports)}")
    return said


def check_manifest(trial):
    """That the manifest says what the protocol says (seal 7.3)."""
    manifest = trial.manifest
    keys_are(manifest, "commitments items recorderKey safety schedule sealedAt simulated title"
             + (" guessPrompt" if "guessPrompt" in manifest else "")
             + (" packing" if "packing" in manifest else ""), "manifest.json")
    trial.protocol = stated = protocol.read_protocol(trial.read("protocol.yaml"))
    occasions = manifest["schedule"]["occasions"]
    days = protocol.days(stated["schedule"], len(occasions))
    expected = protocol.form(stated) | {"schedule": {
        "entryWindow": int(stated["schedule"].get("entryWindow", 0)),
        "zone": stated["schedule"]["zone"],
        "occasions": [{"slot": slot, "day": day, "kit": occasion["kit"]}
                      for slot, (day, occasion) in enumerate(zip(days, occasions), 1)]}}
    for key in ("title", "items", "guessPrompt", "schedule", "safety"):
        need(canonical(manifest.get(key)) == canonical(expected.get(key)),
             f"{key} in the manifest is not what protocol.yaml says")
    need(scheme.scheme(stated)[0] == len(occasions), "the scheme has other slots")
    record.instant_of(manifest["sealedAt"])
    return f"{len(occasions)} slots, their days and the daily form follow from protocol.yaml"


def check_commitment(trial):
    names, salt, has_cards = commitment.check(trial)
    need(salt == trial.salt, "the public value is not the one that takes part")
    for slot in range(1, len(trial.manifest["schedule"]["occasions"]) + 1):
        names += [f"slot-{slot:04}.age"] + ([f"card-{slot:04}.age"] if has_cards else [])
    names += packing.check(trial)
    need(sorted(trial.stated["sealedFiles"]) == sorted(f"sealed/{name}" for name in names),
         "the manifest names other sealed files than custody and slots have")
    stated = trial.stated
    return (f"custody {stated['custody']}, mixing {stated['mixing']}: the files and the public value "
            "are those of the commitment")


def check_record(trial):
    """The database as it lies there, its heads, the rules of its entries (journal 1 to 4)."""
    data, database = trial.read("journal.sqlite"), trial.database
    for name in ("recorder.key", "journal.sqlite-wal", "journal.sqlite-shm"):
        need(not (trial.folder / name).exists(), f"{name} is there: the lock was not finished")
    need(record.instant_of(trial.manifest["sealedAt"]) <= record.instant_of(trial.entries[0]["at"]),
         "it was sealed after the first entry of its journal")
    need(data[:16] == b"SQLite format 3\0" and data[68:72] == b"SBJ1" and data[60:64] == u32(1),
         "journal.sqlite is not a journal of format 1")
    need(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "pages do not agree")
    need(database.execute("SELECT trial, manifest FROM journal").fetchall()
         == [(trial.manifest["trial"], sha(trial.read("manifest.json")).hex())],
         "this is the journal of another manifest")
    rows = database.execute("SELECT position, kind, slot, body, leaf FROM entry ORDER BY position")
    for index, (position, kind, slot, body, leaf) in enumerate(rows):
        entry = trial.entries[index]
        need((index, entry["event"], entry["body"].get("slot"), leaf_hash(body))
             == (position, kind, slot, leaf), f"entry {index} is not what its row says")
    heads = database.execute("SELECT size, root, note FROM checkpoint ORDER BY size").fetchall()
    need([head[:2] for head in heads] == list(enumerate(trial.roots, 1)),
         "there is not one head for every size with the root of its entries")
    for size, root, note in heads:
        need(open_note(note, trial.manifest) == (size, root, []), f"note {size} is not its own")
    record.check(trial.manifest, trial.entries)
    return f"{len(heads)} entries, each allowed when it was written, each head signed"


def check_kits(trial):
    opened = trial.read_json("unblinding.json", "selfblind/unblinding/v1")
    keys_are(opened, "openedAt prediction share seed journalRoot plan", "unblinding.json")
    record.instant_of(opened["openedAt"])
    kits = [occasion["kit"] for occasion in trial.manifest["schedule"]["occasions"]]
    packing.check_codes(trial, trial.seed)
    packing.check_matching(trial)
    return f"{len(kits)} codes drawn again from the seed"


def check_proofs(trial):
    """The proofs of every code break by themselves (seal 4, journal 5)."""
    paths = sorted((trial.folder / "code-breaks").glob("*"))
    for path in paths:
        opened = trial.read_json(f"code-breaks/{path.name}", "selfblind/code-break/v1")
        keys_are(opened, "slot arm salt proof receipt", path.name)
        receipt, slot, slots = opened["receipt"], opened["slot"], len(trial.plan)
        need(opened["trial"] == trial.manifest["trial"], f"{path.name} is of another trial")
        leaf = verify.plan_leaf(trial, slot - 1, hexed(opened["salt"], 32), opened["arm"])
        need(root_by_proof(leaf, slot - 1, slots, opened["proof"]).hex()
             == trial.stated["planRoot"], f"{path.name} does not lead to the plan's root")
        size, root, _ = open_note(receipt["checkpoint"], trial.manifest)
        entry = leaf_hash(bytes.fromhex(receipt["entry"]))
        need(root == root_by_proof(entry, receipt["index"], size, receipt["proof"]),
             f"{path.name}: its receipt does not hold")
    return f"{len(paths)} openings, each proved to be in the plan, its receipt in the journal"


CHECKS = {
    "files": check_files, "seal": verify.check_seal, "manifest": check_manifest,
    "commitment": check_commitment, "journal": verify.check_journal, "record": check_record,
    "witness": witness.check, "draw": verify.check_draw, "kits": check_kits,
    "code breaks": verify.check_code_breaks, "proofs": check_proofs}
LEFT = "the report, and what unblinding.json says of time and prediction; " + witness.LEFT


def reader(data):
    stated = protocol.read_protocol(data)
    return protocol.arms(stated), stated


def draw(arms, stated, below):
    return scheme.draw(stated, below)


def main(arguments):
    return verify.main(arguments, CHECKS, LEFT, reader, draw)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
