"""What an engine costs beside the work: seconds for the same lines, on one and on two workers.

    python measure.py PATH-OF-SELFBLIND [LINES]

Each figure is the wall time of answering made-up trials of 28 days once the engine has started. Work is the
processor time that `selfblind map` itself takes for a line; what an engine adds is the rest, per line.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))

from made_up import lines


def driver(folder: str):
    """The module `map` of an engine's folder."""
    import importlib.util

    place = here.parent / folder / "map.py"
    found = importlib.util.spec_from_file_location(f"{folder}_map", place)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def say(what: str, workers: int, seconds: float, count: int, work: float) -> None:
    added = (seconds * workers - work) / count
    print(f"{what}, {workers} worker{'s' if workers > 1 else ''}: {seconds:.1f} s, "
          f"{seconds / count * 1e3:.2f} ms a line, {added * 1e3:.2f} ms of it not spent on the line", flush=True)


def main() -> None:
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with tempfile.TemporaryDirectory() as place:
        asked = Path(place, "lines.ndjson")
        asked.write_bytes(lines(count))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        start = time.monotonic()
        subprocess.run([program, "map", "--workers", "1", str(asked)], check=True, stdout=subprocess.DEVNULL)
        alone = time.monotonic() - start
        work = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        print(f"work: {work / count * 1e3:.2f} ms of a processor for each of {count} lines", flush=True)
        say("selfblind map", 1, alone, count, work)
        start = time.monotonic()
        subprocess.run([program, "map", "--workers", "2", str(asked)], check=True, stdout=subprocess.DEVNULL)
        say("selfblind map", 2, time.monotonic() - start, count, work)

        from dask.distributed import Client

        for workers in (1, 2):
            with Client(n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                        dashboard_address=None) as client:
                start = time.monotonic()
                driver("dask").run(client, program, [], asked, Path(place, f"dask-{workers}"), 1 << 20)
                say("dask, parts of 1 MiB", workers, time.monotonic() - start, count, work)

        from pyspark import SparkConf, SparkContext

        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ["PYSPARK_PYTHON"] = sys.executable
        for workers in (1, 2):
            configuration = (SparkConf().setAppName("selfblind").setMaster(f"local[{workers}]")
                             .set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false"))
            with SparkContext(conf=configuration) as context:
                context.setLogLevel("ERROR")
                context.parallelize(range(4), 4).map(lambda number: number).count()
                start = time.monotonic()
                driver("spark").answers(context, program, [], str(asked), 16).saveAsTextFile(
                    str(Path(place, f"spark-{workers}")))
                say("spark, 16 parts", workers, time.monotonic() - start, count, work)


if __name__ == "__main__":
    main()
