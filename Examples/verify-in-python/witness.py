"""What others have seen: lines that came back, and times of authorities (witness 1 to 4; RFC 3161).

A time is read with a small reader of DER and checked with `cryptography`: digest, nonce, the signer
that the signature names, its chain to the stored root at the time of the token, its purpose, the
binding of token and signer, the signature.
"""
import datetime, hashlib, re
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from verify import Refused, need, sha, unbase64

LEFT = "whether an authority's root is the one it publishes, whether its key was revoked, and\n" \
    "whether a helper has the line that was given back"
HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384",
          "2.16.840.1.101.3.4.2.3": "sha512", "1.3.14.3.2.26": "sha1"}


class Value:
    """One value of DER: its tag, its content, all its bytes; iterating gives the values in it."""

    def __init__(self, data):
        need(len(data) >= 2, "a value of DER is cut short")
        length, start = data[1], 2
        if length & 0x80:
            start += length & 0x7f
            length = int.from_bytes(data[2:start], "big")
            need(start > 2 and length >= 0x80 and data[2], "a length of DER in another spelling")
        need(start + length <= len(data), "a value of DER is cut short")
        self.tag, self.content = data[0], data[start:start + length]
        self.bytes = data[:start + length]

    def __iter__(self):
        rest = self.content
        while rest:
            value = Value(rest)
            yield value
            rest = rest[len(value.bytes):]

    def oid(self):
        need(self.tag == 6 and self.content, "expected an object identifier")
        numbers, number = [], 0
        for byte in self.content:
            number = number << 7 | byte & 0x7f
            if not byte & 0x80:
                numbers, number = numbers + [number], 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))

    def number(self):
        return int.from_bytes(self.content, "big", signed=True)


def whole(data, what):
    value = Value(data)
    need(value.tag == 0x30 and len(value.bytes) == len(data),
         f"{what} is not one sequence of DER and nothing behind it")
    return value


def imprint_of(value):
    (algorithm, *_), digest = value
    need(HASHES.get(algorithm.oid()) == "sha256", "a timestamp over another digest than SHA-256")
    return digest.content


def check_signature(key, signature, data, name):
    kind = getattr(hashes, name.upper())()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), kind)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(kind))
        else:
            key.verify(signature, data)
    except InvalidSignature:
        raise Refused("an authority's signature does not hold") from None


def check_chain(signer, others, root, at):
    """From the signer to the root, each valid at a time; the signer for timestamps alone."""
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    need(usage.critical and [use.dotted_string for use in usage.value] == ["1.3.6.1.5.5.7.3.8"],
         "the signer is not for timestamps alone")
    certificate, used = signer, []
    while True:
        need(certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc,
             "a certificate of the chain was not valid at the time of the token")
        if certificate == root:
            certificate.verify_directly_issued_by(root)
            return used
        issuers = [other for other in [root, *others] if other.subject == certificate.issuer
                   and other not in used and other != certificate]
        need(issuers, "no chain leads from the signer to the stored root")
        certificate.verify_directly_issued_by(issuers[0])
        constraints = issuers[0].extensions.get_extension_for_class(x509.BasicConstraints).value
        need(constraints.ca, "an issuer in the chain is no authority")
        certificate, used = issuers[0], used + [issuers[0]]


def nonce_of(request, digest):
    """The nonce of a request about a digest, which has one spelling (witness 2)."""
    _, _, nonce, _ = whole(request, "a request")
    asked = bytes.fromhex("020101 3031 300d0609608648016503040201 0500 0420") + digest
    need(nonce.tag == 2 and request[2:] == asked + nonce.bytes + b"\1\1\xff",
         "a request in another spelling, or about something else")
    return nonce


