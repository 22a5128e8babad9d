"""Writes pooling.json: small series of trials pooled with 30 digits by mpmath.

    python3 Tests/Vectors/pooling.py > Tests/Vectors/pooling.json

Everything is written down from the definitions: the moment estimate of DerSimonian and Laird, the root
of Paule and Mandel by bisection, the largest restricted likelihood by a golden section over the
logarithm itself (never its slope), and the hierarchical model by mpmath's own quadrature over tau, with
quantiles by bisection. Nothing is shared with the Swift code.
"""

import json

from mpmath import mp, mpf, quad, sqrt, log, exp, pi, erfc, inf

mp.dps = 30

SERIES = {
    "two": ([0.3, -0.4], [0.1, 0.2], 0.5),
    "three": ([1.2, 0.1, -0.9], [0.09, 0.16, 0.04], 0.5),
    "alike": ([0.5, 0.52, 0.48, 0.51], [0.2, 0.3, 0.25, 0.22], 0.4),
    "outlier": ([0.2, 0.1, 0.25, 0.15, 6.0], [0.05, 0.08, 0.06, 0.07, 0.09], 0.5),
    "unequal": ([10.0, 12.5, 9.0, 30.0, 11.0, 8.5], [0.01, 4.0, 0.5, 100.0, 2.0, 0.3], 2.0),
}


def parts(y, v, t):
    w = [1 / (vi + t) for vi in v]
    total = sum(w)
    mean = sum(wi * yi for wi, yi in zip(w, y)) / total
    q = sum(wi * (yi - mean) ** 2 for wi, yi in zip(w, y))
    return w, total, mean, q


def moments(y, v):
    w, total, _, q = parts(y, v, mpf(0))
    return max(mpf(0), (q - (len(y) - 1)) / (total - sum(wi * wi for wi in w) / total))


def paule_mandel(y, v):
    target = len(y) - 1
    if parts(y, v, mpf(0))[3] <= target:
        return mpf(0)
    low, high = mpf(0), mpf(1)
    while parts(y, v, high)[3] > target:
        high *= 2
    for _ in range(120):
        middle = (low + high) / 2
        if parts(y, v, middle)[3] > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def restricted(y, v, t):
    _, total, _, q = parts(y, v, t)
    return -(sum(log(vi + t) for vi in v) + log(total) + q) / 2


def reml(y, v):
    grid = [mpf(0)] + [mpf(2) ** (mpf(k) / 2) for k in range(-40, 24)]
    best = max(range(len(grid)), key=lambda k: restricted(y, v, grid[k]))
    low, high = grid[max(0, best - 1)], grid[min(len(grid) - 1, best + 1)]
    ratio = (sqrt(mpf(5)) - 1) / 2
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    fa, fb = restricted(y, v, a), restricted(y, v, b)
    for _ in range(80):
        if fa >= fb:
            high, b, fb = b, a, fa
            a = high - ratio * (high - low)
            fa = restricted(y, v, a)
        else:
            low, a, fa = a, b, fb
            b = low + ratio * (high - low)
            fb = restricted(y, v, b)
    found = (low + high) / 2
    return mpf(0) if restricted(y, v, mpf(0)) >= restricted(y, v, found) else found


def pooled(y, v, t):
    _, total, mean, q = parts(y, v, t)
    factor = q / (len(y) - 1)
    return {
        "tau2": t, "mean": mean, "se": sqrt(1 / total), "knappSE": sqrt(factor / total),
        "factor": factor,
    }


def hierarchical(y, v, scale):
    scale = mpf(scale)
    top = max(restricted(y, v, t * t) for t in [scale * k / 20 for k in range(200)])

    def density(tau):
        return exp(restricted(y, v, tau * tau) - top - tau * tau / (2 * scale * scale))

    steps = [0, scale / 4, scale, 2 * scale, 4 * scale, 8 * scale, 14 * scale]

    def over(f):
        return quad(lambda tau: density(tau) * f(tau), steps)

    total = over(lambda tau: 1)
    mean = over(lambda tau: parts(y, v, tau * tau)[2]) / total
    second = over(
        lambda tau: 1 / parts(y, v, tau * tau)[1] + (parts(y, v, tau * tau)[2] - mean) ** 2) / total

    def below(x, more):
        def inside(tau):
            _, weight, centre, _ = parts(y, v, tau * tau)
            sd = sqrt(1 / weight + (tau * tau if more else 0))
            return erfc((centre - x) / (sd * sqrt(mpf(2)))) / 2
        return over(inside) / total

    def quantile(p, more):
        sd = sqrt(second) + (4 * scale if more else 0)
        low, high = mean - 12 * sd, mean + 12 * sd
        for _ in range(45):
            middle = (low + high) / 2
            if below(middle, more) < p:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def shrunken(i):
        def moment(tau):
            _, weight, centre, _ = parts(y, v, tau * tau)
            share = tau * tau / (tau * tau + v[i])
            return share * y[i] + (1 - share) * centre

        def square(tau):
            _, weight, centre, _ = parts(y, v, tau * tau)
            share = tau * tau / (tau * tau + v[i])
            return share * v[i] + (1 - share) ** 2 / weight + moment(tau) ** 2
        first = over(moment) / total
        return first, sqrt(over(square) / total - first ** 2)

    each = [shrunken(i) for i in range(len(y))]
    return {
        "mean": mean, "sd": sqrt(second), "lower": quantile(mpf("0.025"), False),
        "upper": quantile(mpf("0.975"), False), "positive": 1 - below(mpf(0), False),
        "predictionLower": quantile(mpf("0.025"), True),
        "predictionUpper": quantile(mpf("0.975"), True),
        "tauMean": over(lambda tau: tau) / total,
        "logMarginal": top + log(total) + log(2 / pi) / 2 - log(scale)
        - (len(y) - 1) * log(2 * pi) / 2,
        "shrunkenMean": [m for m, _ in each], "shrunkenSD": [s for _, s in each],
    }


def texts(value):
    if isinstance(value, dict):
        return {key: texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [texts(inner) for inner in value]
    return mp.nstr(value, 17)


def main():
    result = {}
    for name, (effects, variances, scale) in SERIES.items():
        y, v = [mpf(str(x)) for x in effects], [mpf(str(x)) for x in variances]
        result[name] = {
            "effects": effects, "variances": variances, "scale": scale,
            "q": texts(parts(y, v, mpf(0))[3]),
            "DL": texts(pooled(y, v, moments(y, v))),
            "PM": texts(pooled(y, v, paule_mandel(y, v))),
            "REML": texts(pooled(y, v, reml(y, v))),
            "bayes": texts(hierarchical(y, v, scale)),
        }
    print(json.dumps({"computedBy": "mpmath, Tests/Vectors/pooling.py", "series": result}, indent=1))


main()
