"""Makes beacon-pulse.json and beacon-certificate.pem: a pulse in the format of the NIST randomness
beacon 2.0 (NISTIR 8213, section 4), signed by a key of our own, which is thrown away.

    pip install cryptography; python3 beacon.py
"""
import datetime, hashlib, json
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

key = rsa.generate_private_key(public_exponent=65537, key_size=4096)
name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A beacon for tests")])
begin = datetime.datetime(2031, 1, 1)
certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name)
               .public_key(key.public_key()).serial_number(1).not_valid_before(begin)
               .not_valid_after(begin + datetime.timedelta(days=3650)).sign(key, hashes.SHA256()))
der = certificate.public_bytes(serialization.Encoding.DER)


def number(value, size): return value.to_bytes(size, "big")
def sized(data): return number(len(data), 4) + data


def value(text): return hashlib.sha512(text.encode()).digest()


chain, index, status, period = 2, 4711, 0, 60_000
stamp, version = "2031-03-02T21:00:00.000Z", "Version 2.0"
uri = "https://beacon.example/chain/2/pulse/4711"
names = ("previous", "hour", "day", "month", "year")
message = b"".join([
    sized(uri.encode()), sized(version.encode()), number(0, 4), number(period, 4),
    sized(hashlib.sha512(der).digest()), number(chain, 8), number(index, 8), sized(stamp.encode()),
    sized(value("local")), sized(bytes(64)), number(0, 4), sized(bytes(64)),
    *(sized(value(name)) for name in names), sized(value("next")), number(status, 4)])
signature = key.sign(message, padding.PKCS1v15(), hashes.SHA512())
pulse = {
    "uri": uri, "version": version, "cipherSuite": 0, "period": period,
    "certificateId": hashlib.sha512(der).hexdigest().upper(), "chainIndex": chain,
    "pulseIndex": index, "timeStamp": stamp, "localRandomValue": value("local").hex().upper(),
    "external": {"sourceId": bytes(64).hex(), "statusCode": 0, "value": bytes(64).hex()},
    "listValues": [{"uri": f"{uri}/{name}", "type": name, "value": value(name).hex().upper()}
                   for name in names],
    "precommitmentValue": value("next").hex().upper(), "statusCode": status,
    "signatureValue": signature.hex().upper(),
    "outputValue": hashlib.sha512(message + signature).hexdigest().upper()}
with open("beacon-pulse.json", "w") as file:
    json.dump({"pulse": pulse}, file, indent=1)
with open("beacon-certificate.pem", "wb") as file:
    file.write(certificate.public_bytes(serialization.Encoding.PEM))
