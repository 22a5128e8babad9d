#!/usr/bin/env python3
"""Verifies a finished trial of SelfBlind from its folder alone: python3 verify.py FOLDER

This file needs no other: files, seal, journal, code breaks, and the draw of the common schemes;
`thorough.py FOLDER` checks these and what the last line names. Written from Documentation/
Specifications ("seal 3": a document there and its section). Exit status: 0 verified, 2 refused.
"""
import base64, hashlib, json, math, re, sqlite3, sys
from pathlib import Path
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

class Refused(Exception): """A sentence that says what does not hold."""

def need(holds, sentence):
    if not holds: raise Refused(sentence)

# Bytes, digests, trees and signed heads (folder 1.3, seal 1 and 3, journal 4)
def sha(data): return hashlib.sha256(data).digest()
def hkdf(key, info, salt=b""): return HKDF(hashes.SHA256(), 32, salt, info).derive(key)
def u32(n): return n.to_bytes(4, "big")
def leaf_hash(leaf): return sha(b"\0" + leaf)
def node_hash(left, right): return sha(b"\1" + left + right)

def canonical(value):  # sorted keys, no blanks, no escaped slashes
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

def hexed(text, size):
    need(re.fullmatch("[0-9a-f]{%d}" % (2 * size), text), f"{text!r} is not {size} bytes in hex")
    return bytes.fromhex(text)

def unbase64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, f"{text!r} is not the one base64 of its bytes")
    return data

def roots(leaves):  # the tree's root after each leaf hash, from its complete subtrees (RFC 9162)
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

def open_note(note, manifest):  # a C2SP signed note over a head: size, root, extensions
    name, key_id, public = manifest["recorderKey"].split("+", 2)
    public, text = unbase64(public), re.fullmatch(r"((?:[^\n]+\n)+)\n— (\S+) (\S+)\n", note)
    need((sha(name.encode() + b"\n" + public)[:4], public[0], len(public))
         == (hexed(key_id, 4), 1, 33), "the recorder's key is not an Ed25519 key of its own name")
    need(text and text[2] == name and (signature := unbase64(text[3]))[:4] == hexed(key_id, 4),
         "a checkpoint is not a note signed once by the recorder's key")
    try: Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], text[1].encode())
    except InvalidSignature: raise Refused("a checkpoint's signature does not hold") from None
    origin, size, root, *extensions = text[1].splitlines()
    need(origin == "selfblind/journal/" + manifest["trial"]
         and re.fullmatch("0|[1-9][0-9]*", size), "a checkpoint is not a head of this trial")
    return int(size), unbase64(root), extensions

# The draw (allocation 1 to 3, protocol 1 to 3)
def plan_leaf(trial, index, salt, arm):
    name = arm.encode()
    return leaf_hash(b"selfblind/plan-leaf/v1\0" + trial.id + u32(index) + salt + bytes([len(name)])
                     + name.ljust(63, b"\0"))

