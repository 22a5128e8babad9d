"""A trial signed anew by a forger, to see that rules and draw are checked, not digests only."""
import base64, json, shutil, sqlite3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from verify import canonical, leaf_hash, roots, sha


def forge(folder, change_manifest=lambda manifest: None, change_entries=lambda entries: None,
          change_commitment=lambda promised: None):
    """Changes manifest, entries or commitment; all that is left follows, under a new key."""
    key = Ed25519PrivateKey.from_private_bytes(sha(b"the forger"))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    origin = "selfblind/journal/" + manifest["trial"]
    public = b"\1" + key.public_key().public_bytes_raw()
    key_id = sha(origin.encode() + b"\n" + public)[:4]
    manifest["recorderKey"] = f"{origin}+{key_id.hex()}+{base64.b64encode(public).decode()}"
    promised = json.loads((folder / "commitment.json").read_bytes())
    change_commitment(promised)
    (folder / "commitment.json").write_bytes(canonical(promised) + b"\n")
    manifest["commitments"]["commitment"] = sha(canonical(promised) + b"\n").hex()
    change_manifest(manifest)
    (folder / "manifest.json").write_bytes(canonical(manifest) + b"\n")
    digest = sha((folder / "manifest.json").read_bytes()).hex()

    def note(size, root, *more):
        text = "\n".join([origin, str(size), base64.b64encode(root).decode(), *more]) + "\n"
        signature = base64.b64encode(key_id + key.sign(text.encode())).decode()
        return f"{text}\n— {origin} {signature}\n"

    old = sqlite3.connect((folder / "journal.sqlite").as_uri() + "?mode=ro&immutable=1", uri=True)
    bodies = old.execute("SELECT body FROM entry ORDER BY position")
    entries = [json.loads(body) for body, in bodies]
    schema = [sql for sql, in old.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")]
    old.close()
    (folder / "journal.sqlite").unlink()
    entries[0]["body"]["digest"] = digest
    change_entries(entries)
    bodies = [canonical({**entry, "index": index}) for index, entry in enumerate(entries)]
    heads = list(enumerate(roots(map(leaf_hash, bodies)), 1))
    new = sqlite3.connect(folder / "journal.sqlite")
    new.execute(f"PRAGMA application_id = {0x53424A31}")
    new.execute("PRAGMA user_version = 1")
    new.execute("PRAGMA ignore_check_constraints = ON")
    for sql in schema:
        if not sql.startswith("CREATE TRIGGER"):
            new.execute(sql)
    new.execute("INSERT INTO journal (trial, manifest) VALUES (?, ?)", (manifest["trial"], digest))
    for index, (entry, body) in enumerate(zip(entries, bodies)):
        new.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", (
            index, entry["event"], entry["body"].get("slot"), body, leaf_hash(body)))
    for size, root in heads:
        new.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (size, root, note(size, root)))
    for sql in schema:
        if sql.startswith("CREATE TRIGGER"):
            new.execute(sql)
    new.commit()
    new.close()
    data = (folder / "journal.sqlite").read_bytes()
    final = note(*heads[-1], "journal.sqlite sha256:" + sha(data).hex())
    (folder / "journal.checkpoint").write_text(final)
    opened = json.loads((folder / "unblinding.json").read_bytes())
    opened["journalRoot"] = heads[-1][1].hex()
    (folder / "unblinding.json").write_bytes(canonical(opened) + b"\n")
    shutil.rmtree(folder / "code-breaks", ignore_errors=True)  # receipts of the old journal
