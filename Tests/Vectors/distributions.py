"""Values of the distributions with 30 digits, by mpmath: python3 distributions.py > distributions.json

Tails are sums of series whose terms are all positive, in as many digits as it takes; quantiles are
Newton's steps on them. Neither is what the library does. Needs mpmath 1.3 or later; takes minutes.
"""

import json
import sys

import mpmath as mp

SMALLEST = mp.mpf(10) ** -300


def digits(value):
    return mp.nstr(value, 20, strip_zeros=True)


def with_digits(lower_of):
    """Both tails from a function that gives one of them, repeated with more digits until both have 40."""
    precision = 60
    while True:
        with mp.workdps(precision):
            lower = lower_of()
            upper = 1 - lower
            least = min(lower, upper)
            if least > 0 and mp.log10(least) > 40 - precision + 10:
                return +lower, +upper
        precision = 2 * precision if least <= 0 else 60 + int(-mp.log10(least))
        if precision > 500:
            return None


def beta_tails(a, b, x, y):
    """I_x(a, b) and its complement; x + y = 1 exactly."""

    def direct(a, b, x, y):
        term = total = mp.mpf(1)
        k = 0
        while term > total * mp.eps:
            term *= (a + b + k) / (a + 1 + k) * x
            total += term
            k += 1
        log = a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
        return mp.exp(log) / a * total

    def steps(a, b, x, y):
        return 1 / y + max(0, (a + b) * x - a)

    if steps(a, b, x, y) <= steps(b, a, y, x):
        return with_digits(lambda: direct(a, b, x, y))
    both = with_digits(lambda: direct(b, a, y, x))
    return both and (both[1], both[0])


def beta_slope(a, b, x, y):
    return mp.exp(
        (a - 1) * mp.log(x) + (b - 1) * mp.log(y)
        + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))


def gamma_tails(a, x):
    def direct():
        term = total = mp.mpf(1)
        k = 0
        while term > total * mp.eps:
            k += 1
            term *= x / (a + k)
            total += term
        return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total

    return with_digits(direct)


def gamma_slope(a, x):
    return mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))


def student_tails(v, t):
    with mp.workdps(600):  # the tails are made with as many digits as they need
        x, y = t * t / (v + t * t), v / (v + t * t)
    tails = beta_tails(mp.mpf(1) / 2, v / 2, x, y)
    if tails is None:
        return None
    below, above = 1 - tails[1] / 2, tails[1] / 2
    return (below, above) if t > 0 else (above, below)


def student_slope(v, t):
    return mp.exp(
        mp.loggamma((v + 1) / 2) - mp.loggamma(v / 2) - mp.log(v * mp.pi) / 2
        - (v + 1) / 2 * mp.log1p(t * t / v))


def f_tails(p, at):
    with mp.workdps(600):
        x, y = p[0] * at / (p[0] * at + p[1]), p[1] / (p[0] * at + p[1])
    return beta_tails(p[0] / 2, p[1] / 2, x, y)


FAMILIES = {
    "normal": (
        lambda p, x: (mp.ncdf(x), mp.ncdf(-x)),
        lambda p, x: mp.npdf(x)),
    "student": (
        lambda p, x: student_tails(p[0], x),
        lambda p, x: student_slope(p[0], x)),
    "chi-square": (
        lambda p, x: gamma_tails(p[0] / 2, x / 2),
        lambda p, x: gamma_slope(p[0] / 2, x / 2) / 2),
    "beta": (
        lambda p, x: beta_tails(p[0], p[1], x, 1 - x),
        lambda p, x: beta_slope(p[0], p[1], x, 1 - x)),
    "f": (
        f_tails,
        lambda p, x: beta_slope(
            p[0] / 2, p[1] / 2, p[0] * x / (p[0] * x + p[1]), p[1] / (p[0] * x + p[1]))
        * p[0] * p[1] / (p[0] * x + p[1]) ** 2),
}


def quantile(family, parameters, point, probability, upper):
    """Newton's steps from a point whose probability is the given one but for its last digit."""
    tails, slope = FAMILIES[family]
    with mp.workdps(60):
        q = mp.mpf(point)
        for _ in range(2):
            both = tails(parameters, q)
            if both is None:
                return None
            tail = both[1 if upper else 0]
            step = (tail - probability) / slope(parameters, q) * (1 if upper else -1)
            q += step
            # The point's own probability differs in the 17th digit only, so one step is enough.
            if abs(step) < abs(q) * mp.mpf(10) ** -13:
                return q
    return None


