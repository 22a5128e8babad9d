"""Ranks and studentised differences, for reproduce.py.

Each statistic is worked out from its definition for every assignment of the reference set: rank sums and
signed ranks by counting paths with equal sums, in fractions; t values by listing the assignments, which
needs numpy. Where t rises with the difference under every assignment, reproduce.py's own count serves.
"""

from fractions import Fraction

try:
    import numpy
except ImportError:
    numpy = None

MOST_LISTED = 1 << 19


class Unavailable(Exception):
    """Why something is left out."""


def exact(value):
    """A rating as the decimal that was written down."""
    return Fraction(repr(value))


def doubled_ranks(values):
    """Twice the ranks from 1, ties at their mean."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, start = [0] * len(values), 0
    while start < len(order):
        end = start + 1
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = start + 1 + end
        start = end
    return ranks


class Tails:
    """Assignments with a sum at least, and at most, as large as the observed one, and as far from 0."""

    def __init__(self, numbers, own, undefined):
        self.own, self.total = own, sum(numbers.values()) + undefined
        self.greater = undefined + sum(n for s, n in numbers.items() if s >= own)
        self.less = undefined + sum(n for s, n in numbers.items() if s <= own)
        self.absolute = undefined + sum(n for s, n in numbers.items() if abs(s) >= abs(own))


def blocks_of(test, rows):
    found = {}
    for row in rows:
        found.setdefault(test["block"][row], []).append(row)
    return list(found.values())


# --- Rank sums ------------------------------------------------------------------------------------

def counted_sums(test, rows, gain):
    """How many assignments have each sum of gains, and how many leave every block without an arm."""
    used, sizes = set(rows), {}
    for row in rows:
        sizes[test["block"][row]] = sizes.get(test["block"][row], 0) + 1
    layers = test["layers"]
    current = {(0, 0, False): {0: 1}}  # state, active in the open block, whether one has both arms
    for slot, layer in enumerate(layers):
        block = test["block"][slot]
        ends = slot + 1 == len(layers) or test["block"][slot + 1] != block
        following = {}
        for (state, active, is_defined), sums in current.items():
            for arm in (0, 1):
                target = layer[state][arm]
                if target < 0:
                    continue
                now = active + (arm if slot in used else 0)
                known = is_defined or (ends and 0 < now < sizes.get(block, 0))
                place = following.setdefault((target, 0 if ends else now, known), {})
                step = gain.get(slot, 0) if arm else 0
                for total, number in sums.items():
                    place[total + step] = place.get(total + step, 0) + number
        current = following
    numbers, undefined = {}, 0
    for (_, _, known), sums in current.items():
        for total, number in sums.items():
            if known:
                numbers[total] = numbers.get(total, 0) + number
            else:
                undefined += number
    return numbers, undefined


def rank_sum(test, rows):
    values = {row: exact(test["values"][row]) for row in rows}
    observed, blocks = test["observed"], blocks_of(test, rows)

    def tails(effect):
        gain = {}
        for members in blocks:
            moved = [values[row] - effect * observed[row] for row in members]
            for row, rank in zip(members, doubled_ranks(moved)):
                gain[row] = rank - (len(members) + 1)
        own = sum(g for row, g in gain.items() if observed[row])
        numbers, undefined = counted_sums(test, rows, gain)
        return Tails(numbers, own, undefined)

    differences = sorted(
        values[i] - values[j] for members in blocks for i in members if observed[i]
        for j in members if not observed[j])
    return inverted(test, differences, tails)


# --- Signed ranks ---------------------------------------------------------------------------------

def signed_rank(test, rows, count):
    pairs = len(set(test["block"]))
    if count != 2 ** pairs:
        raise Unavailable("the scheme does not swap every pair by itself")
    observed = test["observed"]

    def mean(members):
        return sum(exact(test["values"][row]) for row in members) / len(members)

    differences = []
    for members in blocks_of(test, rows):
        active = [row for row in members if observed[row]]
        reference = [row for row in members if not observed[row]]
        if active and reference:
            differences.append(mean(active) - mean(reference))

    def tails(effect):
        moved = [d - effect for d in differences]
        ranks = doubled_ranks([abs(d) for d in moved])
        numbers, own = {0: 1}, 0
        for d, rank in zip(moved, ranks):
            step = rank if d != 0 else 0
            own += step if d > 0 else -step
            following = {}
            for total, number in numbers.items():
                for sign in (-step, step):
                    following[total + sign] = following.get(total + sign, 0) + number
            numbers = following
        return Tails(numbers, own, 0)

    walsh = sorted(
        (a + b) / 2 for i, a in enumerate(differences) for b in differences[:i + 1])
    return inverted(test, walsh, tails)


# --- From p at effect 0 to the interval -----------------------------------------------------------

def inverted(test, differences, tails):
    """p, interval and Hodges-Lehmann value; p changes only at these differences."""
    points = sorted(set(differences))
    last, known = 2 * len(points), {}

    def at(position):
        if position not in known:
            if position % 2:
                effect = points[position // 2]
            elif position == 0:
                effect = points[0] - 1
            elif position == last:
                effect = points[-1] + 1
            else:
                effect = (points[position // 2 - 1] + points[position // 2]) / 2
            known[position] = tails(effect)
        return known[position]

    def first(holds):
        """The first position that holds, where it holds from there on."""
        if not holds(last):
            return None
        low, high = 0, last
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle + 1, high)
        return low

    def final(holds):
        """The last position that holds, where it holds up to there."""
        if not holds(0):
            return None
        low, high = 0, last
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if holds(middle) else (low, middle - 1)
        return low

    def start(position):
        return None if position in (None, 0) else points[(position - 1) // 2]

    def end(position):
        return None if position in (None, last) else points[position // 2]

    here = tails(Fraction(0))
    allowed = (1 - exact(test["level"])) / 2 * here.total
    low = start(first(lambda p: at(p).greater >= at(p).less))
    high = end(final(lambda p: at(p).greater <= at(p).less))
    if low is None or high is None:
        middle = (differences[(len(differences) - 1) // 2] + differences[len(differences) // 2]) / 2
    else:
        middle = (low + high) / 2
    lower = start(first(lambda p: at(p).greater > allowed))
    upper = end(final(lambda p: at(p).less > allowed))
    greater, less = here.greater / here.total, here.less / here.total
    return {
        "estimate": float(middle), "greater": greater, "less": less,
        "doubled": min(1.0, 2 * min(greater, less)), "absolute": here.absolute / here.total,
        "lower": None if lower is None else float(lower),
        "upper": None if upper is None else float(upper)}


# --- Studentised ----------------------------------------------------------------------------------

def active_numbers(test, used, start, end):
    """How many active used slots a run of slots can have, over all assignments."""
    layers, states = test["layers"], {0}
    for slot in range(start):
        states = {n for state in states for n in layers[slot][state] if n >= 0}
    reached = {(state, 0) for state in states}
    for slot in range(start, end):
        reached = {
            (layers[slot][state][arm], number + (arm if slot in used else 0))
            for state, number in reached for arm in (0, 1) if layers[slot][state][arm] >= 0}
    return {number for _, number in reached}


def rises_with_difference(test, rows):
    """Whether the squares about the means are the same for every assignment."""
    used = set(rows)
    if len(set(test["block"])) == 1:
        numbers = active_numbers(test, used, 0, len(test["layers"]))
        return len(rows) > 3 and numbers == {len(rows) / 2}
    sizes = [members for members in blocks_of(test, rows) if len(members) != 1]
    return len(sizes) > 1 and all(
        len(members) == 2
        and active_numbers(test, used, members[0], members[1] + 1) == {1} for members in sizes)


def listed(test):
    """Every assignment, one row each."""
    states, arms = numpy.zeros(1, int), numpy.zeros((1, 0), numpy.int8)
    for layer in test["layers"]:
        table = numpy.array(layer)
        parts = []
        for arm in (0, 1):
            target = table[states, arm]
            kept = target >= 0
            parts.append((target[kept], numpy.hstack(
                [arms[kept], numpy.full((int(kept.sum()), 1), arm, numpy.int8)])))
        states = numpy.concatenate([part[0] for part in parts])
        arms = numpy.vstack([part[1] for part in parts])
    return arms


class Studentised:
    """t of every assignment at an effect; the last row is the real assignment."""

    def __init__(self, test, rows):
        arms = numpy.vstack([listed(test), numpy.array([test["observed"]], numpy.int8)])
        self.z = arms[:, rows].astype(float)
        values = numpy.array([test["values"][row] for row in rows])
        self.y = values - values.mean()
        self.own = self.z[-1].copy()
        self.size = max(1e-300, float(numpy.abs(self.y).max()))
        self.blocks = None
        if len(set(test["block"])) > 1:
            place = {row: index for index, row in enumerate(rows)}
            self.blocks = [[place[row] for row in members] for members in blocks_of(test, rows)]
            self.by_block = [self.of_block(series) for series in (self.y, self.own)]

    def of_block(self, series):
        differences = []
        for members in self.blocks:
            z = self.z[:, members]
            active = z.sum(1)
            other = len(members) - active
            with numpy.errstate(divide="ignore", invalid="ignore"):
                differences.append(
                    z @ series[members] / active - (1 - z) @ series[members] / other)
        return numpy.nan_to_num(numpy.array(differences).T, posinf=0, neginf=0)

    def t(self, effect):
        """NaN for an assignment without a statistic."""
        if self.blocks is None:
            y = self.y - effect * self.own
            active = self.z.sum(1)
            other = len(self.y) - active
            with numpy.errstate(divide="ignore", invalid="ignore"):
                one, two = self.z @ y / active, (1 - self.z) @ y / other
                square = (self.z @ (y * y) / active - one * one) / (active - 1) + (
                    (1 - self.z) @ (y * y) / other - two * two) / (other - 1)
            difference, is_defined = one - two, (active > 1) & (other > 1)
        else:
            numbers = numpy.array([len(members) for members in self.blocks], float)
            active = numpy.array([self.z[:, members].sum(1) for members in self.blocks]).T
            weight = active * (numbers - active) / numbers
            count, total = (weight > 0).sum(1), weight.sum(1)
            is_defined = count > 1
            with numpy.errstate(divide="ignore", invalid="ignore"):
                share = weight / total[:, None]
                d = self.by_block[0] - effect * self.by_block[1]
                difference = (share * d).sum(1)
                square = count / (count - 1.0) * (
                    (share * (d - difference[:, None])) ** 2).sum(1)
        small = 1e-10 * (self.size + abs(effect))
        flat = square <= small * small * 1e-3
        infinite = numpy.where(difference > 0, numpy.inf, -numpy.inf)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            t = difference / numpy.sqrt(square)
        t = numpy.where(flat, numpy.where(numpy.abs(difference) <= small, 0, infinite), t)
        return numpy.where(is_defined, t, numpy.nan)

    def tails(self, effect):
        t = self.t(effect)
        own, rest = t[-1], t[:-1]
        undefined = int(numpy.isnan(rest).sum())
        rest = rest[~numpy.isnan(rest)]
        near = 1e-11 * max(1.0, abs(own)) if numpy.isfinite(own) else 0.0
        return (
            undefined + int((rest >= own - near).sum()), undefined + int((rest <= own + near).sum()),
            undefined + int((numpy.abs(rest) >= abs(own) - near).sum()), len(t) - 1)


def studentised(test, rows, count, estimate):
    """By listing; the difference itself is the estimate."""
    if numpy is None:
        raise Unavailable("t values are listed with numpy, which is not there")
    if count > MOST_LISTED:
        raise Unavailable("too many schedules to list")
    form = Studentised(test, rows)
    values = [test["values"][row] for row in rows]
    scale = max(abs(estimate), max(values) - min(values), 1e-300)
    greater, less, absolute, total = form.tails(0.0)
    allowed = (1 - test["level"]) / 2 * total * (1 + 1e-12)

    def limit(sign):
        """The outermost effect that is not rejected: a grid outwards, then halving."""
        def accepted(effect):
            return form.tails(effect)[0 if sign < 0 else 1] > allowed
        offsets = [step / 100 for step in range(301)] + [3 * 1.5 ** step for step in range(1, 40)]
        kept = [place for place, offset in enumerate(offsets)
                if accepted(estimate + sign * scale * offset)]
        if not kept or kept[-1] == len(offsets) - 1:
            return None
        inside, outside = (estimate + sign * scale * offsets[kept[-1] + more] for more in (0, 1))
        while abs(outside - inside) > 1e-12 * scale:
            middle = (inside + outside) / 2
            if middle in (inside, outside):
                break
            inside, outside = (middle, outside) if accepted(middle) else (inside, middle)
        return (inside + outside) / 2

    return {
        "estimate": estimate, "greater": greater / total, "less": less / total,
        "doubled": min(1.0, 2 * min(greater, less) / total), "absolute": absolute / total,
        "lower": limit(-1), "upper": limit(1)}
