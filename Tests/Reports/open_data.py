#!/usr/bin/env python3
"""Open self-experiments as tables and designs that `selfblind analyze` takes.

    open_data.py SHARED FOLDER     reads SHARED/data; writes name.csv and name.yaml into FOLDER

The experiments are other people's: caffeine in envelopes (niplav.site, CC BY 4.0), blocks of three days
(gwern.net, CC0), a citizen-science trial (szb37/mcrds_public, MIT). None is kept in this project.
"""

import csv
import fractions
import pathlib
import sys


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder, name, header, lines, design):
    with open(folder / (name + ".csv"), "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(lines)
    (folder / (name + ".yaml")).write_text(design, encoding="utf-8")


def design(arms, scheme, statistic="mean-difference", level=0.95, more=""):
    return (
        f"arms: [{', '.join(arms)}]\nscheme:\n  {scheme}\nanalysis:\n  statistic: {statistic}\n"
        f"  whitening: none\n  level: {level}\n{more}")


def caffeine(data, folder):
    """Fifty envelopes; the guesses are probabilities before they were opened."""
    names = ["productivity", "creativity", "mindfulness", "absorption"]
    lines = [
        [row["id"], row["substance"], row["prediction"]] + [row[name] for name in names]
        for row in rows(data / "caffeine-envelopes-2023.csv") if row["experiment"] == "A"]
    write(
        folder, "caffeine-in-envelopes", ["slot", "arm", "guess"] + names, lines,
        design(["sugar", "caffeine"], "complete: {slots: 50, active: 25}"))


def blocks_of_days(data, folder):
    """Twenty-one pairs of blocks of three days; a slot is the mean of its block."""
    names = ["MP", "Creativity", "Morning.Feel"]
    days = rows(data / "paired-blocks-2012-days.csv")
    pairs = rows(data / "paired-blocks-2012-pairs.csv")
    lines = []
    for pair in pairs:
        for place, part in enumerate(("first", "second")):
            inside = [
                day for day in days
                if pair[part + "_block_start"] <= day["Date"] <= pair[part + "_block_end"]]
            means = []
            for name in names:
                values = [
                    fractions.Fraction(day[name]) for day in inside
                    if any(sign.isdigit() for sign in day[name])]
                means.append(round(float(sum(values) / len(values)), 2) if values else "")
            arm = "active" if pair["order"][place] == "A" else "placebo"
            order = pair["p_placebo_then_active"]
            # The stated probability of placebo first is that of the other arm in the second block.
            guess = "" if not order else order if place == 1 else str(1 - fractions.Fraction(order))
            if "/" in guess:
                guess = str(float(fractions.Fraction(guess)))
            lines.append([len(lines) + 1, arm, guess] + means)
    write(
        folder, "pairs-of-blocks", ["slot", "arm", "guess"] + names, lines,
        design(["placebo", "active"], f"pairs: {{count: {len(pairs)}}}"))


def citizen_science(data, folder):
    """One person of 240: four weeks, so hardly anything can be told of them alone."""
    people = {}
    for row in rows(data / "citizen-science-weeks.csv"):
        if row["timepoint"] == "acute" and row["mood"]:
            people.setdefault(row["person"], []).append(row)
    for person, weeks in people.items():
        active = sum(week["condition"] == "active" for week in weeks)
        if len(weeks) >= 4 and 0 < active < len(weeks):
            break
    else:
        return
    chance = {"active": 1, "placebo": 0}
    names = ["mood", "energy", "focus", "creativity"]
    lines = [
        [place + 1, week["condition"], chance.get(week["guess"], "dk")]
        + [week[name] for name in names] for place, week in enumerate(weeks)]
    write(
        folder, "one-of-240-people", ["slot", "arm", "guess"] + names, lines,
        design(
            ["placebo", "active"], f"complete: {{slots: {len(weeks)}, active: {active}}}",
            level=0.6))


def main():
    data, folder = pathlib.Path(sys.argv[1]) / "data", pathlib.Path(sys.argv[2])
    for make in (caffeine, blocks_of_days, citizen_science):
        make(data, folder)


if __name__ == "__main__":
    main()
