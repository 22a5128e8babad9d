#!/usr/bin/env python3
"""Test vectors of Documentation/Specifications/allocation.md, made independently of the program.

Usage: python3 allocation.py > allocation.json        Python 3.8 or later, no other package.

Every scheme is a predicate over whole sequences here, not an automaton, and every set is listed
in full (a bowl is emptied in every order, so its sequences stand in the list as often as they are
drawn); only the larger counts come from binomial coefficients. The draw is written from the text
of the specification: HKDF (RFC 5869), ChaCha20 (RFC 8439), and the rule of section 2.
"""
import hashlib, hmac, itertools, json, math, struct

INFO = b'selfblind/schedule/v1'


def hkdf(ikm, info, length=32, salt=b''):
    prk = hmac.new(salt or b'\0' * 32, ikm, hashlib.sha256).digest()
    out, block, i = b'', b'', 1
    while len(out) < length:
        block = hmac.new(prk, block + info + bytes([i]), hashlib.sha256).digest()
        out, i = out + block, i + 1
    return out[:length]


def rotate(x, n):
    return ((x << n) | (x >> (32 - n))) & 0xffffffff


def chacha_block(key, counter):
    state = list(struct.unpack('<4I', b'expand 32-byte k')) + list(struct.unpack('<8I', key))
    state += [counter, 0, 0, 0]
    w = state[:]
    def quarter(a, b, c, d):
        w[a] = (w[a] + w[b]) & 0xffffffff; w[d] = rotate(w[d] ^ w[a], 16)
        w[c] = (w[c] + w[d]) & 0xffffffff; w[b] = rotate(w[b] ^ w[c], 12)
        w[a] = (w[a] + w[b]) & 0xffffffff; w[d] = rotate(w[d] ^ w[a], 8)
        w[c] = (w[c] + w[d]) & 0xffffffff; w[b] = rotate(w[b] ^ w[c], 7)
    for _ in range(10):
        quarter(0, 4, 8, 12); quarter(1, 5, 9, 13); quarter(2, 6, 10, 14); quarter(3, 7, 11, 15)
        quarter(0, 5, 10, 15); quarter(1, 6, 11, 12); quarter(2, 7, 8, 13); quarter(3, 4, 9, 14)
    return [(x + y) & 0xffffffff for x, y in zip(w, state)]


