"""Two executor processes, one of them killed in the middle: the bytes are those of one process.

    python test_map.py PATH-OF-SELFBLIND

Needs a Java runtime (Debian: default-jre-headless).
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "many-trials"))

import map as driver
from made_up import lines


def executors(context) -> set:
    """The processes of this application's executors, by what they were started with."""
    name = context.applicationId
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in words and name.encode() in words:
            found.add(int(folder.name))
    return found


def finished(context) -> int:
    """Tasks that are done so far."""
    tracker = context.statusTracker()
    stages = [tracker.getStageInfo(stage) for job in tracker.getJobIdsForGroup() for stage in
              tracker.getJobInfo(job).stageIds]
    return sum(stage.numCompletedTasks for stage in stages if stage)


def main() -> None:
    program = os.path.abspath(sys.argv[1])
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as place:
        asked, answers = Path(place, "lines.ndjson"), Path(place, "answers")
        asked.write_bytes(lines(3_000) + b"{\n" + b'{"id": "half a li')
        alone = subprocess.run([program, "map", "--workers", "1", "--sums", str(asked)], check=True,
                               capture_output=True).stdout
        configuration = (
            SparkConf().setAppName("selfblind").setMaster("local-cluster[2,1,1024]")
            .set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
            .set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false").set("spark.executor.memory", "512m")
        )
        with SparkContext(conf=configuration) as context:
            context.setLogLevel("ERROR")
            # Both executors are there before the work begins.
            for _ in range(600):
                if len(executors(context)) == 2:
                    break
                time.sleep(0.1)
            before = executors(context)
            assert len(before) == 2, before
            parts = 40
            work = driver.answers(context, program, ["--sums"], str(asked), parts)
            thread = threading.Thread(target=work.saveAsTextFile, args=(str(answers),))
            thread.start()
            while thread.is_alive() and finished(context) < parts // 4:
                time.sleep(0.02)
            done = finished(context)
            assert thread.is_alive() and done < parts, "it was over before a worker could be killed"
            killed = min(before)
            os.kill(killed, signal.SIGKILL)
            thread.join()
            assert killed not in executors(context), "the killed executor is alive"
        assert (answers / "_SUCCESS").exists(), "Spark gave up"
        found = b"".join(part.read_bytes() for part in sorted(answers.glob("part-*")))
        assert found == alone, "Spark gave other bytes"
        print(f"spark: {found.count(bytes([10]))} lines in {parts} tasks on two executors, one killed after task "
              f"{done}: the same bytes")


if __name__ == "__main__":
    main()
