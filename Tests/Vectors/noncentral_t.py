"""The probability above t of the noncentral t distribution, by mpmath: writes noncentral-t.json beside it.

(Z + delta) / sqrt(chi2 / nu), as an integral over the scale with 40 digits, cut where the normal part changes.
"""

import json
import pathlib

import mpmath as mp

mp.mp.dps = 40


def above(nu, t, delta):
    nu, t, delta = mp.mpf(nu), mp.mpf(t), mp.mpf(delta)

    def density(s):
        if s == 0:
            return mp.sqrt(2 / mp.pi) if nu == 1 else mp.mpf(0)
        return 2 * mp.e ** (
            nu / 2 * mp.log(nu / 2) + (nu - 1) * mp.log(s) - nu * s * s / 2 - mp.loggamma(nu / 2))

    width = 1 / mp.sqrt(2 * nu)
    cuts = {mp.mpf(0), mp.mpf(16)} | {max(mp.mpf(0), 1 + k * width) for k in range(-12, 13)}
    if t != 0:
        cuts |= {min(mp.mpf(16), max(mp.mpf(0), (delta + k) / t)) for k in range(-12, 13)}
    cuts = sorted(cuts)
    return mp.quad(lambda s: density(s) * mp.erfc((t * s - delta) / mp.sqrt(2)) / 2, cuts)


def main():
    points = []
    for nu in (1, 2, 4, 8, 13, 26, 54, 110, 362, 1000):
        for delta in ("-2.5", "0", "0.5", "2", "5", "12", "30"):
            for factor in ("0.4", "0.8", "1", "1.25", "2"):
                # Around the noncentrality, where limits are looked for.
                t = mp.mpf(delta) * mp.mpf(factor) + (mp.mpf(factor) - 1) * 2
                value = above(nu, t, delta)
                if mp.mpf("0.0005") < value < mp.mpf("0.9995"):
                    points.append({
                        "degrees": nu, "t": mp.nstr(t, 17), "noncentrality": delta,
                        "above": mp.nstr(value, 20)})
    place = pathlib.Path(__file__).with_name("noncentral-t.json")
    place.write_text(json.dumps(points, indent=0) + "\n")
    print(len(points))


main()