def points(family, parameters):
    spread = [-400, -150, -60, -33, -20, -9, -5, -2.5, -1, -0.25, 0.01, 0.4, 1, 2, 4, 7, 12, 25, 36, 90, 300]
    if family in ("normal", "student"):
        more = [1e3, 1e6, 1e20, 1e100, 1e250] if family == "student" and parameters[0] < 500 else []
        return [x for x in spread + more + [-1e-9, 1e-160] if abs(x) < 37.5 or family == "student"]
    a = parameters[0] if family == "beta" else parameters[0] / 2
    b = None if family == "chi-square" else parameters[1] if family == "beta" else parameters[1] / 2
    low = max(a ** -0.5, 1 / a)
    high = low if b is None else max(b ** -0.5, 1 / b)
    found = []
    if min(a, b or a) >= 1e5:  # each point is a sum of very many terms
        spread = [-2.5, 0.01, 4] if min(a, b or a) >= 1e7 else [-25, -7, -2.5, 0.01, 4, 12, 36]
    for z in spread:
        logit = z * ((low if z < 0 else high) if b else (low if z < 0 else a ** -0.5))
        if b and min(a, b) > 1:
            logit = z * (1 / a + 1 / b) ** 0.5
        if abs(logit) > 690:
            continue
        odds = mp.exp(logit) * (a / b if b else 1)
        if family == "beta":
            found.append(float(odds / (1 + odds)))
        elif family == "f":
            found.append(float(mp.exp(logit)))
        else:
            found.append(float(2 * a * mp.exp(logit)))
    return [x for x in found if x > 1e-300 and not (family == "beta" and x >= 1)]


def main():
    few = [0.001, 0.03, 0.5, 1, 2.5, 7, 30, 54, 1000, 1e5, 1e8]
    cases = [("normal", [])]
    cases += [("student", [v]) for v in few + [3, 12.7, 364]]
    cases += [("chi-square", [v]) for v in [0.002] + few[1:] + [3, 19]]
    pairs = [
        (0.001, 0.001), (0.001, 5), (0.5, 0.5), (1, 1), (3, 1), (2, 30), (11, 0.5), (40, 60), (0.02, 1000),
        (1000, 1000), (1e5, 2), (1e4, 1e6), (0.5, 1e8), (1e8, 3), (123.4, 1e8), (1e8, 1e8)]
    cases += [("beta", list(pair)) for pair in pairs]
    cases += [("f", [2 * a, 2 * b]) for a, b in pairs]
    chosen = sys.argv[1:]
    table = []
    for family, parameters in cases:
        if chosen and family not in chosen:
            continue
        exact = [mp.mpf(one) for one in parameters]
        for x in points(family, parameters):
            mp.mp.dps = 60
            at = mp.mpf(x)
            near = at * (1 - at) if family == "beta" else abs(at) + mp.mpf(10) ** -200
            if near * FAMILIES[family][1](exact, at) < SMALLEST / 1000 and abs(at) > 1e-100:
                continue
            tails = FAMILIES[family][0](exact, mp.mpf(x))
            if tails is None or min(tails) < SMALLEST:
                continue
            row = {
                "family": family,
                "parameters": [repr(float(one)) for one in parameters],
                "x": repr(x), "below": digits(tails[0]), "above": digits(tails[1]),
                "density": digits(FAMILIES[family][1](exact, mp.mpf(x)))}
            upper = tails[1] < tails[0]
            probability = float(tails[1] if upper else tails[0])
            if probability > 1e-300 and probability != 0.5:
                q = quantile(family, exact, x, mp.mpf(probability), upper)
                if q is not None:
                    row["probability"] = repr(probability)
                    row["tail"] = "above" if upper else "below"
                    row["quantile"] = digits(q)
            table.append(row)
            print(family, parameters, x, digits(min(tails)), file=sys.stderr)
    table.sort(key=lambda row: (row["family"], [float(p) for p in row["parameters"]], float(row["x"])))
    json.dump({"madeBy": "distributions.py with mpmath " + mp.__version__, "values": table},
              sys.stdout, indent=0, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
