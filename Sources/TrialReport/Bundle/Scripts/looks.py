"""The answer of a trial that was looked at while it ran, for reproduce.py.

Whoever kept the key might stop it by a rule that was sealed, so its p and interval hold whenever one stops:
1 over the largest evidence E after any block, and the effects at which E has stayed below 1 / (1 - level) after
every block. E is worked out from its definition, sequence by sequence within each block.
"""

import math

try:
    import numpy
except ImportError:  # slower, and the same
    numpy = None

HALVINGS = 60


def tilts(rule, sides):
    """k / (5 sd) for k from 1 to 10, with the signs of the plan's sides."""
    sizes = [k / (5 * rule["sd"]) for k in range(1, 11)]
    return (sizes if sides != "less" else []) + ([-s for s in sizes] if sides != "greater" else [])


def sequences(test, state, start, end):
    """What the slots of a block can have, and the state after it: blocks are drawn independently."""
    found = [(state, ())]
    for slot in range(start, end):
        found = [
            (layer[arm], arms + (arm,)) for state, arms in found
            for layer in [test["layers"][slot][state]] for arm in (0, 1) if layer[arm] >= 0]
    return [arms for _, arms in found], found[0][0]


def difference(arms, places, values):
    """The difference in means; 0 where an arm has none."""
    sides = [[value for place, value in zip(places, values) if arms[place] == arm] for arm in (0, 1)]
    if not all(sides):
        return 0.0
    return math.fsum(sides[1]) / len(sides[1]) - math.fsum(sides[0]) / len(sides[0])


class Evidence:
    """E after each block at any effect."""

    def __init__(self, test):
        self.tilts = tilts(test["monitoring"], test["sides"])
        self.blocks = []
        start, state = 0, 0
        for end in test["monitoring"]["ends"]:
            arms, state = sequences(test, state, start, end)
            places = [
                slot - start for slot in range(start, end)
                if test["kept"][slot] and test["values"][slot] is not None]
            values = [test["values"][start + place] for place in places]
            own = [test["observed"][start + place] for place in places]
            real = tuple(test["observed"][start:end])
            pairs = [(difference(z, places, values), difference(z, places, own)) for z in arms]
            here = (difference(real, places, values), difference(real, places, own))
            self.blocks.append((here, numpy.array(pairs) if numpy is not None else pairs))
            start = end

    def path(self, effect):
        """E after each block, were the difference between the arms this one."""
        logs, result = [0.0] * len(self.tilts), []
        for (own, overlap), pairs in self.blocks:
            here = own - effect * overlap
            if numpy is not None:
                there = pairs[:, 0] - effect * pairs[:, 1]
                most = {True: float(there.max()), False: float(there.min())}
            else:
                there = [d - effect * o for d, o in pairs]
                most = {True: max(there), False: min(there)}
            for place, tilt in enumerate(self.tilts):
                top = tilt * most[tilt > 0]
                if numpy is not None:
                    mean = float(numpy.exp(tilt * there - top).mean())
                else:
                    mean = math.fsum(math.exp(tilt * d - top) for d in there) / len(there)
                logs[place] += tilt * here - top - math.log(mean)
            top = max(logs)
            result.append(math.exp(min(top, 700.0)) * math.fsum(math.exp(x - top) for x in logs) / len(logs))
        return result

    def means(self):
        """The mean of the differences of the blocks so far, after each block."""
        total, number, result = 0.0, 0, []
        for (own, overlap), _ in self.blocks:
            if overlap > 0:
                total, number = total + own, number + 1
            result.append(total / number if number else 0.0)
        return result


def interval(evidence, level):
    """The effects that were rejected after no block.

    Where no constant effect is left, those that were left a block earlier.
    """
    limit, means = 1 / (1 - level), evidence.means()
    reach = 50 / min(abs(tilt) for tilt in evidence.tilts)
    for count in range(len(means), 0, -1):
        def is_rejected(effect, count=count):
            return max(evidence.path(effect)[:count]) >= limit

        low, high = min(means[:count]), max(means[:count])
        between = [low + (high - low) * step / 64 for step in range(1, 64)] if low < high else []
        inside = next((
            effect for effect in means[:count][::-1] + between if not is_rejected(effect)), None)
        if inside is None:
            continue
        bounds = []
        for sign in (-1, 1):
            near, far = 0.0, reach
            if not is_rejected(inside + sign * far):
                bounds.append(None)
                continue
            for _ in range(HALVINGS):
                middle = (near + far) / 2
                near, far = (near, middle) if is_rejected(inside + sign * middle) else (middle, far)
            bounds.append(inside + sign * far)
        return bounds
    return [None, None]


def looked(test):
    """The numbers of the answer, by their names in the table of what is expected."""
    evidence = Evidence(test)
    largest = max([1.0] + evidence.path(0.0))
    lower, upper = interval(evidence, test["level"])
    return {
        "largestEvidence": largest, "anytimeP": 1 / largest, "anytimeLower": lower,
        "anytimeUpper": upper}
