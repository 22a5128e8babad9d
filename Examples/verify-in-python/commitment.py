"""What was promised before the draw, and which files a custody has (seal 2, 4 and 5)."""
import base64, hashlib, itertools, json, re
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
import record
from verify import hexed, need, sha

PARTS = ("abandonedSealings committedAt custody mixing protocolDigest sealedFiles shareCommitment"
         " simulated")


def key_files(custody):
    """The files that lock the trial's key away (seal 5)."""
    kind, helpers, needed = custody["kind"], custody.get("helpers"), custody.get("needed")
    need(kind in ("self", "helper", "envelope", "threshold", "timelock"), "no such custody")
    need((helpers is not None and needed is not None) == (kind == "threshold")
         and set(custody) - {"helpers", "needed"} == {"kind", "recipients", "second"},
         "the parts of the custody do not belong together")
    need(custody["second"] in ("none", "clinician", "page"), "no such second key")
    need(len(custody["recipients"]) == (1 if custody["second"] == "none" else 2)
         and all(re.fullmatch("age1[02-9ac-hj-np-z]{58}", key)
                 for key in custody["recipients"] + (helpers or [])), "a recipient is no age key")
    if kind == "threshold":
        need(2 <= len(helpers) <= 5 and len(set(helpers)) == len(helpers)
             and type(needed) is int and 2 <= needed <= len(helpers), "no such threshold")
        sets = itertools.combinations(range(1, len(helpers) + 1), needed)
        return ["key-" + "-".join(map(str, numbers)) + ".age" for numbers in sets]
    return {"self": ["key.age"], "envelope": ["key.age"], "helper": [],
            "timelock": ["timelock.json"]}[kind]


def stanzas_of(data):
    """The kinds of the recipients in an age header, armored or not."""
    if data.startswith(b"-----BEGIN"):
        data = base64.b64decode(b"".join(data.split()[4:-4]))
    header = data[:data.index(b"\n---")].split(b"\n")
    return [line.split(b" ")[1].decode() for line in header if line.startswith(b"-> ")]


def check_recipients(trial, count):
    """How many keys each sealed file has, and of which kind (seal 5)."""
    for path in trial.stated["sealedFiles"]:
        name = path.removeprefix("sealed/")
        if not name.endswith(".age") or name == "packing.age":
            continue
        expected = ["scrypt"] if name == "key.age" else ["X25519"] * (
            1 if name.startswith(("key-", "card-")) else count)
        need(stanzas_of(trial.read(path)) == expected, f"{path} has other recipients")


def check_puzzle(puzzle):
    need(set(puzzle) == {"base", "fasterMachines", "format", "measuredRate", "modulus", "squarings"}
         and puzzle["format"] == "selfblind/timelock/v1", "sealed/timelock.json is no puzzle")
    modulus = int.from_bytes(hexed(puzzle["modulus"], 256), "big")
    base = int.from_bytes(hexed(puzzle["base"], 256), "big")
    need(modulus.bit_length() == 2048 and 1 < base < modulus - 1
         and all(modulus % small for small in [2, *range(3, 20000, 2)])
         and pow(2, modulus - 1, modulus) != 1, "the puzzle's modulus locks nothing")
    need(all(type(puzzle[name]) is int and puzzle[name] > 0
             for name in ("fasterMachines", "measuredRate", "squarings")), "no such squarings")


