"""Who packs, and which codes stand on labels and spares (packing 3, 4 and 10; seal 2.6)."""
import scheme
from protocol import arms as arms_of
from verify import canonical, hexed, hkdf, need, sha, uniform


def shuffle(elements, below):
    for place in reversed(range(1, len(elements))):
        other = below(place + 1)
        elements[place], elements[other] = elements[other], elements[place]


def kit_codes(key, count, taken=()):
    """seal 2.6"""
    below, codes = uniform(key), []
    alphabet = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
    while len(codes) < count:
        values = [below(31) for _ in range(6)]
        weighed = sum(place * value for place, value in enumerate(values, 1))
        values += [check for check in range(31) if (weighed + 7 * check) % 31 == 0]
        code = "".join(alphabet[value] for value in values)
        codes += [code] if code not in codes and code not in taken else []
    return codes


def label_count(kits):
    return kits + max(8, (kits + 3) // 4)


def check(trial):
    """Compares the manifest with the protocol; gives the names in `sealed` that packing adds."""
    stated, part = trial.manifest.get("packing"), trial.protocol.get("packing")
    need((stated is None) == (part is None), "a packing part is only in one of the two files")
    if part is None:
        return []
    slots, spares = len(trial.manifest["schedule"]["occasions"]), int(part["spares"])
    arms, alone = len(arms_of(trial.protocol)), part["by"] == "participant"
    kits = slots + arms * spares
    if alone:
        kits = sum(most + spares for most in scheme.most(trial.protocol))
    expected = {"by": part["by"], "kits": kits, "replacements": spares}
    lists = {"labels": label_count(kits)} if alone else {"spareKits": kits - slots}
    if "matching" in part:
        expected["matching"] = {key: int(value) for key, value in part["matching"].items()}
        lists["cups"] = label_count(3 * expected["matching"]["rounds"])
    need(canonical({key: stated[key] for key in stated if key not in lists}) == canonical(expected)
         and {key: len(stated[key]) for key in lists} == lists,
         "packing in the manifest is not what protocol.yaml says")
    return (["packing.age"] if alone else []) + (
        [f"spares-{slot:04}.age" for slot in range(1, slots + 1)] if spares else [])


def check_codes(trial, seed):
    """Every code again, from the seed."""
    stated = trial.manifest.get("packing", {})
    kits = [occasion["kit"] for occasion in trial.manifest["schedule"]["occasions"]]
    kits += stated.get("spareKits", [])
    need(kits == kit_codes(hkdf(seed, b"selfblind/codes/v1"), len(kits)),
         "the kit codes are not those of the seed")
    labels, cups = stated.get("labels", []), stated.get("cups", [])
    codes = kit_codes(hkdf(seed, b"selfblind/labels/v1"), len(labels) + len(cups), kits)
    need(labels == sorted(codes[:len(labels)]) and cups == sorted(codes[len(labels):]),
         "the labels are not those of the seed")


def check_matching(trial):
    """The order of the cups again, from each opened secret: committed to, and counted right."""
    for entry in trial.entries:
        result = entry["body"].get("result") if entry["event"] == "matching" else None
        if not result:
            continue
        secret, rounds = hexed(result["secret"], 32), len(result["answers"])
        need(sha(b"selfblind/matching/v1\0" + trial.id + secret).hex()
             == entry["body"]["commitment"], "a matching test was opened with another secret")
        below = uniform(hkdf(secret, b"selfblind/matching/v1"))
        shuffle([number % 2 for number in range(rounds)], below)
        odd = [below(3) + 1 for _ in range(rounds)]
        need(result["right"] == sum(a == b for a, b in zip(odd, result["answers"])),
             "a matching test was counted wrong")