def time_of(request, response, digest, root, others):
    """The time in an answer to a request about a digest."""
    nonce = nonce_of(request, digest)
    status, token = whole(response, "an answer")
    need(next(iter(status)).number() in (0, 1), "an authority did not grant its time")
    kind, (signed,) = token
    need(kind.oid() == "1.2.840.113549.1.7.2", "an answer without a signed token")
    _, _, (content_kind, (content,)), *more, infos = signed
    need(content_kind.oid() == "1.2.840.113549.1.9.16.1.4", "a token of another kind")
    version, _, imprint, _, time, *rest = whole(content.content, "a token")
    need(version.number() == 1 and imprint_of(imprint) == digest
         and any(value.bytes == nonce.bytes for value in rest), "a token is about something else")
    at = datetime.datetime.strptime(
        re.sub(r"\.\d+Z", "Z", time.content.decode()), "%Y%m%d%H%M%SZ"
    ).replace(tzinfo=datetime.timezone.utc)
    (info,) = infos
    _, (issuer, serial), (digest_kind, *_), attributes, _, signature, *_ = info
    certificates = others + [x509.load_der_x509_certificate(value.bytes)
                             for part in more if part.tag == 0xa0 for value in part]
    signers = [one for one in certificates if one.serial_number == serial.number()
               and one.issuer.public_bytes() == issuer.bytes]
    need(attributes.tag == 0xa0 and signers, "the signer's certificate is missing")
    der = signers[0].public_bytes(serialization.Encoding.DER)
    name = HASHES[digest_kind.oid()]
    said = {kind.oid(): next(iter(values)) for kind, values in attributes}
    need(said["1.2.840.113549.1.9.4"].content == hashlib.new(name, content.content).digest(),
         "a token is not the one that was signed")
    newer = said.get("1.2.840.113549.1.9.16.2.47")  # RFC 5035: SHA-256 unless another is named
    (first, *_), *_ = newer or said["1.2.840.113549.1.9.16.2.12"]  # RFC 2634: SHA-1
    named, *others_named = first
    kind = "sha256" if newer else "sha1"
    if named.tag == 0x30:
        kind, named = HASHES[next(iter(named)).oid()], others_named[0]
    need(named.content == hashlib.new(kind, der).digest(), "a token names another signer")
    key, was_signed = signers[0].public_key(), b"\x31" + attributes.bytes[1:]  # as a SET (RFC 5652)
    check_signature(key, signature.content, was_signed, name)
    check_chain(signers[0], certificates, root, at)
    return at


def certificates_of(trial, path):
    """Certificates in PEM, which has one spelling (witness 1)."""
    data = trial.read(path)
    found = x509.load_pem_x509_certificates(data)
    spelled = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in found)
    need(data == spelled, f"{path} is in another spelling of PEM")
    return found


def check(trial):
    """witness 1 to 4"""
    said = []
    for what, path in (("seal", "manifest.json"), ("lock", "journal.checkpoint")):
        for number in range(1, 10):
            stem = f"witness/{what}-{number}"
            if not (trial.folder / f"{stem}.tsr").exists():
                if (trial.folder / f"{stem}.tsq").exists():  # it waits for its answer
                    nonce_of(trial.read(f"{stem}.tsq"), sha(trial.read(path)))
                continue
            chain = trial.folder / f"{stem}.chain.pem"
            others = certificates_of(trial, f"{stem}.chain.pem") if chain.exists() else []
            root, = certificates_of(trial, f"{stem}.ca.pem")
            try:
                at = time_of(trial.read(f"{stem}.tsq"), trial.read(f"{stem}.tsr"),
                             sha(trial.read(path)), root, others)
            except (Refused, InvalidSignature, ValueError, TypeError, KeyError, StopIteration,
                    x509.ExtensionNotFound) as fault:
                raise Refused(f"{stem}.tsr: {fault or type(fault).__name__}") from None
            said.append(f"{what} at {at:%Y-%m-%dT%H:%M:%SZ}, root "
                        + root.fingerprint(hashes.SHA256()).hex())
    if (trial.folder / "witness/checkpoints.txt").exists():
        sizes = []
        for line in trial.read("witness/checkpoints.txt").decode().splitlines():
            words = line.split(" ")
            head, size = " ".join(words[:4]), int(words[2])
            need(len(words) == 5 and words[:2] == ["selfblind", trial.manifest["trial"]]
                 and sha(head.encode()).hex()[:4] == words[4] and 0 < size <= len(trial.roots)
                 and str(size) == words[2] and unbase64(words[3]) == trial.roots[size - 1],
                 f"the line \"{line[:60]}\" is not a head of this journal")
            sizes.append(size)
        need(sizes == sorted(set(sizes)) and sizes, "checkpoints.txt is not ascending")
        need(trial.read("witness/checkpoints.txt").endswith(b"\n"), "checkpoints.txt is cut short")
        said.append(f"lines over {', '.join(map(str, sizes))} entries were given back")
    return "; ".join(said) or "none: nobody outside of this folder vouches for any of it"
