#!/usr/bin/env python3
"""Tables and plans that `selfblind study` takes.

    study_data.py FOLDER [SHARED]     writes NAME.csv and NAME.yaml into FOLDER

One study is simulated: sixty people, four weeks, belief moves the rating more than the capsule does; with
missing cells, "don't know", people with one row, a group too small, an outcome that never varies. Where SHARED/data
has it, the citizen-science study (szb37/mcrds_public, MIT) is the other; it is not kept in this project.
"""

import pathlib
import random
import shutil
import sys

SIMULATED = """\
title: A simulated study
arms: [placebo, active]
columns: {person: person, arm: arm, guess: guess, occasion: [week], missing: [NA]}
sets: {first: {week: 1}, few: {week: [1, 2], site: north}}
covariates: {age: number, site: categories}
outcomes:
  - {name: mood, direction: higher, unit: points, relevance: 1, covariates: [age, site]}
  - {name: sleep, unit: hours}
  - {name: mood of the first week, column: mood, set: first, unit: points}
  - {name: mood in the north, column: mood, set: few, unit: points}
  - {name: constant}
analysis: {bootstrap: {replicates: 400}, smallestStratum: 6}
"""

PLAN = pathlib.Path(__file__).parents[2] / "Examples" / "citizen-science" / "plan.yaml"


def simulated(folder):
    chance = random.Random(8)
    lines = ["person,week,arm,guess,age,site,mood,sleep,constant"]
    for person in range(60):
        level, age = chance.gauss(6, 1.2), chance.randint(20, 70)
        site = ["north", "south", "west"][person % 3]
        for week in range(1, 5 if person % 10 else 2):
            active = chance.random() < 0.5
            said = active if chance.random() < 0.65 else not active
            mood = level + 0.2 * active + 1.3 * said + chance.gauss(0, 1)
            sleep = 7 + 0.6 * active + 0.3 * chance.gauss(0, 1) + 0.1 * level
            guess = "dk" if chance.random() < 0.08 else "active" if said else "placebo"
            lines.append("%d,%d,%s,%s,%s,%s,%s,%s,5" % (
                person, week, "active" if active else "placebo", guess,
                "NA" if person == 7 else age, site, "" if chance.random() < 0.04 else "%.1f" % mood,
                "%.2f" % sleep))
    (folder / "simulated.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "simulated.yaml").write_text(SIMULATED, encoding="utf-8")


def main():
    folder = pathlib.Path(sys.argv[1])
    simulated(folder)
    table = pathlib.Path(sys.argv[2]) / "data" / "citizen-science-weeks.csv" if len(sys.argv) > 2 else None
    if table and table.exists():
        shutil.copyfile(table, folder / "citizen-science.csv")
        shutil.copyfile(PLAN, folder / "citizen-science.yaml")


if __name__ == "__main__":
    main()
