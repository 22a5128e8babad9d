"""The programs under test, started and ended by number, and a bare HTTP client for them."""

import atexit
import http.client
import re
import secrets
import signal
import subprocess
import urllib.parse

# A right code that no label of these tests has.
FOREIGN = "345678L"


class Wizard:
    """packing-wizard on a folder: the packer's pages of a made-up job."""

    def __init__(self, binary, folder, port=0, seed=1):
        self.process = subprocess.Popen(
            [binary, folder, str(port), str(seed)], stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)  # also when a check breaks off
        first = self.process.stdout.readline().split()
        if len(first) != 2:
            raise RuntimeError(f"packing-wizard said {first} and ended")
        self.code, self.port = first[0], int(first[1])
        self.labels = self.process.stdout.readline().split()
        self.address = f"http://127.0.0.1:{self.port}"

    def kill(self):
        """As when the power goes."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """As with control-C; gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = dict((k.lower(), v) for k, v in response.getheaders())
        self.body = response.read()
        self.text = self.body.decode("utf-8", "replace")


class Visitor:
    """A browser without a face: keeps the cookie, fills forms, follows no redirect by itself."""

    def __init__(self, port, host="127.0.0.1"):
        self.host, self.port = host, port
        self.cookie = None

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = dict(headers or {})
        if self.cookie:
            headers["Cookie"] = self.cookie
        connection.request(method, path, body, headers)
        answer = Answer(connection.getresponse())
        connection.close()
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    def pair(self, code):
        return self.send(
            "POST", "/pair", urllib.parse.urlencode({"code": code}),
            {"Content-Type": "application/x-www-form-urlencoded"})

    def page(self, path="/"):
        return self.send("GET", path)

    def hidden(self):
        """What the forms of the present page carry."""
        text = self.page().text
        return {
            name: re.search(f'name="{name}" value="([^"]*)"', text).group(1)
            for name in ("form-token", "step") if f'name="{name}"' in text
        }

    def post(self, path, fields=None, headers=None, hidden=None):
        fields = dict(self.hidden() if hidden is None else hidden, **(fields or {}))
        return self.send(
            "POST", path, urllib.parse.urlencode(fields),
            dict({"Content-Type": "application/x-www-form-urlencoded"}, **(headers or {})))

    def upload(self, path, data, name="photo.jpg"):
        boundary = "----" + secrets.token_hex(8)
        body = b""
        for field, value in self.hidden().items():
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n'
                     f"{value}\r\n").encode()
        body += (f"--{boundary}\r\nContent-Disposition: form-data; "
                 f'name="photograph"; filename="{name}"\r\n'
                 "Content-Type: image/jpeg\r\n\r\n").encode() + data
        body += f"\r\n--{boundary}--\r\n".encode()
        return self.send(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def notice(self):
        """The last answer: its word and its sentence."""
        match = re.search(r"<strong>([^<]*)</strong>([^<]*)</div>", self.page().text)
        return (match.group(1), match.group(2)) if match else (None, None)

    def progress(self):
        match = re.search(r"(\d+) of (\d+) kits", self.page().text)
        return (int(match.group(1)), int(match.group(2))) if match else None

    def title(self):
        return re.search(r"<h1>([^<]*)</h1>", self.page().text).group(1)


class Checks:
    """Counts what held; says at once what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}", flush=True)
        return holds

    def same(self, found, expected, what):
        return self.that(found == expected, f"{what}: found {found!r}, expected {expected!r}")
