"""Bad requests, a server that is killed, many at once: nothing lost, nothing doubled, nothing shown."""

import http.client
import os
import queue
import random
import re
import secrets
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from program import Visitor
from serving import Participant, Server, entries, rating, run, seal

DAY = "2031-03-05T21:00:00+01:00"


def gate(checks, binary, trial):
    server = Server(binary, trial, DAY)
    stranger = Visitor(server.port)
    page = stranger.page()
    checks.that("Pairing code" in page.text and "<title>" in page.text, "a stranger sees the pairing page")
    checks.that("Dr. Weiss" not in page.text, "and nothing of the trial")
    for path in ("/status", "/slot?slot=1", "/emergency", "/recorded?entry=1", "/nothing"):
        checks.same(stranger.page(path).text, page.text, f"a stranger sees the same at {path}")
    before = len(entries(trial))
    refused = stranger.send(
        "POST", "/event", f"once={secrets.token_hex(16)}&term=x&severity=mild",
        {"Content-Type": "application/x-www-form-urlencoded"})
    checks.that("Pairing code" in refused.text, "a stranger's form is not taken")
    someone = Participant(server)
    policy = someone.page().headers["content-security-policy"]
    checks.that("default-src 'none'" in policy and "unsafe" not in policy, f"policy {policy}")
    for what, headers in {
        "another site's form": {"Origin": "http://evil.example"},
        "a form from nowhere": {"Origin": "null"},
        "a form across sites": {"Sec-Fetch-Site": "cross-site"},
    }.items():
        answer = someone.fill("/event", {"term": "x", "severity": "mild"}, headers=headers)
        checks.same(answer.status, 403, what)
    checks.same(len(entries(trial)), before, "none of it is in the journal")
    # Who was let in stays so when the program is started again, with another code.
    token, code = someone.token, server.code
    checks.same(server.stop(), 0, "control-C")
    server = Server(binary, trial, DAY)
    checks.that(server.code != code, "a new pairing code")
    someone.port = server.port
    checks.that("Caffeine" in someone.page().text, "still let in")
    checks.same(someone.fill("/event", {"term": "x", "severity": "mild"}).status, 303,
                "a form of before is still taken")
    other = Participant(server)
    checks.that(other.token != token, "every browser has a token of its own")
    checks.same(other.fill("/event", {"term": "x", "severity": "mild", "form-token": token}).status, 403,
                "another browser's token")
    for number in range(9):
        checks.same(Visitor(server.port).pair("2222-2222").status, 403, "a wrong code")
    shut = Visitor(server.port).pair("2222-2222")
    checks.that("Nobody new is let in" in shut.text, "ten wrong codes close the gate")
    checks.that("Nobody new is let in" in Visitor(server.port).pair(server.code).text, "for all")
    checks.that("Caffeine" in someone.page().text, "but not for who is in")
    server.stop()


