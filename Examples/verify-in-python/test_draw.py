#!/usr/bin/env python3
"""Draws every case of the vectors again: python3 test_draw.py [VECTORS]

VECTORS is Tests/Vectors/allocation.json (allocation 5). The protocol of a case is written as a text
and read like any other, so that this reads every form in which a scheme can be written.
"""
import json, sys
from pathlib import Path
sys.dont_write_bytecode = True
import protocol, scheme, verify

VECTORS = Path(__file__).resolve().parents[2] / "Tests/Vectors/allocation.json"


def differs(case):
    """What is not as in the vectors, or None."""
    text = f"arms: [{', '.join(case['of'])}]\nscheme:\n  {case['scheme']}\n"
    below = verify.uniform(verify.hkdf(bytes.fromhex(case["seed"]), b"selfblind/schedule/v1"))
    ranks = []
    arms, count = scheme.draw(
        protocol.read_protocol(text.encode()), lambda n: ranks.append(below(n)) or ranks[-1])
    found = str(count), [str(rank) for rank in ranks], "".join(map(str, arms))
    expected = case["count"], [case["rank"]], case["arms"]
    if found == expected and verify.blocks_of(verify.read_plan(text.encode())[1]):
        below = verify.uniform(verify.hkdf(bytes.fromhex(case["seed"]), b"selfblind/schedule/v1"))
        arms, count = verify.draw(*verify.read_plan(text.encode()), below)  # by another way
        found = str(count), found[1], "".join(map(str, arms))
    return None if found == expected else f"{case['scheme']}: {found}, expected {expected}"


def main(path):
    cases = json.loads(path.read_text())["cases"]
    faults = [fault for fault in map(differs, cases) if fault]
    print("\n".join([*faults, f"{len(cases) - len(faults)} drawn again, {len(faults)} differ"]))
    return 1 if faults or not cases else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else VECTORS))