class Stream:
    def __init__(self, seed):
        self.key = hkdf(seed, INFO)
        self.counter, self.words, self.used = 0, [], []

    def word(self):
        if not self.words:
            self.words = chacha_block(self.key, self.counter)
            self.counter += 1
        self.used.append(self.words[0])
        return self.words.pop(0)

    def below(self, n):
        k = max(1, ((n - 1).bit_length() + 31) // 32)
        limit = (2 ** (32 * k) // n) * n
        while True:
            x = sum(self.word() << (32 * i) for i in range(k))
            if x < limit:
                return x % n


def runs(z):
    return [(a, len(list(g))) for a, g in itertools.groupby(z)]


def blocks(sizes, active):
    def member(z):
        at = 0
        for size, ones in zip(sizes, active):
            if sum(z[at:at + size]) != ones:
                return False
            at += size
        return True
    return sum(sizes), member


def blocks_of(counts):
    """Blocks with so many slots of each arm, for any number of arms."""
    def member(z):
        at = 0
        for block in counts:
            part = z[at:at + sum(block)]
            if [part.count(arm) for arm in range(len(block))] != list(block):
                return False
            at += sum(block)
        return True
    return sum(map(sum, counts)), member


def shuffled(counts):
    """Blocks in any order: what some order of them allows."""
    orders = [blocks_of(order)[1] for order in set(itertools.permutations(counts))]
    return sum(map(sum, counts)), lambda z: any(member(z) for member in orders)


def periods(sets, length, arms=2):
    def member(z):
        count = sets * arms
        firsts = [z[i * length] for i in range(count)]
        whole = all(len(set(z[i * length:(i + 1) * length])) == 1 for i in range(count))
        return whole and all(len(set(firsts[arms * i:arms * (i + 1)])) == arms
                             for i in range(sets))
    return sets * arms * length, member


def phases(kind, slots, shortest):
    arms = ['AB'.index(letter) for letter in kind]
    return slots, lambda z: ([a for a, _ in runs(z)] == arms
                             and all(n >= shortest for _, n in runs(z)))


def weekly(weeks, active, patterns, alternating):
    days = len(patterns[0])
    def member(z):
        parts = [list(z[i * days:(i + 1) * days]) for i in range(weeks)]
        kinds = [any(part) for part in parts]
        if not all(part in patterns for part, kind in zip(parts, kinds) if kind):
            return False
        if alternating and any(a == b for a, b in zip(kinds, kinds[1:])):
            return False
        return sum(kinds) == active
    return weeks * days, member


def bowl(weeks, active, patterns, alternating):
    """Every way to choose the weeks and to take the envelopes, sorted: sequences may repeat."""
    drawn = []
    for chosen in itertools.combinations(range(weeks), active):
        if alternating and any((i in chosen) == (i + 1 in chosen) for i in range(weeks - 1)):
            continue
        for taken in itertools.permutations(range(len(patterns)), active):
            rest = iter(taken)
            drawn.append(sum((patterns[next(rest)] if week in chosen else (0,) * len(patterns[0])
                              for week in range(weeks)), ()))
    common = math.gcd(*map(drawn.count, set(drawn)))
    return sorted(drawn)[::common]


TWO, THREE = ['placebo', 'active'], ['placebo', 'active', 'nothing']

SMALL = [  # scheme as in a protocol file with these two arms, slots, predicate
    ('pairs: {count: 6}', *blocks([2] * 6, [1] * 6)),
    ('blocks: {sizes: [4, 6, 2], active: [2, 3, 1]}', *blocks([4, 6, 2], [2, 3, 1])),
    ('blocks: {sizes: [3, 5], active: [1, 2]}', *blocks([3, 5], [1, 2])),
    ('complete: {slots: 12, active: 5}', 12, lambda z: sum(z) == 5),
    ('alternation: {slots: 14, active: 7, longestRun: 2}', 14,
     lambda z: sum(z) == 7 and max(n for _, n in runs(z)) <= 2),
    ('periods: {pairs: 3, length: 2, drop: 1}', *periods(3, 2)),
    ('phases: {kind: AB, slots: 14, shortest: 4}', *phases('AB', 14, 4)),
    ('phases: {kind: ABAB, slots: 14, shortest: 2}', *phases('ABAB', 14, 2)),
    ('coin: {slots: 12, fewest: 3}', 12, lambda z: 3 <= sum(z) <= 9),
    ('weekly: {weeks: 4, activeWeeks: 2, patterns: [ApAp, AppA, pAAp]}',
     *weekly(4, 2, [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0]], False)),
    ('weekly: {weeks: 4, activeWeeks: 2, patterns: [ApAp, AppA, pAAp], alternating: true}',
     *weekly(4, 2, [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0]], True)),
    ('listed: {assignments: [PAAP, APPA, AAPP]}', 4,
     lambda z: z in [(0, 1, 1, 0), (1, 0, 0, 1), (1, 1, 0, 0)]),
    ('blocks: {each: [1, 2], repeat: 3}', *blocks_of([(1, 2)] * 3)),
    ('blocks: {sizes: [2, 4, 6], active: [1, 2, 3], order: shuffled}',
     *shuffled([(1, 1), (2, 2), (3, 3)])),
    ('blocks: {sizes: [2, 2, 4], active: [1, 1, 2], order: shuffled}',
     *shuffled([(1, 1), (1, 1), (2, 2)])),
]

SMALL_OF_THREE = [
    ('complete: {counts: [3, 2, 2]}', 7,
     lambda z: [z.count(arm) for arm in range(3)] == [3, 2, 2]),
    ('blocks: {counts: [[1, 1, 1], [2, 1, 1]]}', *blocks_of([(1, 1, 1), (2, 1, 1)])),
    ('blocks: {each: [1, 1, 1], repeat: 3}', *blocks_of([(1, 1, 1)] * 3)),
    ('blocks: {counts: [[1, 1, 1], [2, 1, 1]], order: shuffled}',
     *shuffled([(1, 1, 1), (2, 1, 1)])),
    ('alternation: {counts: [3, 3, 2], longestRun: 1}', 8,
     lambda z: [z.count(arm) for arm in range(3)] == [3, 3, 2]
     and max(n for _, n in runs(z)) <= 1),
    ('periods: {sets: 2, length: 2, drop: 1}', *periods(2, 2, 3)),
    ('coin: {slots: 8, fewest: 2}', 8, lambda z: min(z.count(arm) for arm in range(3)) >= 2),
    ('weekly: {weeks: 3, activeWeeks: 2, patterns: [ApN, NAp]}',
     *weekly(3, 2, [[1, 0, 2], [2, 1, 0]], False)),
    ('listed: {assignments: [PANPAN, NAPNAP, ANPPNA]}', 6,
     lambda z: z in [(0, 1, 2, 0, 1, 2), (2, 1, 0, 2, 1, 0), (1, 2, 0, 0, 2, 1)]),
]


