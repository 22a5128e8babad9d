"""64 clients against one server: no error, each entry once, p99 beside the disk's own fsync time."""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time

from serving import Participant, Server, entries, rating, seal

DAY = "2031-03-05T21:00:00+01:00"
CLIENTS = 64
# Milliseconds that are allowed, where the disk is not slower than half of it.
LIMIT = 50
# Megabytes that an idle server may have.
MEMORY = 60


def disk(folder, count=300):
    """Milliseconds of an fdatasync after 4 kB, median and 99th percentile."""
    times = []
    with open(os.path.join(folder, "probe"), "wb", buffering=0) as file:
        for _ in range(count):
            file.write(os.urandom(4096))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return times[count // 2], times[count * 99 // 100]


def main():
    binary, seconds = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory(dir=os.environ.get("SELFBLIND_DISK")) as folder:
        trial = seal(binary, folder)
        server = Server(binary, trial, DAY)
        someone = Participant(server)
        answer = someone.fill("/guess", rating(3))
        if answer.status != 303:
            sys.exit(f"the check-in was answered {answer.status}")
        idle = server.resident()
        middle, slow = disk(folder)
        before = len(entries(trial))
        run = subprocess.run(
            ["wrk", "-t2", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "10s", "-s", "post.lua",
             server.address], capture_output=True, text=True,
            env=dict(os.environ, COOKIE=someone.cookie, TOKEN=someone.token, RUN=secrets.token_hex(8)))
        found = re.search(
            r"requests=(\d+) duration_us=(\d+) p50_us=(\d+) p99_us=(\d+) max_us=(\d+) errors=(\d+)", run.stdout)
        if not found:
            sys.exit(f"wrk said {run.stdout}{run.stderr}")
        requests, duration, p50, p99, longest, errors = (int(text) for text in found.groups())
        busy = server.resident()
        stopped = server.stop()
        made = entries(trial)[before:]
        tokens = [entry["form"] for entry in made]
        allowed = max(LIMIT, 2 * slow)
        print(f"{CLIENTS} clients, {duration / 1e6:.0f} s: {requests} acknowledged, "
              f"{requests / duration * 1e6:.0f} a second, {errors} errors")
        print(f"an acknowledged form: median {p50 / 1000:.1f} ms, p99 {p99 / 1000:.1f} ms, longest "
              f"{longest / 1000:.1f} ms; allowed {allowed:.0f} ms")
        print(f"the disk's own fdatasync: median {middle:.2f} ms, p99 {slow:.2f} ms")
        print(f"memory: idle {idle:.0f} MB of {MEMORY}, after the load {busy:.0f} MB")
        print(f"entries: {len(made)}, each form once: {len(set(tokens)) == len(tokens)}")
        # What was under way when the clients stopped may be recorded and not acknowledged.
        faults = [
            what for holds, what in [
                (errors == 0 and not run.stderr, f"errors: {errors} {run.stderr[:200]}"),
                (requests <= len(made) <= requests + CLIENTS, "entries are lost or doubled"),
                (len(set(tokens)) == len(tokens), "a form is recorded twice"),
                (p99 / 1000 <= allowed, "too slow"), (idle <= MEMORY, "too much memory"),
                (stopped == 0, f"the server ended with {stopped}"),
            ] if not holds]
        for what in faults:
            print(f"FAILED: {what}")
        sys.exit(1 if faults else 0)


main()
