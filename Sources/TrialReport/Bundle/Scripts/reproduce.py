#!/usr/bin/env python3
"""Does the primary test of this trial again, from the tables in primary-test/ alone.

Python 3.8 or newer; numpy is used where it is there, and nothing else is needed, but for t values. It
shares no code with the program that wrote the bundle. Prints what it finds beside what the report says; exits with status 1
where a number differs by more than 1e-9, and says plainly what it leaves out.
"""

import bisect
import csv
import math
import os
import random
import sys
from fractions import Fraction

import looks
import ranks_and_t

try:
    import numpy
except ImportError:  # slower, and the same
    numpy = None

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = 1 << 21  # partial assignments with different sums that are held for each half
DRAWS = 20_000
EXACT = (
    "count", "estimate", "largestEvidence", "anytimeP", "anytimeLower", "anytimeUpper")
NOT_DONE = ("midP", "absoluteLower", "absoluteUpper")


# --- What is taken out of the ratings before the arms are compared -------------------------------

def independent(columns):
    """The columns that add something to those before them, each orthogonal to those."""
    kept = []
    for column in columns:
        size = math.sqrt(math.fsum(x * x for x in column))
        if size == 0:
            continue
        rest = [x / size for x in column]
        for _ in range(2):
            for other in kept:
                share = dot(rest, other) / dot(other, other)
                rest = [a - share * b for a, b in zip(rest, other)]
        left = math.sqrt(math.fsum(x * x for x in rest))
        if left > 1e-9:
            kept.append([x / left for x in rest])
    return kept


def dot(one, other):
    return math.fsum(a * b for a, b in zip(one, other))