def uniform(key):  # gives uniform numbers below n, from the ChaCha20 key stream of a key
    stream = Cipher(algorithms.ChaCha20(key, bytes(16)), mode=None).encryptor()
    def below(n):
        k = max(1, ((n - 1).bit_length() + 31) // 32)
        while (x := int.from_bytes(stream.update(bytes(4 * k)), "little")) >= 2**(32 * k) // n * n:
            pass
        return x % n
    return below

def read_plan(data):  # arms and scheme; flow values of YAML are JSON but for the quotes of texts
    def lines(key):
        found = re.search(rf"^{key}:(.*\n(?: +.*\n)*)", data.decode(), re.M)
        need(found and "'" not in found[1], f"this small reader cannot read {key}; thorough.py can")
        stated = [re.sub(r"(^|\s)#.*", "", line).strip() for line in found[1].splitlines()]
        return [line for line in stated if line]

    def flow(text):
        return json.loads(re.sub(
            r'"(?:[^"\\]|\\.)*"|[^\s\[\]{},:"][^\[\]{},:"\n]*',
            lambda word: word[0] if word[0][0] == '"' else json.dumps(word[0].strip()), text))
    arms, (scheme, *more) = lines("arms"), lines("scheme")
    arms = "".join(arms) if arms[0][0] == "[" else "[" + ",".join(arm[2:] for arm in arms) + "]"
    return ([arm if isinstance(arm, str) else arm["name"] for arm in flow(arms)],
            flow("{" + scheme + ("{" + ",".join(more) + "}" if more else "") + "}"))

def blocks_of(scheme):  # the slots of each arm in every block; None: not a common scheme
    (name, stated), = scheme.items()
    def numbers(key): return [int(number) for number in stated[key]]
    if name == "pairs": return [(1, 1)] * int(stated["count"])
    if name == "complete":
        return [tuple(numbers("counts"))] if "counts" in stated else [
            (int(stated["slots"]) - int(stated["active"]), int(stated["active"]))]
    if name != "blocks" or stated.get("order") == "shuffled": return None
    if "each" in stated: return [tuple(numbers("each"))] * int(stated["repeat"])
    if "counts" in stated: return [tuple(map(int, block)) for block in stated["counts"]]
    return [(size - active, active)
            for size, active in zip(numbers("sizes"), numbers("active"), strict=True)]

def draw(arms, scheme, below):  # an arm's number for each slot, and how many ways there are
    def ways(blocks):
        return math.prod(math.factorial(sum(block)) // math.prod(map(math.factorial, block))
                         for block in blocks)
    blocks, chosen = blocks_of(scheme), []
    need(blocks, f"the scheme {[*scheme][0]} is not one of the common ones; thorough.py draws it")
    rank = below(count := ways(blocks))
    for place, block in enumerate(blocks):
        while any(block):
            for arm in (arm for arm, left in enumerate(block) if left):
                after = tuple(left - (other == arm) for other, left in enumerate(block))
                if rank < (following := ways([after, *blocks[place + 1:]])):
                    break
                rank -= following
            block = after
            chosen.append(arm)
    return chosen, count

# The checks, nearly in the order of folder 3. Each adds to the trial and returns its sentence.
class Trial:
    def __init__(self, folder): self.folder = Path(folder)
    def read(self, path):
        need((self.folder / path).is_file(), f"{path} is missing")
        return (self.folder / path).read_bytes()
    def read_json(self, path, form):  # one line in its one form (folder 1.3)
        value = json.loads(data := self.read(path))
        need(canonical(value) + b"\n" == data, f"{path} is not one line of JSON with sorted keys")
        need(value["format"] == form, f"{path} is of the format {value['format']!r}, not {form!r}")
        return value

def check_files(trial):
    found = [path for path in trial.folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    need(all(path.is_file() and not path.is_symlink() for path in found), "there is no plain file")
    found = {path.relative_to(trial.folder).as_posix() for path in found} - {"SHA256SUMS"}
    lines = trial.read("SHA256SUMS").decode().split("\n")
    need(lines.pop() == "" and all(re.fullmatch("[0-9a-f]{64}  .+", line) for line in lines),
         "SHA256SUMS has a line that is not one of sha256sum")
    paths = [line[66:] for line in lines]
    need(paths == sorted(set(paths), key=str.encode), "SHA256SUMS is not sorted by path")
    need(set(paths) == found, f"only in the sums or only there: {sorted(set(paths) ^ found)}")
    for line, path in zip(lines, paths):
        need(sha(trial.read(path)).hex() == line[:64], f"{path} has another digest in SHA256SUMS")
    return f"{len(paths)} files have the digests in SHA256SUMS, and no other file is there"

def check_seal(trial):
    trial.manifest = manifest = trial.read_json("manifest.json", "selfblind/manifest/v1")
    promised = trial.read_json("commitment.json", "selfblind/commitment/v1")
    trial.stated, trial.id = manifest["commitments"], hexed(manifest["trial"], 8)
    stated = trial.stated
    trial.protocol_digest = sha(trial.read("protocol.yaml"))
    need(trial.protocol_digest.hex() == stated["protocolDigest"], "protocol.yaml is another one")
    need(sha(trial.read("commitment.json")).hex() == stated["commitment"]
         and promised["trial"] == manifest["trial"]
         and promised["mixing"]["rule"] == stated["mixing"]
         and promised["sealedFiles"].items() <= stated["sealedFiles"].items()
         and all(promised[key] == stated[key] for key in ("protocolDigest", "shareCommitment")),
         "commitment.json is not the one that the manifest names and repeats")
    value = stated.get("publicValue", "")
    trial.salt = hexed(value, 64) if stated["mixing"] == "beacon" else value.encode()
    present = {f"sealed/{path.name}" for path in (trial.folder / "sealed").iterdir()}
    need(present == set(stated["sealedFiles"]), "sealed holds other files than the manifest names")
    for path, digest in stated["sealedFiles"].items():
        need(sha(trial.read(path)).hex() == digest, f"{path} is not the sealed one")
    return (f"protocol.yaml and {len(present)} sealed files are those of manifest.json, trial "
            f"{manifest['trial']}" + (", a simulated participant" if manifest["simulated"] else ""))

def check_journal(trial):
    data, note = trial.read("journal.sqlite"), trial.read("journal.checkpoint").decode()
    size, root, extensions = open_note(note, trial.manifest)
    need(extensions == ["journal.sqlite sha256:" + sha(data).hex()],
         "the final note is not over this journal.sqlite")  # first, so SQLite reads signed bytes
    place = (trial.folder / "journal.sqlite").resolve().as_uri() + "?mode=ro&immutable=1"
    trial.database = database = sqlite3.connect(place, uri=True)
    trial.bodies = [body for body, in database.execute("SELECT body FROM entry ORDER BY position")]
    trial.entries = [json.loads(body) for body in trial.bodies]
    trial.roots = list(roots(map(leaf_hash, trial.bodies)))
    need(trial.entries and (size, root) == (len(trial.roots), trial.roots[-1]),
         "the final note is not over these entries")
    for index, (entry, body) in enumerate(zip(trial.entries, trial.bodies)):
        need(entry["index"] == index and canonical(entry) == body
             and (entry["event"] == "locked") == (index == size - 1), f"entry {index} is misplaced")
    digest = sha(trial.read("manifest.json")).hex()
    need(trial.entries[0]["body"] == {"digest": digest}, "entry 0 opens another journal")
    return f"{size} entries have the signed root {root.hex()}; locked"

def check_draw(trial):
    opened = trial.read_json("unblinding.json", "selfblind/unblinding/v1")
    share, digest = hexed(opened["share"], 32), trial.protocol_digest
    need((opened["trial"], opened["journalRoot"])
         == (trial.manifest["trial"], trial.roots[-1].hex()), "it opens another trial or journal")
    need(sha(b"selfblind/share/v1\0" + digest + share).hex() == trial.stated["shareCommitment"],
         "the share is not the committed one")
    trial.seed = seed = hkdf(share, b"selfblind/seed/v1\0" + digest, trial.salt)
    arms, scheme = trial.reader(trial.read("protocol.yaml"))
    chosen, count = trial.draw(arms, scheme, uniform(hkdf(seed, b"selfblind/schedule/v1")))
    trial.plan = [{"slot": index + 1, "arm": arms[arm],
                   "salt": hkdf(seed, b"selfblind/salts/v1" + u32(index)).hex()}
                  for index, arm in enumerate(chosen)]
    need(opened["seed"] == seed.hex() and canonical(opened["plan"]) == canonical(trial.plan),
         "the plan is not the one that the share draws")
    leaves = [plan_leaf(trial, slot["slot"] - 1, bytes.fromhex(slot["salt"]), slot["arm"])
              for slot in trial.plan]
    need([*roots(leaves)][-1].hex() == trial.stated["planRoot"], "the plan has another root")
    return f"{len(chosen)} slots drawn again, one of {count} sequences; salts and root agree"

def check_code_breaks(trial):
    broken = {}
    for path in sorted((trial.folder / "code-breaks").glob("*")):
        opened = trial.read_json(name := f"code-breaks/{path.name}", "selfblind/code-break/v1")
        slot, receipt = opened["slot"], opened["receipt"]
        size, root, _ = open_note(receipt["checkpoint"], trial.manifest)
        need(0 <= (index := receipt["index"]) < size and trial.roots[size - 1] == root
             and trial.bodies[index].hex() == receipt["entry"]
             and trial.entries[index]["event"] == "code-break"
             and trial.entries[index]["body"]["slot"] == slot, f"{name}: no entry announced it")
        need({key: opened[key] for key in ("slot", "arm", "salt")} == trial.plan[slot - 1]
             and path.name == f"slot-{slot:04}.json", f"{name} is not what was sealed for its slot")
        broken[slot] = opened["arm"]
    return f"{len(broken)} slots opened, each announced first, each as it was sealed"

CHECKS = {"files": check_files, "seal": check_seal, "journal": check_journal, "draw": check_draw,
          "code breaks": check_code_breaks}
LEFT = "rules of entries, custody, kit codes, proofs, witnesses, pulse (thorough.py); the report"

def main(arguments, checks=CHECKS, left=LEFT, reader=read_plan, draw=draw):
    if len(arguments) != 1:
        sys.exit("usage: python3 verify.py FOLDER")
    trial = Trial(arguments[0])
    trial.reader, trial.draw = reader, draw
    for name, check in checks.items():
        try:
            print(f"ok      {name}: {check(trial)}")
        except Exception as fault:  # any other than ours: not of the documented form
            print(f"refused {name}:", fault if isinstance(fault, Refused) else
                  f"cannot be read as documented: {fault!r}")
            return 2
    print(f"not checked: {left}\nverified: {len(checks)} checks hold")
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