def certified(checks, binary, folder, trial):
    """With a certificate everything is https, under the name that it is for, and nothing else."""
    chain, key = os.path.join(folder, "chain.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
         key, "-out", chain, "-days", "30", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    server = Server(binary, trial, DAY, options=["--certificate", chain, "--certificate-key", key])
    checks.same(server.scheme, "https", "the address that is printed")

    def ask(method, path, body=None, headers=None):
        connection = http.client.HTTPSConnection(
            "localhost", server.port, timeout=20, context=ssl.create_default_context(cafile=chain))
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    answer, _ = ask("GET", f"/pair?code={server.code}")
    cookie = answer.getheader("set-cookie")
    checks.that("; Secure" in cookie, f"the cookie is for https alone: {cookie}")
    head = {"Cookie": cookie.split(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
    token = re.search('form-token" value="([0-9a-f]+)', ask("GET", "/event", headers=head)[1]).group(1)
    form = f"form-token={token}&term=x&severity=mild&once="
    for scheme, status in [("https", 303), ("http", 403)]:
        answer, _ = ask("POST", "/event", form + secrets.token_hex(16),
                        dict(head, Origin=f"{scheme}://localhost:{server.port}"))
        checks.same(answer.status, status, f"a form from a page under {scheme}")
    try:
        checks.same(Visitor(server.port).page().status, None, "plain http is answered")
    except (OSError, http.client.HTTPException):
        checks.that(True, "plain http is not answered")
    server.stop()


def killed(checks, binary, trial, posts=500, seed=5):
    """kill -9 in the midst of forms: each acknowledged entry is there, and each form once."""
    rng = random.Random(seed)
    forms = queue.Queue()
    tokens = []
    for number in range(posts):
        once = f"{rng.getrandbits(128):032x}"
        tokens.append(once)
        if number < 2:  # the slots that are open on that day
            forms.put(("/guess", rating(number + 2), once))
        elif number % 3 == 0:
            forms.put(("/deviation", {"kind": "other", "reason": f"note {number}"}, once))
        elif number % 3 == 1:
            forms.put(("/event", {"term": f"event {number}", "severity": "mild"}, once))
        else:
            # Each to another answer: a correction to the one that stands is refused.
            forms.put(("/correct", {"slot": 2, "item": "notes", "answer-notes": f"line {number}",
                                    "reason": f"line {number}"}, once))
    before = len(entries(trial))
    acknowledged, lock = {}, threading.Lock()
    server = Server(binary, trial, DAY)
    someone = Participant(server)
    state = {"port": server.port, "over": False}

    def send():
        while not state["over"]:
            try:
                path, fields, once = forms.get(timeout=0.2)
            except queue.Empty:
                continue
            visitor = Visitor(state["port"])
            visitor.cookie = someone.cookie
            try:
                answer = Participant.fill(
                    _with_token(visitor, someone.token), path, fields, once)
            except OSError:
                answer = None
            except Exception:  # an answer that was cut off
                answer = None
            if answer is not None and answer.status == 303:
                with lock:
                    acknowledged[once] = answer.headers["location"]
                # Some are sent again although they were answered.
                if int(once[:2], 16) < 25 and fields.get("again") is None:
                    forms.put((path, dict(fields, again="yes"), once))
            elif answer is not None and answer.status == 409:
                # A correction that came before the check-in it corrects.
                forms.put((path, fields, once))
            else:
                forms.put((path, fields, once))
                time.sleep(0.02)

    threads = [threading.Thread(target=send, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    kills, end = 0, time.time() + 240
    while len(acknowledged) < posts and time.time() < end:
        time.sleep(rng.uniform(0.05, 0.5))
        server.kill()
        kills += 1
        stored = {entry.get("form") for entry in entries(trial)}
        with lock:
            lost = [once for once in acknowledged if once not in stored]
        checks.same(lost, [], f"lost after kill {kills}")
        server = Server(binary, trial, DAY)
        state["port"] = server.port
    time.sleep(0.5)
    state["over"] = True
    for thread in threads:
        thread.join()
    server.stop()
    forms_of = [entry["form"] for entry in entries(trial)[before:]]
    checks.same(len(acknowledged), posts, "every form was acknowledged in the end")
    checks.same(sorted(forms_of), sorted(tokens), "each form once, none lost, none doubled")
    for once, place in acknowledged.items():
        index = int(place.split("=")[1])
        checks.same(entries(trial)[index]["form"], once, "the entry that was named")
    verified = run(binary, "verify", trial)
    checks.that("ok     journal" in verified.stdout, f"verify: {verified.stdout}{verified.stderr}")
    print(f"killed {kills} times during {posts} forms: none lost, none doubled", flush=True)


def _with_token(visitor, token):
    visitor.token = token
    return visitor


# Requests that no page of ours makes.

PATHS = ["/", "/check-in", "/guess", "/event", "/deviation", "/pause", "/resume", "/correct", "/zone",
         "/status", "/slot", "/recorded", "/emergency", "/pair", "/style.css"]
TRICKS = ["/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/journal.sqlite", "/%00", "//evil.example/", "/.",
          "/recorder.key", "/sealed/share.age", "/protocol.yaml", "/event/", "/EVENT", "/event;x=1",
          "/event%3Fx", "/" + "a" * 7000, "/\u00e9", "/slot?slot=%ff", "/slot?slot=1&slot=2",
          "/slot?slot=999999999999999999999", "/slot?slot=-1", "/recorded?entry=-1",
          "/recorded?entry=18446744073709551616", "/check-in?slot=0", "/correct?slot=1&item=../x",
          "*", "http://evil.example/", "/?%", "/?=&&=", "/?" + "&".join(f"a{i}=1" for i in range(500))]
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "CONNECT", "get", "POST\x01", "BREW",
           "A" * 300]
VALID = {
    "/event": {"term": "x", "severity": "mild"},
    "/deviation": {"kind": "other", "reason": "x"},
    "/pause": {"reason": "x"},
    "/guess": {"slot": "2", "answer-focus": "6", "answer-restless": "20", "skip-notes": "yes", "guess": "60"},
    "/correct": {"slot": "2", "item": "focus", "answer-focus": "5", "reason": "x"},
}


# Where arithmetic ends, and a number beside it.
ENDS = [sign * 2**bits + step for bits in (31, 63) for sign in (-1, 1) for step in (-1, 0, 1)]
# Forms that are refused whatever stands there: that of a slot which is recorded, and numbers out of range.
NUMBERS = {
    "/guess": ["slot", "begun", "kept", "answer-focus", "answer-restless", "guess", "guess-exact"],
    "/event": ["kept"], "/pause": ["kept"], "/deviation": ["slot", "kept"], "/correct": ["slot", "answer-focus"],
}


def encoded(fields):
    from urllib.parse import urlencode
    return urlencode(fields).encode()


def bad_body(rng, path, token, used):
    """A form with one fatal fault: content type and bytes."""
    fields = dict(VALID[path], **{"form-token": token, "once": f"{rng.getrandbits(128):032x}"})
    kind = "application/x-www-form-urlencoded"
    fault = rng.randrange(13)
    if fault == 0:
        del fields["form-token"]
    elif fault == 1:
        fields["form-token"] = f"{rng.getrandbits(256):064x}"
    elif fault == 2:
        del fields["once"]
    elif fault == 3:
        fields["once"] = rng.choice(["", "x" * 32, "0" * 31, "A" * 32, "é" * 16, "0" * 33])
    elif fault == 4:
        fields["once"] = rng.choice(used)  # a replay
    elif fault == 5:
        return kind, encoded(fields) + b"&once=" + b"0" * 32  # a field twice
    elif fault == 6:
        return kind, encoded(fields) + rng.choice([b"&%", b"&a=%zz", b"&a=%f", b"&a=%ff%fe", b"&\xff=1", b"&=1"])
    elif fault == 7:
        return rng.choice(["application/json", "text/plain", "", "multipart/form-data",
                           "multipart/form-data; boundary=", kind + "x"]), encoded(fields)
    elif fault == 8:
        needed = rng.choice([key for key in VALID[path] if key != "skip-notes"])
        fields[needed] = rng.choice(["", " \t\r\n", "x" * 2_001 if needed in ("term", "reason") else "nan"])
    elif fault == 9:
        return kind, encoded(dict(fields, **{f"f{i}": "1" for i in range(450)}))
    elif fault == 10:
        body = bytes(rng.getrandbits(8) for _ in range(rng.randrange(1, 400)))
        return "multipart/form-data; boundary=b", b"--b\r\n" + body
    elif fault == 11:
        fields[rng.choice(NUMBERS[path])] = rng.choice(ENDS)
    else:
        return kind, encoded(fields)[: rng.randrange(1, 60)]
    return kind, encoded(fields)


def raw_request(rng, host, cookie, token, used):
    """The bytes of one bad request."""
    base = f"Host: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n"
    shape = rng.randrange(20)
    if shape < 9:
        path = rng.choice(list(VALID))
        kind, body = bad_body(rng, path, token, used)
        head = f"POST {path} HTTP/1.1\r\n{base}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body
    if shape < 12:
        return f"GET {rng.choice(TRICKS)} HTTP/1.1\r\n{base}\r\n".encode()
    if shape == 12:
        method = rng.choice(METHODS)
        return f"{method} {rng.choice(PATHS)} HTTP/1.1\r\n{base}Content-Length: 0\r\n\r\n".encode()
    if shape == 13:
        path = rng.choice(list(VALID))
        body = encoded(dict(VALID[path], **{"form-token": token, "once": f"{rng.getrandbits(128):032x}"}))
        wrong = rng.choice(["evil.example", "evil.example:80", "", "127.0.0.1", "127.0.0.1:1", "[::1"])
        return (f"POST {path} HTTP/1.1\r\nHost: {wrong}\r\nCookie: {cookie}\r\nConnection: close\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
                ).encode() + body
    if shape == 14:
        path = rng.choice(list(VALID))
        body = encoded(dict(VALID[path], **{"form-token": token, "once": f"{rng.getrandbits(128):032x}"}))
        wrong = rng.choice([cookie[:-1], cookie + "0", cookie.split("=")[0] + "=", "x=y",
                            cookie.split("=")[0] + "=" + "0" * 96])
        return (f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {wrong}\r\nConnection: close\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
                ).encode() + body
    if shape == 15:  # a body that ends early, or that is longer than said
        return (f"POST /event HTTP/1.1\r\n{base}Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {rng.randrange(50, 5000)}\r\n\r\nterm=x").encode()
    if shape == 16:
        chunk = rng.choice(["zz\r\nterm=x\r\n0\r\n\r\n", "5\r\nterm=x\r\n0\r\n\r\n", "-1\r\n", "5\r\nterm=",
                            "ffffffffffffffffff\r\nx"])
        return (f"POST /event HTTP/1.1\r\n{base}Content-Type: application/x-www-form-urlencoded\r\n"
                f"Transfer-Encoding: chunked\r\n\r\n{chunk}").encode()
    if shape == 17:
        return rng.choice([
            b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
            b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            bytes(rng.getrandbits(8) for _ in range(300))])
    if shape == 18:
        return (f"GET {rng.choice(PATHS)} HTTP/1.1\r\n{base}" +
                "".join(f"X-{i}: {i}\r\n" for i in range(rng.randrange(400))) + "\r\n").encode()
    slot, entry = rng.choice([rng.randrange(-5, 60), rng.choice(ENDS)]), rng.choice([rng.randrange(-5, 900), *ENDS])
    return (f"GET {rng.choice(PATHS)}?slot={slot}&item=focus&entry={entry} "
            f"HTTP/1.1\r\n{base}\r\n").encode()


def exchange(port, data):
    """The status of an answer; `None` where there is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while len(answer) < 12:
                part = connection.recv(4096)
                if not part:
                    break
                answer += part
            while connection.recv(65536):
                pass
        except OSError:
            pass
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/1.") else None


def bad_requests(checks, binary, trial, count=10_000, seed=11):
    """Requests that must change nothing."""
    rng = random.Random(seed)
    server = Server(binary, trial, DAY)
    someone = Participant(server)
    used = [entry["form"] for entry in entries(trial) if "form" in entry]
    before = len(entries(trial))
    statuses = {}
    for number in range(count):
        if number % 1000 == 999:  # many more bytes than are taken
            body = b"term=" + b"x" * 3_000_000
            head = (f"POST /event HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {someone.cookie}\r\n"
                    "Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n")
            status = exchange(server.port, head.encode() + body)
            checks.same(status, 413, "three million bytes")
        else:
            data = raw_request(rng, f"127.0.0.1:{server.port}", someone.cookie, someone.token, used)
            status = exchange(server.port, data)
        statuses[status] = statuses.get(status, 0) + 1
        if status is not None and status >= 500:
            checks.that(False, f"request {number}: {status} for {data[:300]!r}")
        if server.process.poll() is not None:
            checks.that(False, f"request {number}: the server ended: {data[:300]!r}")
            return
    now = entries(trial)
    checks.same([entry["body"] for entry in now[before:]], [], f"nothing was written by {count} requests")
    checks.same(someone.page().status, 200, "and the pages are there")
    shown = ", ".join(f"{status}: {number}" for status, number in sorted(
        statuses.items(), key=lambda pair: str(pair[0])))
    print(f"{count} bad requests, answered {shown}", flush=True)
    print(f"memory after them: {server.resident():.0f} MB", flush=True)
    checks.same(server.stop(), 0, "control-C")


def check(checks, binary, posts=500, requests=10_000):
    with tempfile.TemporaryDirectory() as folder:
        trial = seal(binary, folder)
        gate(checks, binary, trial)
        certified(checks, binary, folder, trial)
        killed(checks, binary, trial, posts)
        bad_requests(checks, binary, trial, requests)
        names = sorted(os.listdir(trial))
        checks.that(not [name for name in names if name.startswith("core")], f"no core file: {names}")
