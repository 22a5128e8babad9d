"""The schemes of a protocol file, and the allocation drawn from one.

Written from Documentation/Specifications/protocol.md, section 3, and allocation.md. A scheme is an
automaton over the slots: their number, the state before the first one, the state after a slot has
this arm (0 the reference; None: not allowed), and which states may end (with draws from a bowl: how
many draws end so).
"""
import math
import re
from protocol import arms as arms_of
from verify import need


def scheme(protocol):
    (name, stated), = protocol["scheme"].items()
    number = {key: int(value) for key, value in stated.items()
              if isinstance(value, str) and re.fullmatch("[0-9]+", value)}.get
    names = arms_of(protocol)
    letters = {arm[0].lower(): str(index) for index, arm in enumerate(names)}

    def spelled(key):
        return ["".join(letters[letter.lower()] for letter in text) for text in stated[key]]

    def counts():
        """Slots of each arm: stated so, or as slots and active."""
        if "counts" in stated:
            return tuple(map(int, stated["counts"]))
        return number("slots") - number("active"), number("active")

    if name == "complete":
        return blocks([counts()])
    if name == "pairs":
        return blocks([(1, 1)] * number("count"))
    if name == "blocks":
        if "each" in stated:
            each = [tuple(map(int, stated["each"]))] * number("repeat")
        elif "counts" in stated:
            each = [tuple(map(int, block)) for block in stated["counts"]]
        else:
            each = [(int(size) - int(active), int(active))
                    for size, active in zip(stated["sizes"], stated["active"], strict=True)]
        return (shuffled if stated.get("order") == "shuffled" else blocks)(each)
    if name == "alternation":
        return alternation(counts(), number("longestRun"))
    if name == "periods":
        sets = number("sets") if "sets" in stated else number("pairs")
        return periods(sets, len(names), number("length"))
    if name == "phases":
        return phases(len(stated["kind"]), number("slots"), number("shortest"))
    if name == "coin":
        fewest = number("fewest")
        return (number("slots"), (0,) * len(names), lambda given, slot, arm: more(given, arm),
                lambda given: min(given) >= fewest)
    if name == "weekly":
        return weekly(spelled("patterns"), number("weeks"), number("activeWeeks"),
                      stated.get("alternating") == "true", stated.get("replacement") == "false")
    need(name == "listed", f"the scheme {name!r} is not one of version 1")
    listed = spelled("assignments")

    def step(start, slot, arm):
        start += str(arm)
        return start if any(known.startswith(start) for known in listed) else None
    return len(listed[0]), "", step, lambda start: True


def more(given, arm):
    """One slot more of an arm."""
    return given[:arm] + (given[arm] + 1,) + given[arm + 1:]


def blocks(each):
    """Blocks in their order; the state has the slots of the block that has begun."""
    places = [(block, left) for block in each for left in reversed(range(sum(block)))]

    def step(given, slot, arm):
        block, left = places[slot]
        given = more(given, arm)
        return None if given[arm] > block[arm] else given if left else (0,) * len(block)
    return len(places), (0,) * len(each[0]), step, lambda given: True


def shuffled(each):
    """Blocks in any order: the state is the set of all ways to stand in them."""
    nothing = (0,) * len(each[0])

    def step(ways, slot, arm):
        after = set()
        for left, block, given in ways:
            for kind in {block} if block else set(left):
                rest = list(left)
                if not block:
                    rest.remove(kind)
                now = more(given, arm)
                if now[arm] <= kind[arm]:
                    after.add((tuple(rest), None, nothing) if now == kind
                              else (tuple(rest), kind, now))
        return frozenset(after) or None
    start = frozenset({(tuple(sorted(each)), None, nothing)})
    return sum(map(sum, each)), start, step, lambda ways: True


def alternation(counts, longest):
    def step(state, slot, arm):
        given, last, run = state
        run = run + 1 if arm == last else 1
        given = more(given, arm)
        return (given, arm, run) if run <= longest and given[arm] <= counts[arm] else None
    return sum(counts), ((0,) * len(counts), None, 0), step, lambda state: True


def periods(sets, arms, length):
    def step(state, slot, arm):
        current, had = state
        if arm in had or current not in (None, arm):
            return None
        if slot % length < length - 1:
            return arm, had
        had |= {arm}
        return None, had if len(had) < arms else frozenset()
    return sets * arms * length, (None, frozenset()), step, lambda state: True


def phases(count, slots, shortest):
    def step(state, slot, arm):
        phase, length = state
        if arm == phase % 2:
            return phase, min(length + 1, shortest)
        return (phase + 1, 1) if length == shortest and phase + 1 < count else None
    return slots, (0, 0), step, lambda state: state == (count - 1, shortest)


def weekly(patterns, weeks, active_weeks, alternating, is_bowl):
    length = len(patterns[0])

    def step(state, slot, arm):
        actives, before, week, taken = state
        week += str(arm)
        left = [known for known in patterns if taken.count(known) < patterns.count(known)]
        if not any(known.startswith(week) for known in left + ["0" * length]):
            return None
        if len(week) < length:
            return actives, before, week, taken
        active = week.strip("0") != ""
        if alternating and active == before or actives + active > active_weeks:
            return None
        if active and is_bowl:
            taken = tuple(sorted(taken + (week,)))
        return actives + active, active, "", taken

    def draws(state):
        """The ways to take these envelopes in this order."""
        kinds = set(state[3])
        ways = [math.perm(patterns.count(kind), state[3].count(kind)) for kind in kinds]
        return math.prod(ways) if state[0] == active_weeks else 0
    return weeks * length, (0, None, "", ()), step, draws


def most(protocol):
    """The most slots that some sequence gives to each arm (packing 3)."""
    slots, start, step, may_end = scheme(protocol)
    every_arm, found = range(len(arms_of(protocol))), []
    for counted in every_arm:
        states = {start: 0}
        for slot in range(slots):
            following = {}
            for state, given in states.items():
                for arm in every_arm:
                    after = step(state, slot, arm)
                    if after is not None:
                        following[after] = max(following.get(after, 0), given + (arm == counted))
            states = following
        found.append(max(given for state, given in states.items() if may_end(state)))
    return found


def draw(protocol, below):
    """The allocation, an arm's number for each slot (allocation 3); below(n): uniform below n."""
    slots, start, step, may_end = scheme(protocol)
    every_arm = range(len(protocol["arms"]))
    states = [{start}]
    for slot in range(slots):
        states.append(
            {step(state, slot, arm) for state in states[slot] for arm in every_arm} - {None})
    ends = {state: int(may_end(state)) for state in states[slots]}
    common = math.gcd(*ends.values()) or 1
    ways = [{state: count // common for state, count in ends.items()}]  # how many draws go on
    for slot in reversed(range(slots)):
        ways.insert(0, {state: sum(ways[0].get(step(state, slot, arm), 0) for arm in every_arm)
                        for state in states[slot]})
    count, state, chosen = ways[0][start], start, []
    need(count > 0, "the scheme allows no sequence")
    rank = below(count)
    for slot in range(slots):
        for arm in every_arm:
            following = ways[slot + 1].get(step(state, slot, arm), 0)
            if rank < following:
                break
            rank -= following
        state = step(state, slot, arm)
        chosen.append(arm)
    return chosen, count