CAPSULES = [(1, 0, 1, 0), (1, 0, 1, 0), (1, 0, 0, 1), (0, 1, 1, 0)]
BOWLS = [  # arms, scheme, draws: the groups of the citizen-science study, and others
    (TWO, 'weekly: {weeks: 4, activeWeeks: 2, patterns: [ApAp, ApAp, AppA, pAAp], '
     'alternating: true, replacement: false}', bowl(4, 2, CAPSULES, True)),
    (TWO, 'weekly: {weeks: 4, activeWeeks: 4, patterns: [ApAp, ApAp, AppA, pAAp], '
     'replacement: false}', bowl(4, 4, CAPSULES, False)),
    (TWO, 'weekly: {weeks: 4, activeWeeks: 3, patterns: [ApAp, ApAp, AppA, pAAp], '
     'replacement: false}', bowl(4, 3, CAPSULES, False)),
    (TWO, 'weekly: {weeks: 3, activeWeeks: 2, patterns: [Ap, Ap, Ap, pA], replacement: false}',
     bowl(3, 2, [(1, 0)] * 3 + [(0, 1)], False)),
    (THREE, 'weekly: {weeks: 4, activeWeeks: 3, patterns: [AN, AN, NA, pN], replacement: false}',
     bowl(4, 3, [(1, 2), (1, 2), (2, 1), (0, 2)], False)),
]


def guesses(members):
    """Expected right guesses of the best guesser, as a fraction, over the listed set."""
    right = 0
    for t in range(len(members[0])):
        groups = {}
        for z in members:
            groups.setdefault(z[:t], []).append(z[t])
        right += sum(max(map(arms.count, set(arms))) for arms in groups.values())
    return right, len(members)


def seed(text):
    return hashlib.sha256(text.encode()).digest()


cases = []
# product() runs in lexicographic order, so the place in this list is the rank. Patterns over 16 slots
# are 65,536 sequences.
LISTS = [(arms, scheme, [z for z in itertools.product(range(len(arms)), repeat=slots) if member(z)])
         for arms, scheme, slots, member in ([(TWO, *case) for case in SMALL]
                                             + [(THREE, *case) for case in SMALL_OF_THREE])]
for arms, scheme, members in LISTS + BOWLS:
    stream = Stream(seed(scheme))
    rank = stream.below(len(members))
    right, count = guesses(members)
    cases.append({
        'of': arms, 'scheme': scheme, 'seed': seed(scheme).hex(), 'words': stream.used,
        'count': str(len(members)), 'rank': str(rank), 'arms': ''.join(map(str, members[rank])),
        'set': [''.join(map(str, z)) for z in members] if count <= 300 else None,
        'rightGuesses': {'numerator': right, 'denominator': count},
    })


def unrank_complete(slots, active, rank):
    arms = ''
    while slots:
        below = math.comb(slots - 1, active)         # sequences that go on with arm 0
        if rank < below:
            arms += '0'
        else:
            rank, active, arms = rank - below, active - 1, arms + '1'
        slots -= 1
    return arms


for slots, active in [(56, 28), (200, 100)]:         # two words, and seven
    scheme = 'complete: {slots: %d, active: %d}' % (slots, active)
    count = math.comb(slots, active)
    stream = Stream(seed(scheme))
    rank = stream.below(count)
    cases.append({'of': TWO, 'scheme': scheme, 'seed': seed(scheme).hex(), 'words': stream.used,
                  'count': str(count), 'rank': str(rank),
                  'arms': unrank_complete(slots, active, rank)})

# A seed whose first number is rejected: the second k words are taken.
number = 0
while True:
    text = 'rejected %d' % number
    stream = Stream(seed(text))
    count = math.comb(34, 17)                        # 2,333,606,220: 46 % of words are rejected
    rank = stream.below(count)
    if len(stream.used) == 3:
        break
    number += 1
cases.append({'of': TWO, 'scheme': 'complete: {slots: 34, active: 17}', 'seed': seed(text).hex(),
              'words': stream.used, 'count': str(count), 'rank': str(rank),
              'arms': unrank_complete(34, 17, rank)})

print(json.dumps({'info': INFO.decode(), 'cases': cases}, indent=1))
