"""Made-up trials as lines, for trying engines: the same for the same number.

    python made_up.py 1000 > lines.ndjson

Twenty-eight days in pairs, ratings from 0 to 10 with autocorrelated noise, an effect of its own for each
person around 0.4, three days in a hundred missing, guesses a little better than chance.
"""

import json
import random
import sys

DESIGN = {
    "arms": ["placebo", "active"],
    "scheme": {"pairs": {"count": 14}},
    "analysis": {"statistic": "mean-difference", "whitening": "none", "level": 0.95},
}


def trial(number: int, seed: int = 1) -> dict:
    dice = random.Random(f"{seed} {number}")
    effect = dice.gauss(0.4, 0.3)
    arms, ratings, guesses = [], [], []
    for _ in range(14):
        pair = ["placebo", "active"]
        if dice.random() < 0.5:
            pair.reverse()
        arms += pair
    noise = dice.gauss(0, 1.6)
    for arm in arms:
        noise = 0.4 * noise + dice.gauss(0, 1.5)
        rating = round(min(10, max(0, 5 + noise + (effect if arm == "active" else 0))))
        ratings.append(None if dice.random() < 0.03 else rating)
        belief = 0.5 + (0.1 if arm == "active" else -0.1) + dice.gauss(0, 0.2)
        guesses.append("dk" if dice.random() < 0.2 else round(min(1, max(0, belief)), 2))
    return {"id": f"p{number:06d}", "design": DESIGN, "arms": arms, "outcomes": {"mood": ratings},
            "guesses": guesses}


def lines(count: int, seed: int = 1) -> bytes:
    return b"".join(json.dumps(trial(number, seed), separators=(",", ":")).encode() + b"\n"
                    for number in range(count))


if __name__ == "__main__":
    sys.stdout.buffer.write(lines(int(sys.argv[1]), *map(int, sys.argv[2:])))
