"""Answers lines of trials on Spark: `selfblind map` behind RDD.pipe, the answers in order.

    spark-submit map.py LINES ANSWERS --selfblind PATH [--parts 64] [-- OPTIONS OF MAP]
    python map.py LINES ANSWERS --selfblind PATH --master "local[2,4]"

ANSWERS is a folder of part files whose names sort in the order of the lines, as Spark writes it. Spark reads
text: a line that is not UTF-8 reaches the worker with replaced bytes, and a bare carriage return ends a line.
"""

import argparse
import os
import shlex
import sys


def answers(context, program: str, options: list, lines: str, parts: int):
    """The answers as an RDD of texts, in the order of the lines."""
    command = shlex.join([program, "map", "--workers", "1", *options])
    # With checkCode a worker that dies fails its task, and Spark does the whole task again elsewhere.
    return context.textFile(lines, parts).pipe(command, env=dict(os.environ), checkCode=True)


def main() -> None:
    mine, options = sys.argv[1:], []
    if "--" in mine:
        cut = mine.index("--")
        mine, options = mine[:cut], mine[cut + 1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("lines")
    parser.add_argument("answers")
    parser.add_argument("--selfblind", default="selfblind")
    parser.add_argument("--parts", type=int, default=64)
    parser.add_argument("--master", help="without it what spark-submit says")
    given = parser.parse_args(mine)
    from pyspark import SparkConf, SparkContext

    configuration = SparkConf().setAppName("selfblind map")
    if given.master:
        configuration = configuration.setMaster(given.master)
    with SparkContext(conf=configuration) as context:
        answers(context, given.selfblind, options, given.lines, given.parts).saveAsTextFile(given.answers)


if __name__ == "__main__":
    main()
