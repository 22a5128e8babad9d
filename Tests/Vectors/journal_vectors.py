#!/usr/bin/env python3
"""Computes the vectors of Documentation/Specifications/journal.md without any code of SelfBlind.

Needs Python 3 and the openssl program (3.0 or later). Prints the entries' lines, leaf hashes, roots
and the signed checkpoint over all of them.
"""
import base64
import hashlib
import json
import subprocess
import tempfile

TRIAL = "00112233aabbccdd"
SEED = bytes([7]) * 32
NAME = "selfblind.example/" + TRIAL


def entry(index, instant, event, body):
    at = {"instant": instant, "offset": 7200, "zone": "Europe/Berlin"}
    value = {"at": at, "body": body, "clock": "system", "event": event, "index": index}
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def root(hashes):
    """RFC 9162, section 2.1.1, as it is written there."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    pair = root(hashes[:split]) + root(hashes[split:])
    return hashlib.sha256(b"\x01" + pair).digest()


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def sign(text):
    """A C2SP signed note."""
    private = bytes.fromhex("302e020100300506032b657004220420") + SEED  # RFC 8410 wrapping
    with tempfile.NamedTemporaryFile() as key, tempfile.NamedTemporaryFile() as message:
        key.write(private)
        key.flush()
        message.write(text.encode())
        message.flush()
        public = openssl("pkey", "-inform", "DER", "-in", key.name, "-pubout", "-outform", "DER")[-32:]
        signature = openssl(
            "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", key.name, "-in", message.name)
    identity = hashlib.sha256(NAME.encode() + b"\n\x01" + public).digest()[:4]
    line = f"\u2014 {NAME} {base64.b64encode(identity + signature).decode()}\n"
    verifier = f"{NAME}+{identity.hex()}+" + base64.b64encode(b"\x01" + public).decode()
    return verifier, text + "\n" + line


entries = [
    entry(0, "2024-10-03T18:00:00Z", "opened", {"digest": hashlib.sha256(b"").hexdigest()}),
    entry(1, "2024-10-04T18:02:11Z", "check-in", {
        "answers": {"mood": {"number": "6.5"}, "note": {"skipped": ""}, "sleep": {"choice": "well"}},
        "guess": {"percent": 70, "reason": "jittery"}, "kit": "234567P", "slot": 1}),
    entry(2, "2024-10-04T18:05:40Z", "correction", {
        "answer": {"number": "5.5"}, "item": "mood", "reason": "slid too far", "slot": 1}),
]
hashes = [hashlib.sha256(b"\x00" + line).digest() for line in entries]
for line, digest in zip(entries, hashes):
    print(line.decode())
    print("leaf", digest.hex())
for size in range(1, len(hashes) + 1):
    print("root", size, root(hashes[:size]).hex())
text = f"selfblind/journal/{TRIAL}\n{len(hashes)}\n{base64.b64encode(root(hashes)).decode()}\n"
verifier, note = sign(text)
print(verifier)
print(note, end="")
