"""Bytes, digests, Merkle trees and signed tree heads (seal 1 and 3, folder 1.3, journal 4)."""
import base64, hashlib, json, re
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from protocol import Refused, need


def sha(data): return hashlib.sha256(data).digest()
def hkdf(key, info, salt=b""): return HKDF(hashes.SHA256(), 32, salt, info).derive(key)
def u32(n): return n.to_bytes(4, "big")
def leaf_hash(leaf): return sha(b"\0" + leaf)
def node_hash(left, right): return sha(b"\1" + left + right)


def canonical(value):
    """Sorted keys, no blanks, no escaped slashes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hexed(text, size):
    need(re.fullmatch("[0-9a-f]{%d}" % (2 * size), text), f"{text!r} is not {size} bytes in hex")
    return bytes.fromhex(text)


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, f"{text!r} is not the one base64 of its bytes")
    return data


def roots(leaves):
    """The tree's root after each leaf hash (RFC 9162, 2.1): complete subtrees, largest first."""
    stack = []
    for leaf in leaves:
        size = 1
        while stack and stack[-1][0] == size:
            leaf, size = node_hash(stack.pop()[1], leaf), 2 * size
        stack.append((size, leaf))
        root = leaf
        for _, left in reversed(stack[:-1]):
            root = node_hash(left, root)
        yield root


def root_by_proof(leaf, index, size, proof):
    """RFC 9162, 2.1.3.2."""
    last, root = size - 1, leaf
    for step in (hexed(line, 32) for line in proof):
        need(last > 0, "an inclusion proof is too long")
        if index % 2 or index == last:
            root = node_hash(step, root)
            while not index % 2 and index:
                index, last = index // 2, last // 2
        else:
            root = node_hash(root, step)
        index, last = index // 2, last // 2
    need(last == 0, "an inclusion proof is too short")
    return root


def open_note(note, key, origin):
    """A C2SP signed note over a tree head, its one signature checked: size, root, extensions."""
    name, key_id, public = key.split("+", 2)
    public = unbase64(public)
    need(sha(name.encode() + b"\n" + public)[:4] == hexed(key_id, 4) and public[:1] == b"\1"
         and len(public) == 33, "the recorder's key is not an Ed25519 key of its own name")
    found = re.fullmatch(r"((?:[^\n]+\n)+)\n— (\S+) (\S+)\n", note)
    need(found and found[2] == name, "a checkpoint is not a note signed once by the recorder's key")
    signature = unbase64(found[3])
    need(signature[:4] == hexed(key_id, 4), "a checkpoint names another key")
    try:
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], found[1].encode())
    except InvalidSignature:
        raise Refused("a checkpoint's signature does not hold") from None
    lines = found[1].splitlines()
    need(lines[0] == origin and re.fullmatch("0|[1-9][0-9]*", lines[1]), "not a head of this trial")
    return int(lines[1]), unbase64(lines[2]), lines[3:]
