"""Answers lines of trials on a Dask cluster: `selfblind map` on every part, the answers in order.

    python map.py LINES ANSWERS --selfblind PATH [--scheduler tcp://host:8786] [--workers 2] [-- OPTIONS OF MAP]

The file is cut between lines. A part is named by the digest of what is asked of it, answered by one process
that knows nothing else, and kept as a file; so a worker that dies costs its part, a driver that dies costs
nothing that was answered, and the bytes are those of a single process. The workers must see the files and the
program under the same paths.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path


def parts(lines: Path, most: int):
    """Offset, length and number of lines of each part: about `most` bytes, cut behind a line feed."""
    with lines.open("rb") as file:
        start, count, offset = 0, 0, 0
        for line in file:
            offset += len(line)
            count += 1
            if offset - start >= most:
                yield start, offset - start, count
                start, count = offset, 0
        if count:
            yield start, offset - start, count


def answer(program: str, options: list, lines: str, folder: str, start: int, length: int, count: int) -> str:
    """Answers one part and keeps it; the name of its file, whoever answered it."""
    with open(lines, "rb") as file:
        file.seek(start)
        asked = file.read(length)
    version = subprocess.run([program, "--version"], check=True, capture_output=True).stdout
    digest = hashlib.sha256(version + repr(options).encode() + b"\0" + asked).hexdigest()
    kept = Path(folder) / f"{digest}.ndjson"
    if kept.exists():
        return str(kept)
    command = [program, "map", "--workers", "1", *options]
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = done.stdout.count(b"\n")
    if done.returncode != 0 or found != count:
        raise RuntimeError(f"{' '.join(command)}: status {done.returncode}, {found} answers to {count} lines")
    # Whole or not at all, also where two workers answer the same part.
    partial = kept.with_suffix(f".{os.uname().nodename}-{os.getpid()}.partial")
    partial.write_bytes(done.stdout)
    partial.rename(kept)
    return str(kept)


def run(client, program: str, options: list, lines: Path, answers: Path, most: int, seen=lambda done: None) -> None:
    """Answers all parts on a cluster and writes them one after the other.

    `seen` is told how many parts are done, each time one is.
    """
    from dask.distributed import as_completed

    folder = answers.with_name(answers.name + ".parts")
    folder.mkdir(exist_ok=True)
    futures = [
        # A worker that dies takes its part with it; only a part that kills many workers is given up.
        client.submit(answer, program, options, str(lines.resolve()), str(folder.resolve()), *part,
                      pure=False, retries=3)
        for part in parts(lines, most)
    ]
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        seen(done)
    partial = answers.with_name(answers.name + ".partial")
    with partial.open("wb") as file:
        for future in futures:
            file.write(Path(future.result()).read_bytes())
    partial.rename(answers)
    for kept in folder.iterdir():
        kept.unlink()
    folder.rmdir()


def main() -> None:
    mine, options = sys.argv[1:], []
    if "--" in mine:
        cut = mine.index("--")
        mine, options = mine[:cut], mine[cut + 1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("lines", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--selfblind", default="selfblind")
    parser.add_argument("--scheduler", help="the address of a cluster; without it one on this machine")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--part", type=int, default=1 << 20, help="bytes of a part")
    given = parser.parse_args(mine)
    from dask.distributed import Client

    if given.scheduler:
        client = Client(given.scheduler)
    else:
        client = Client(n_workers=given.workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                        dashboard_address=None)
    with client:
        run(client, given.selfblind, options, given.lines, given.answers, given.part)


if __name__ == "__main__":
    main()
