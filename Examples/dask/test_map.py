"""Two worker processes, one of them killed in the middle: the bytes are those of one process.

    python test_map.py PATH-OF-SELFBLIND
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "many-trials"))

import map as driver
from made_up import lines


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def main() -> None:
    program = os.path.abspath(sys.argv[1])
    from dask.distributed import Client

    with tempfile.TemporaryDirectory() as place:
        asked, answers = Path(place, "lines.ndjson"), Path(place, "answers.ndjson")
        asked.write_bytes(lines(400) + b'{"id": "half a li')
        alone = subprocess.run([program, "map", "--workers", "1", "--sums", str(asked)], check=True,
                               capture_output=True).stdout
        with Client(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address=None) as client:
            workers = sorted(client.run(os.getpid).values())
            assert len(set(workers)) == 2, workers
            total = sum(1 for _ in driver.parts(asked, 8_000))
            killed = []

            def seen(done: int) -> None:
                if done == total // 3 and not killed:
                    os.kill(workers[0], signal.SIGKILL)
                    killed.append(done)

            driver.run(client, program, ["--sums"], asked, answers, 8_000, seen)
            assert killed and killed[0] < total, "no worker was killed in the middle"
            time.sleep(0.2)
            assert not alive(workers[0]), "the killed worker is alive"
        assert answers.read_bytes() == alone, "the cluster gave other bytes"
        assert not answers.with_name("answers.ndjson.parts").exists()
        print(f"dask: {alone.count(bytes([10]))} lines in {total} parts on two workers, one killed after "
              f"part {killed[0]}: the same bytes")


if __name__ == "__main__":
    main()