def pulse_value(trial, rule):
    """The value of the pulse that the rule names; its signature holds (NISTIR 8213, section 4)."""
    words = re.fullmatch(r"nist-beacon 2\.0 chain ([0-9]+) at (\S+) certificate ([0-9a-f]{128})", rule)
    need(words, "the beacon's rule is none")
    file = trial.read("sealed/beacon.pem")
    certificate = (x509.load_pem_x509_certificate if b"-----" in file[:200]
                   else x509.load_der_x509_certificate)(file)
    der = certificate.public_bytes(serialization.Encoding.DER)
    pulse = json.loads(trial.read("sealed/pulse.json"))["pulse"]
    need(hashlib.sha512(der).hexdigest() == words[3] == pulse["certificateId"].lower(),
         "the beacon's certificate is another one")
    earlier = {value["type"]: value["value"] for value in pulse["listValues"]}
    def text(value): return len(value.encode()).to_bytes(4, "big") + value.encode()
    def sized(value): return len(bytes.fromhex(value)).to_bytes(4, "big") + bytes.fromhex(value)
    def number(value, size): return value.to_bytes(size, "big")
    external = pulse["external"]
    message = b"".join([
        text(pulse["uri"]), text(pulse["version"]), number(pulse["cipherSuite"], 4),
        number(pulse["period"], 4), sized(pulse["certificateId"]), number(pulse["chainIndex"], 8),
        number(pulse["pulseIndex"], 8), text(pulse["timeStamp"]), sized(pulse["localRandomValue"]),
        sized(external["sourceId"]), number(external["statusCode"], 4), sized(external["value"]),
        *(sized(earlier[name]) for name in ("previous", "hour", "day", "month", "year")),
        sized(pulse["precommitmentValue"]), number(pulse["statusCode"], 4)])
    signature = bytes.fromhex(pulse["signatureValue"])
    try:
        certificate.public_key().verify(signature, message, padding.PKCS1v15(), hashes.SHA512())
    except InvalidSignature:
        need(False, "the beacon's signature does not hold")
    value = hashlib.sha512(message + signature).digest()
    need(value.hex() == pulse["outputValue"].lower(), "the pulse's value is not its own")
    released = record.datetime.datetime.strptime(pulse["timeStamp"], "%Y-%m-%dT%H:%M:%S.%fZ")
    wanted = record.datetime.datetime.strptime(words[2], "%Y-%m-%dT%H:%M:%SZ")
    period = record.datetime.timedelta(milliseconds=pulse["period"])
    need(pulse["chainIndex"] == int(words[1]) and wanted <= released < wanted + period,
         "the pulse is not the first one from the rule's instant on")
    return value


def check(trial):
    """Reads commitment.json; gives the names in `sealed` but the slots', and the salt of the seed."""
    manifest, stated = trial.manifest, trial.stated
    promised = trial.read_json("commitment.json", "selfblind/commitment/v1")
    need(set(promised) - {"clock"} == {"format", "trial", *PARTS.split()}
         and promised.get("clock", "set") == "set", "commitment.json has other keys")
    need(sha(trial.read("commitment.json")).hex() == stated["commitment"],
         "commitment.json is not the one that the manifest names")
    rule, custody = promised["mixing"], promised["custody"]
    for name in ("abandonedSealings", "protocolDigest", "shareCommitment"):
        need(promised[name] == stated[name], f"{name} is not what was committed to")
    need((promised["trial"], promised["simulated"]) == (manifest["trial"], manifest["simulated"])
         and (custody["kind"], rule["rule"]) == (stated["custody"], stated["mixing"]),
         "the manifest is not of this commitment")
    at = record.instant_of(promised["committedAt"])
    need(at <= record.instant_of(manifest["sealedAt"]), "it was sealed before it was committed to")
    names = ["share.age"] + key_files(custody)
    names += ["beacon.pem"] if rule["rule"] == "beacon" else []
    need(sorted(promised["sealedFiles"]) == sorted(f"sealed/{name}" for name in names),
         "commitment.json names other files than its custody has")
    need(promised["sealedFiles"].items() <= stated["sealedFiles"].items(),
         "a file is not the one that was committed to")
    check_recipients(trial, len(custody["recipients"]))
    if custody["kind"] == "timelock":
        check_puzzle(json.loads(trial.read("sealed/timelock.json")))
    value = stated.get("publicValue")
    need(set(rule) == ({"rule", "beacon"} if rule["rule"] == "beacon" else {"rule"}), "no such rule")
    if rule["rule"] == "none":
        need("publicValue" not in stated, "a public value too much")
        return names, b"", custody["second"] != "none"
    if rule["rule"] == "string":
        need(value and value == value.strip() and len(value) <= 200
             and not record.INVISIBLE.search(value) and "\n" not in value, "the witness's value is not one line")
        return names, value.encode(), custody["second"] != "none"
    need(rule["rule"] == "beacon", "no such mixing rule")
    need(record.instant_of({"instant": rule["beacon"].split(" ")[5], "offset": 0, "zone": "UTC"})
         > at, "the beacon's instant had passed")
    salt = pulse_value(trial, rule["beacon"])
    need(salt.hex() == value, "the public value is not the pulse's")
    return names + ["pulse.json"], salt, custody["second"] != "none"
