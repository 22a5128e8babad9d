"""Whether each entry of a journal was allowed when it was written (journal 3)."""
import datetime, re
from decimal import Decimal
from protocol import need

KINDS = {"missed-dose", "late-dose", "partial-dose", "wrong-kit", "lost-kit", "co-medication",
         "blind-broken", "other"}


def fits(answer, kind):
    """Whether an item of this kind can have the answer (journal 2, protocol 5)."""
    (how, text), = answer.items()
    if how == "number" == kind["type"]:
        return (re.fullmatch(r"-?[0-9]+(\.[0-9]{1,6})?", text)
                and len(text.partition(".")[2]) <= kind["decimals"]
                and Decimal(kind["lower"]) <= Decimal(text) <= Decimal(kind["upper"]))
    return how == "skipped" or how == kind["type"] and (how == "text" or text in kind["options"])


def check(manifest, entries):
    schedule = {slot["slot"]: slot for slot in manifest["schedule"]["occasions"]}
    kinds = {item["name"]: item["kind"] for item in manifest["items"]}
    window = datetime.timedelta(days=manifest["schedule"]["entryWindow"])
    checked, broken, wrong_kits, latest = set(), set(), set(), None
    for index, entry in enumerate(entries):
        def allow(holds, rule):
            need(holds, f"entry {index} was not allowed: {rule}")

        event, body, at = entry["event"], entry["body"], entry["at"]
        slot = body.get("slot")
        instant = datetime.datetime.strptime(at["instant"], "%Y-%m-%dT%H:%M:%SZ")
        day = (instant + datetime.timedelta(seconds=at["offset"])).date()
        allow((event == "opened") == (index == 0), "a journal is opened by its first entry")
        allow((event == "locked") == (index == len(entries) - 1), "the last entry locks")
        allow(latest is None or (latest - instant).total_seconds() <= 120, "the clock stood before")
        latest = max(latest or instant, instant)
        allow(entry["clock"] in ("system", "set"), "an unknown clock")
        allow(slot is None or slot in schedule, "the slot is not in the schedule")
        if event == "check-in":
            due, kit = datetime.date.fromisoformat(schedule[slot]["day"]), body["kit"]
            allow(due <= day <= due + window, "too early or too late")
            allow(slot not in checked, "the slot has a check-in")
            allow(kit == schedule[slot]["kit"] or (slot, kit) in wrong_kits, "another kit")
            allow(set(body["answers"]) == set(kinds), "an item or an answer too much")
            allow(all(fits(body["answers"][name], kinds[name]) for name in kinds), "no such answer")
            allow(("guess" in body) == ("guessPrompt" in manifest), "a guess too much or too few")
            percent = body.get("guess", {"percent": "dk"})["percent"]
            allow(percent == "dk" or 0 <= int(percent) <= 100, "no such guess")
            checked.add(slot)
        elif event == "correction":
            allow(slot in checked and body["item"] in kinds, "nothing to correct")
            allow(fits(body["answer"], kinds[body["item"]]), "no such answer")
        elif event == "deviation":
            allow(body["kind"] in KINDS, "an unknown kind")
            if body["kind"] == "wrong-kit":
                allow(slot and body.get("kit", schedule[slot]["kit"]) != schedule[slot]["kit"],
                      "a wrong kit without slot or kit, or the scheduled one")
                wrong_kits.add((slot, body["kit"]))
        elif event == "adverse-event":
            allow(datetime.date.fromisoformat(body["onset"]) <= day, "it begins later")
            allow(body["term"], "no term")
        elif event == "code-break":
            allow(slot and slot not in broken, "the code was broken before")
            broken.add(slot)
        else:
            allow(event in ("opened", "locked"), "an unknown event")
        if event in ("correction", "deviation", "code-break", "locked"):
            allow(body["reason"].strip(), "no reason")