def solve(matrix, right):
    """Gauss elimination with pivots; small and symmetric here."""
    size = len(matrix)
    rows = [list(matrix[i]) + [right[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            for j in range(i, size + 1):
                rows[k][j] -= factor * rows[i][j]
    result = [0.0] * size
    for i in reversed(range(size)):
        known = math.fsum(rows[i][j] * result[j] for j in range(i + 1, size))
        result[i] = (rows[i][size] - known) / rows[i][i]
    return result


class Whitener:
    """V^-1 of an AR(1) series with gaps, as differences of neighbours."""

    def __init__(self, rows, phi):
        self.steps = [0] + [b - a for a, b in zip(rows, rows[1:])]
        self.phi = phi

    def white(self, series):
        result = []
        for place, value in enumerate(series):
            if place == 0:
                result.append(value)
                continue
            carried = self.phi ** self.steps[place]
            result.append((value - carried * series[place - 1]) / math.sqrt(1 - carried * carried))
        return result


def adjusted(series, columns, whitener):
    """P times the series, P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1, by its white form."""
    y = whitener.white(series)
    x = [whitener.white(column) for column in columns]
    beta = solve([[dot(a, b) for b in x] for a in x], [dot(a, y) for a in x])
    rest = [value - math.fsum(b * a[i] for b, a in zip(beta, x)) for i, value in enumerate(y)]
    # The transpose of the whitening brings the rest back: V^-1 e = W'(W e).
    result = [0.0] * len(rest)
    for place, value in enumerate(rest):
        if place == 0:
            result[0] += value
            continue
        carried = whitener.phi ** whitener.steps[place]
        scale = math.sqrt(1 - carried * carried)
        result[place] += value / scale
        result[place - 1] -= carried * value / scale
    return result


def restricted(phi, rows, series, columns):
    """Twice the restricted log-likelihood of an AR(1) series with these columns, up to a constant."""
    whitener = Whitener(rows, phi)
    y = whitener.white(series)
    x = [whitener.white(column) for column in columns]
    gram = [[dot(a, b) for b in x] for a in x]
    beta = solve(gram, [dot(a, y) for a in x])
    rest = [value - math.fsum(b * a[i] for b, a in zip(beta, x)) for i, value in enumerate(y)]
    determinant = 0.0
    for i in range(len(gram)):  # by elimination; the matrix is positive definite
        determinant += math.log(gram[i][i])
        for k in range(i + 1, len(gram)):
            factor = gram[k][i] / gram[i][i]
            gram[k] = [a - factor * b for a, b in zip(gram[k], gram[i])]
    spread = math.fsum(math.log(1 - phi ** (2 * step)) for step in whitener.steps[1:] if phi != 0)
    return -spread - determinant - (len(y) - len(x)) * math.log(dot(rest, rest))


def is_estimate(test, rows):
    """Whether no other autocorrelation makes the ratings likelier, the arms left out."""
    series = [test["values"][row] for row in rows]
    extra = [[column[row] for row in rows] for column in test["columns"]]
    columns = independent([[1.0] * len(rows)] + extra)
    phi = test["phi"]
    others = [place / 50 for place in range(-49, 50)] + [
        phi + step for step in (-1e-3, -1e-5, 1e-5, 1e-3) if abs(phi + step) < 1]
    best = restricted(phi, rows, series, columns)
    return all(restricted(other, rows, series, columns) <= best + 1e-9 for other in others)


def linear_scores(test, rows):
    """Per slot the weights of a(z) and b(z): z'Py / z0'Pz0 and z'Pz0 / z0'Pz0."""
    blocks = [
        [1.0 if test["block"][row] == block else 0.0 for row in rows]
        for block in sorted({test["block"][row] for row in rows})]
    extra = [[column[row] for row in rows] for column in test["columns"]]
    columns = independent(blocks + extra)
    whitener = Whitener(rows, test["phi"] or 0.0)
    values = [test["values"][row] for row in rows]
    arms = [float(test["observed"][row]) for row in rows]
    py = adjusted(values, columns, whitener)
    pz = adjusted(arms, columns, whitener)
    square = dot(arms, pz)
    slots = len(test["values"])
    gain, overlap = [0.0] * slots, [0.0] * slots
    for place, row in enumerate(rows):
        gain[row], overlap[row] = py[place] / square, pz[place] / square
    return gain, overlap


# --- The reference set ----------------------------------------------------------------------------

class ReferenceSet:
    """Layers of an automaton: layers[slot][state] = [next state under 0, under 1], -1 for none."""

    def __init__(self, layers):
        self.layers = layers
        self.ways = [None] * (len(layers) + 1)
        last = max((n for row in layers[-1] for n in row), default=0)
        self.ways[-1] = [1] * (last + 1)
        for slot in reversed(range(len(layers))):
            after = self.ways[slot + 1]
            self.ways[slot] = [sum(after[n] for n in row if n >= 0) for row in layers[slot]]

    @property
    def count(self):
        return self.ways[0][0]

    def draw(self, rng):
        state, arms = 0, []
        for slot, layer in enumerate(self.layers):
            zero, one = layer[state]
            ways0 = self.ways[slot + 1][zero] if zero >= 0 else 0
            ways1 = self.ways[slot + 1][one] if one >= 0 else 0
            arm = 0 if rng.randrange(ways0 + ways1) < ways0 else 1
            arms.append(arm)
            state = layer[state][arm]
        return arms


class Statistic:
    """a(z) and b(z) as weighted sums over the slots under the arm, over a weight of the assignment."""

    def __init__(self, test, rows):
        self.plain = test["phi"] is None and not test["columns"]
        slots = len(test["values"])
        self.used = [False] * slots
        for row in rows:
            self.used[row] = True
        self.block = test["block"]
        self.sizes = {}
        for row in rows:
            self.sizes[self.block[row]] = self.sizes.get(self.block[row], 0) + 1
        self.several = len(set(self.block)) > 1
        if self.plain:
            # a(z) = sum z (y - mean of the block) / sum m (M - m) / M, b(z) the same with z0 for y.
            self.gain, self.overlap = [0.0] * slots, [0.0] * slots
            for block, size in self.sizes.items():
                members = [row for row in rows if self.block[row] == block]
                mean = math.fsum(test["values"][row] for row in members) / size
                share = sum(test["observed"][row] for row in members) / size
                for row in members:
                    self.gain[row] = test["values"][row] - mean
                    self.overlap[row] = test["observed"][row] - share
        else:
            self.gain, self.overlap = linear_scores(test, rows)
        # Sums that differ by less are one sum: above what additions lose, below what parts two sums.
        self.grain = 1e-13 * max(1e-300, math.fsum(abs(g) for g in self.gain))
        self.grain_of_overlap = 1e-13 * max(1e-300, math.fsum(abs(h) for h in self.overlap))

    def closing(self, block, active):
        """What a block adds to the weight: exact, since what is divided by it must tie where it should."""
        size = self.sizes.get(block, 0)
        return Fraction(active * (size - active), size) if size else Fraction(0)

    def of(self, arms):
        """(a, b), or None where no block is observed under both arms."""
        a = math.fsum(g for g, z in zip(self.gain, arms) if z)
        b = math.fsum(h for h, z in zip(self.overlap, arms) if z)
        counts = {}
        for slot, z in enumerate(arms):
            if z and self.used[slot]:
                counts[self.block[slot]] = counts.get(self.block[slot], 0) + 1
        weight = sum(self.closing(block, active) for block, active in counts.items())
        if not weight:
            return None
        return (a / float(weight), b / float(weight)) if self.plain else (a, b)


def paths(reference, statistic, start, end, states):
    """All partial assignments between two borders.

    {(first state, last state, active in the open block, weight of closed ones): {key: [a, b, number]}};
    equal sums are one entry.
    """
    current = {(state, state, 0, Fraction(0)): {(0, 0): [0.0, 0.0, 1]} for state in states}
    for slot in range(start, end):
        following = {}
        ends = statistic.several and (
            slot + 1 == len(reference.layers) or statistic.block[slot + 1] != statistic.block[slot])
        for (first, state, active, weight), sums in current.items():
            for arm in (0, 1):
                target = reference.layers[slot][state][arm]
                if target < 0:
                    continue
                now, closed = active + (arm if statistic.used[slot] else 0), weight
                if ends:
                    closed = weight + statistic.closing(statistic.block[slot], now)
                    now = 0
                place = following.setdefault((first, target, now, closed), {})
                g, h = (statistic.gain[slot], statistic.overlap[slot]) if arm else (0.0, 0.0)
                for a, b, number in sums.values():
                    key = (
                        round((a + g) / statistic.grain), round((b + h) / statistic.grain_of_overlap))
                    known = place.get(key)
                    if known is None:
                        place[key] = [a + g, b + h, number]
                    else:
                        known[2] += number
        current = following
        if sum(len(sums) for sums in current.values()) > MOST:
            return None
    return current


def border(reference, statistic):
    """Where the slots are cut in two: where few states meet, near the middle, at the end of a block."""
    slots = len(reference.layers)
    places = [
        m for m in range(1, slots)
        if not statistic.several or statistic.block[m] != statistic.block[m - 1]]
    if not places:
        return slots
    return min(places, key=lambda m: (len(reference.layers[m]) > 1, abs(2 * m - slots)))


class Halves:
    """Every assignment as a first and a second half; counted without listing the pairs."""

    def __init__(self, reference, statistic):
        self.groups, self.undefined = None, 0
        slots = len(reference.layers)
        middle = border(reference, statistic)
        left = paths(reference, statistic, 0, middle, [0])
        if left is None:
            return
        states = sorted({key[1] for key in left})
        right = {(state, 0, 0, Fraction(0)): {(0, 0): [0.0, 0.0, 1]} for state in states}
        if middle < slots:
            right = paths(reference, statistic, middle, slots, states)
            if right is None:
                return
        self.groups = []
        for (_, state, active, weight), sums in left.items():
            for (first, _, more, closed), others in right.items():
                if first != state:
                    continue
                whole = weight + closed
                if not statistic.several:
                    whole += statistic.closing(statistic.block[0], active + more)
                if not whole:
                    self.undefined += sum(s[2] for s in sums.values()) * sum(
                        s[2] for s in others.values())
                    continue
                unit = 1 / float(whole) if statistic.plain else 1.0
                self.groups.append((list(sums.values()), list(others.values()), unit))
        if numpy is not None:
            self.groups = [
                (numpy.array(s, float), numpy.array(o, float), unit) for s, o, unit in self.groups]

    def count(self, target, tau, tolerance):
        """Assignments with a - tau b at least, and at most, target; ties count for both."""
        at_least = at_most = 0
        for sums, others, unit in self.groups:
            if numpy is not None:
                values = (others[:, 0] - tau * others[:, 1]) * unit
                order = numpy.argsort(values)
                values = values[order]
                below = numpy.concatenate([[0.0], numpy.cumsum(others[order, 2])])
                rest = target - (sums[:, 0] - tau * sums[:, 1]) * unit
                low = below[numpy.searchsorted(values, rest - tolerance, "left")]
                high = below[numpy.searchsorted(values, rest + tolerance, "right")]
                at_least += float(numpy.dot(sums[:, 2], below[-1] - low))
                at_most += float(numpy.dot(sums[:, 2], high))
                continue
            ordered = sorted(((a - tau * b) * unit, number) for a, b, number in others)
            values = [value for value, _ in ordered]
            below = [0]
            for _, number in ordered:
                below.append(below[-1] + number)
            for a, b, number in sums:
                rest = target - (a - tau * b) * unit
                at_least += number * (below[-1] - below[bisect.bisect_left(values, rest - tolerance)])
                at_most += number * below[bisect.bisect_right(values, rest + tolerance)]
        return at_least, at_most


class Drawn:
    """Assignments that were drawn, where the set is too large to be listed in halves."""

    def __init__(self, statistics):
        self.undefined = sum(one is None for one in statistics)
        self.statistics = [one for one in statistics if one is not None]

    def count(self, target, tau, tolerance):
        at_least = at_most = 0
        for a, b in self.statistics:
            value = a - tau * b
            at_least += value >= target - tolerance
            at_most += value <= target + tolerance
        return at_least, at_most


# --- The test ------------------------------------------------------------------------------------

def bound(counter, total, estimate, scale, allowed, side):
    """The last effect outwards that is not rejected: its one-sided p is above `allowed`."""
    sign = -1 if side == "lower" else 1

    def accepted(tau):
        # Without the effect tau the observed statistic is estimate - tau: b of the real one is 1.
        at_least, at_most = counter.count(estimate - tau, tau, 1e-12 * scale)
        return (at_least if side == "lower" else at_most) + counter.undefined > allowed * total * (1 + 1e-12)

    inside, step = estimate, scale
    while accepted(inside + sign * step):
        inside, step = inside + sign * step, step * 2
        if step > scale * 2.0 ** 40:
            return None
    outside = inside + sign * step
    while abs(outside - inside) > 1e-12 * scale:
        middle = inside + (outside - inside) / 2
        if accepted(middle):
            inside = middle
        else:
            outside = middle
    return inside + (outside - inside) / 2


def run(test):
    """What is found, and the number of draws where the schedules are too many to be counted."""
    rows = [s for s, kept in enumerate(test["kept"]) if kept and test["values"][s] is not None]
    name = test["statistic"]
    if name in ("mean-difference", "block-adjusted"):
        return linear(test, rows)
    if test["phi"] is not None or test["columns"]:
        raise ranks_and_t.Unavailable("%s after an adjustment is not done again here" % name)
    count = ReferenceSet(test["layers"]).count
    if name == "rank-sum":
        found = ranks_and_t.rank_sum(test, rows)
    elif name == "signed-rank":
        found = ranks_and_t.signed_rank(test, rows, count)
    elif name != "studentised":
        raise ranks_and_t.Unavailable("the statistic %s is not known here" % name)
    elif ranks_and_t.rises_with_difference(test, rows):
        return linear(test, rows)
    else:
        difference = Statistic(test, rows).of(test["observed"])[0]
        found = ranks_and_t.studentised(test, rows, count, difference)
    return dict(found, count=count), None


def answered(test):
    """The same, with the bound of a one-sided plan, and with what holds in a trial that was looked at."""
    found, draws = run(test)
    if test["sides"] in ("greater", "less") and draws is None:
        end = "lower" if test["sides"] == "greater" else "upper"
        level = 2 * test["level"] - 1
        # At one half and below nothing is claimed.
        found["planned" + end.capitalize()] = run(dict(test, level=level))[0][end] if level > 0 else None
    if test["monitoring"] is not None:
        found.update(looks.looked(test))
    return found, draws


def linear(test, rows):
    reference = ReferenceSet(test["layers"])
    statistic = Statistic(test, rows)
    estimate = statistic.of(test["observed"])[0]
    values = [test["values"][row] for row in rows]
    scale = max(abs(estimate), max(values) - min(values), 1e-300)
    tolerance = 1e-10 * scale
    found = {"count": reference.count, "estimate": estimate}
    counter, total, draws = Halves(reference, statistic), reference.count, None
    if counter.groups is None:
        rng = random.Random(1)
        counter = Drawn(
            [statistic.of(reference.draw(rng)) for _ in range(DRAWS)]
            + [statistic.of(test["observed"])])
        total = draws = DRAWS + 1
    at_least, at_most = counter.count(estimate, 0.0, tolerance)
    found["greater"] = (at_least + counter.undefined) / total
    found["less"] = (at_most + counter.undefined) / total
    found["doubled"] = min(1.0, 2 * min(found["greater"], found["less"]))
    if abs(estimate) <= tolerance:
        found["absolute"] = 1.0
    else:
        far = counter.count(-estimate, 0.0, tolerance)[1 if estimate > 0 else 0]
        near = at_least if estimate > 0 else at_most
        found["absolute"] = (near + far + counter.undefined) / total
    if draws is None:
        for side in ("lower", "upper"):
            found[side] = bound(counter, total, estimate, scale, (1 - test["level"]) / 2, side)
    return found, draws


# --- Files ---------------------------------------------------------------------------------------

def rows_of(name):
    with open(os.path.join(HERE, "primary-test", name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(number):
    """The settings, the slots and the layers of one test, and what the report says of it."""
    settings = {row["name"]: row["value"] for row in rows_of("%d-settings.csv" % number)}
    slots = rows_of("%d-slots.csv" % number)
    test = {
        "outcome": settings["outcome"], "arm": settings["arm"], "reference": settings["reference"],
        "statistic": settings["statistic"], "level": float(settings["level"]),
        "sides": settings["sides"], "monitoring": {
            "sd": float(settings["monitoringSD"]),
            "ends": [int(end) for end in settings["monitoringEnds"].split(" ")],
        } if "monitoringSD" in settings else None,
        "phi": float(settings["phi"]) if settings["phi"] else None,
        "estimated": settings["phiIsEstimated"] == "1",
        "values": [float(row["value"]) if row["value"] else None for row in slots],
        "observed": [int(row["observed"]) for row in slots],
        "kept": [row["kept"] == "1" for row in slots], "block": [int(row["block"]) for row in slots],
        "columns": [
            [float(row[name]) if row[name] else math.nan for row in slots]
            for name in slots[0] if name.startswith("column")],
        "layers": [[] for _ in slots]}
    for row in rows_of("%d-layers.csv" % number):
        test["layers"][int(row["slot"]) - 1].append([int(row["next0"]), int(row["next1"])])
    return test, {row["name"]: row["value"] for row in rows_of("%d-expected.csv" % number)}


def compare(name, found, expected, draws):
    """How many numbers differ, and how many are left out."""
    failed = left_out = 0
    for key, text in expected.items():
        if key in ("method", "standardError"):
            continue
        value = float(text) if text else None
        if key not in found:
            print("left out %s: %s, %s" % (
                name, key, "not done again here" if key in NOT_DONE else "too many schedules to list"))
            left_out += 1
            continue
        mine, how, limit = found[key], "to 1e-9", 1e-9 * max(1.0, abs(value or 0.0))
        is_share = key in ("greater", "less", "doubled", "absolute")
        if is_share and draws is not None:
            limit = 10 * math.sqrt(max(value, 1 / draws) / draws)
            how = "within the error of %d draws" % draws
        elif expected["method"] == "monte-carlo" and key not in EXACT:
            if not is_share:
                print("left out %s: %s, of which the report says that it was drawn" % (name, key))
                left_out += 1
                continue
            limit, how = 5 * float(expected["standardError"]) + 1e-4, "within the report's error"
        agrees = mine == value if None in (mine, value) else abs(mine - value) <= limit
        failed += not agrees
        print("%-8s %s: %s %s, report %s (%s)" % (
            "ok" if agrees else "DIFFERS", name, key, mine, text or "none", how))
    return failed, left_out


def absent(name, expected, report):
    """How many of the expected numbers do not stand in report.json, to the last digit."""
    failed = 0
    for key, text in expected.items():
        if key in ("method", "count", "standardError") or not text:
            continue
        text = text[:-2] if text.endswith(".0") else text
        if text not in report:
            failed += 1
            print("DIFFERS  %s: %s %s does not stand in report.json" % (name, key, text))
    return failed


def main():
    failed = left_out = number = 0
    with open(os.path.join(HERE, "report.json"), encoding="utf-8") as file:
        report = file.read()
    while os.path.exists(os.path.join(HERE, "primary-test", "%d-settings.csv" % (number + 1))):
        number += 1
        test, expected = load(number)
        name = "%s, %s minus %s" % (test["outcome"], test["arm"], test["reference"])
        failed += absent(name, expected, report)
        if test["phi"] is not None and test["estimated"]:
            rows = [s for s, kept in enumerate(test["kept"]) if kept and test["values"][s] is not None]
            agrees = is_estimate(test, rows)
            failed += not agrees
            print("%-8s %s: phi %s is the likeliest, by restricted likelihood" % (
                "ok" if agrees else "DIFFERS", name, test["phi"]))
        try:
            found, draws = answered(test)
        except ranks_and_t.Unavailable as why:
            print("left out %s: %s" % (name, why))
            left_out += 1
            continue
        if test["monitoring"] is not None:
            print("looked at %s: the answer is anytimeP with anytimeLower to anytimeUpper" % name)
        more = compare(name, found, expected, draws)
        failed, left_out = failed + more[0], left_out + more[1]
    if failed:
        print("%d numbers differ from the report" % failed)
        return 1
    if number == 0:
        has_test = '"doubled"' in report
        print("primary-test/ is missing, and report.json has a test: nothing was done again" if has_test
              else "the report has no randomization test: there is nothing to do again")
        return 1 if has_test else 0
    print("the primary result follows from this bundle" if not left_out
          else "what was done again agrees; %d left out" % left_out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
