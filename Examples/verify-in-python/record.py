"""Whether each entry of a journal was allowed when it was written (journal 3)."""
import datetime, re
from decimal import ROUND_HALF_UP, Decimal
from doses import Doses
from protocol import decimal
from verify import need

KINDS = {"missed-dose", "late-dose", "partial-dose", "wrong-kit", "lost-kit", "co-medication",
         "blind-broken", "clock-corrected", "other", "broken-kit", "spare-kit", "paused",
         "resumed"}

OF_A_DOSE = {"missed-dose", "late-dose", "partial-dose", "wrong-kit"}
# Where these name a kit, it is the slot's own or what stands for it.
OF_THE_SLOT = {"missed-dose", "late-dose", "partial-dose", "lost-kit", "broken-kit"}

# Control characters but line feeds, and what reorders its neighbours.
INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")

HOLDERS = {"passphrase", "envelope", "helper", "clinician", "recovery-page",
           "helper-1", "helper-2", "helper-3", "helper-4", "helper-5"}


def instant_of(at):
    """journal 2: UTC to the second, with the offset of a place"""
    need(set(at) == {"instant", "offset", "zone"} and type(at["offset"]) is int
         and abs(at["offset"]) < 86400, f"{at} is not a time")
    need(re.fullmatch("[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}Z", at["instant"]),
         f"{at['instant']!r} is not YYYY-MM-DDTHH:MM:SSZ")
    return datetime.datetime.strptime(at["instant"], "%Y-%m-%dT%H:%M:%SZ")


def fits(answer, kind):
    """Whether an item of this kind can have the answer (journal 2, protocol 5)."""
    if len(answer) != 1:
        return False
    (how, text), = answer.items()
    if how == "number" == kind["type"]:
        return (re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) and decimal(text) == text
                and len(text.partition(".")[2]) <= kind["decimals"]
                and Decimal(kind["lower"]) <= Decimal(text) <= Decimal(kind["upper"]))
    if how == "choices" == kind["type"]:
        return (1 <= len(text) <= kind["most"]
                and text == [option for option in kind["options"] if option in text])
    return how == "skipped" or how == kind["type"] and (how == "text" or text in kind["options"])


def score(item, answers, items):
    """What a score is, given the answers (protocol 5)."""
    rule, total = item["score"], Decimal(0)
    if any("skipped" in answers[name] for name in rule["items"]):
        return {"skipped": "a part of it was skipped"}
    for name in rule["items"]:
        value, kind = Decimal(answers[name]["number"]), items[name]["kind"]
        if name in rule["reversed"]:
            value = Decimal(kind["lower"]) + Decimal(kind["upper"]) - value
        total += value
    count = len(rule["items"]) if rule["method"] == "mean" else 1
    step = Decimal(1).scaleb(-item["kind"]["decimals"])
    return {"number": decimal(str((total / count).quantize(step, ROUND_HALF_UP)))}


def texts(value):
    """Every text in an entry's body."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts(part)]


def is_kit(code):
    """Seven characters, the last of which checks the others (seal 2.4)."""
    values = ["23456789ABCDEFGHJKLMNPQRSTVWXYZ".find(letter) for letter in code]
    weighed = sum(place * value for place, value in enumerate(values, 1))
    return len(values) == 7 and min(values) >= 0 and weighed % 31 == 0


def is_digest(text):
    return re.fullmatch("[0-9a-f]{64}", text) is not None


class Packing:
    """What the entries so far say of packing (journal 3, rules 17 to 21)."""

    def __init__(self, manifest, schedule):
        self.stated, self.schedule = manifest.get("packing", {}), schedule
        self.alone, self.packed, self.receipt = "labels" in self.stated, False, None
        self.spares = set(self.stated.get("spareKits", []))
        self.begun, self.open = 0, None

    def allows(self, event, body, checked):
        """Whether an entry of packing was allowed; takes it into account."""
        if event == "kit-list":
            named, self.receipt = self.receipt, body["receipt"]
            return (body.keys() == {"confirmed", "receipt", "to"} and not self.alone
                    and body["to"].strip() and is_digest(body["receipt"])
                    and named == (body["receipt"] if body["confirmed"] else None))
        if event == "matching":
            rule, result = self.stated["matching"], body.get("result")
            if result is None:
                self.begun, self.open = self.begun + 1, body["commitment"]
                return body["test"] == self.begun and is_digest(body["commitment"])
            fits, self.open = (body["test"], body["commitment"]) == (self.begun, self.open), None
            return (fits and len(result["answers"]) == rule["rounds"]
                    and set(result["answers"]) <= {1, 2, 3} and 0 <= result["right"] <= rule["rounds"]
                    and is_digest(result["secret"]) and all(cue.strip() for cue in result["cues"]))
        spares = [spare["spare"] for spare in body["spares"]]
        codes = body["kits"] + [spare["kit"] for spare in body["spares"]]
        first, self.packed = not self.packed and not checked, True
        slots = len(self.schedule)
        self.spares = set(codes[len(body["kits"]):])
        for slot, kit in enumerate(body["kits"], 1):
            self.schedule[slot] = self.schedule[slot] | {"kit": kit}
        return (self.alone and first and len(body["kits"]) == slots
                and len(set(codes)) == len(codes) and set(codes) <= set(self.stated["labels"])
                and spares == sorted(set(spares))
                and set(spares) <= set(range(1, self.stated["kits"] - slots + 1))
                and len(codes) >= self.stated["kits"] - self.stated["replacements"])


def check(manifest, entries):
    schedule = {slot["slot"]: slot for slot in manifest["schedule"]["occasions"]}
    kinds = {item["name"]: item["kind"] for item in manifest["items"]}
    items = {item["name"]: item for item in manifest["items"]}
    answers, due = {}, []
    window = datetime.timedelta(days=manifest["schedule"]["entryWindow"])
    last = max(datetime.date.fromisoformat(slot["day"]) for slot in schedule.values())
    latest_day = last + window + datetime.timedelta(days=366)
    earliest = (min(datetime.date.fromisoformat(slot["day"]) for slot in schedule.values())
                - datetime.timedelta(days=366))
    checked, broken, latest = set(), set(), None
    looked, stopped = 0, False  # slots at the last look, and whether it let the trial stop
    packing, forms, paused = Packing(manifest, schedule), set(), None
    doses = Doses(schedule)
    pauses = []
    for index, entry in enumerate(entries):
        def allow(holds, rule):
            need(holds, f"entry {index} was not allowed: {rule}")

        event, body, at = entry["event"], entry["body"], entry["at"]
        slot = body.get("slot")
        instant = instant_of(at)
        waited = entry.get("kept", 0)
        allow("kept" not in entry or type(waited) is int and 1 <= waited <= 1_209_600
              and "form" in entry, "no such waiting")
        day = (instant + datetime.timedelta(seconds=at["offset"] - waited)).date()
        allow((event == "opened") == (index == 0), "a journal is opened by its first entry")
        allow((event == "locked") == (index == len(entries) - 1), "the last entry locks")
        written = (instant + datetime.timedelta(seconds=at["offset"])).date()
        allow(event == "locked" or written <= latest_day, "the clock ran far ahead")
        if event == "deviation" and body["kind"] == "clock-corrected":
            latest = None  # what wrong clocks wrote binds no longer
            looked = looked if stopped else 0
        allow(latest is None or (latest - instant).total_seconds() <= 120, "the clock stood before")
        latest = max(latest or instant, instant)
        allow(all(len(text) <= 2000 for text in texts(body)), "a text too long")
        allow(not any(INVISIBLE.search(text) or "AGE-SECRET-KEY-1" in text.upper()
                      for text in texts(body)), "an invisible character or a secret key")
        allow(entry["clock"] in ("system", "set"), "an unknown clock")
        allow("slot" not in body or type(slot) is int and slot in schedule, "no such slot")
        allow("kit" not in body or is_kit(body["kit"]), "no such kit code")
        if "form" in entry:
            allow(re.fullmatch("[0-9a-f]{32}", entry["form"]) and entry["form"] not in forms,
                  "a form that was sent before")
            forms.add(entry["form"])
        if due:
            allow(event == "correction" and body == due[0], "a score must follow its answer")
        if event == "check-in":
            due_day, kit = datetime.date.fromisoformat(schedule[slot]["day"]), body.get("kit")
            allow(due_day <= day <= due_day + window, "too early or too late")
            allow(packing.packed or not packing.alone, "the kits were not packed")
            allow(paused is None or due_day <= paused, "the trial was paused")
            allow(not any(begun < due_day < ended for begun, ended in pauses), "a day of a pause")
            allow(slot not in checked, "the slot has a check-in")
            allow(kit == schedule[slot]["kit"] or kit in doses.slots[slot].named
                  or kit is None and doses.slots[slot].none, "another kit, or none without a word")
            allow(kit is None or not doses.recorded_elsewhere(kit, slot), "a kit that was taken before")
            doses.check_in(slot, kit)
            allow(set(body["answers"]) == set(kinds), "an item or an answer too much")
            allow(all(fits(body["answers"][name], kinds[name]) for name in kinds), "no such answer")
            allow(("guess" in body) == ("guessPrompt" in manifest), "a guess too much or too few")
            percent = body.get("guess", {"percent": "dk"})["percent"]
            allow(percent == "dk" or type(percent) is int and 0 <= percent <= 100, "no such guess")
            checked.add(slot)
            answers[slot] = dict(body["answers"])
            allow(all(score(item, answers[slot], items) == answers[slot][name]
                      for name, item in items.items() if "score" in item), "another score")
        elif event == "correction":
            allow(slot in checked and body["item"] in kinds, "nothing to correct")
            allow(fits(body["answer"], kinds[body["item"]]), "no such answer")
            answers[slot][body["item"]] = body["answer"]
            if due:
                due.pop(0)
            else:
                allow("score" not in items[body["item"]], "a score follows from its answers")
                due = [{"answer": new, "item": name, "slot": slot,
                        "reason": f'follows from the correction of "{body["item"]}"'}
                       for name, item in items.items()
                       if body["item"] in item.get("score", {"items": []})["items"]
                       and (new := score(item, answers[slot], items)) != answers[slot][name]]
        elif event == "deviation":
            allow(body["kind"] in KINDS, "an unknown kind")
            if body["kind"] in ("paused", "resumed"):
                allow((body["kind"] == "paused") == (paused is None), "a pause out of order")
                pauses += [(paused, day)] if paused else []
                paused = day if body["kind"] == "paused" else None
            kit, own = body.get("kit"), schedule[slot]["kit"] if slot else None
            dose = doses.slots[slot] if slot else None
            if body["kind"] == "wrong-kit":
                other = dose and (dose.none or dose.unnamed or (dose.kit or own) != own)
                allow(slot and kit and (kit != own or other),
                      "a wrong kit without slot or kit, or the one that the record has")
                allow(not doses.recorded_elsewhere(kit, slot), "a kit that was taken before")
            if body["kind"] == "spare-kit":
                allow(slot and kit in packing.spares and not doses.is_gone(kit), "no such spare")
                allow(not dose.taken and not dose.unnamed, "a spare for a dose that was taken")
            if slot and kit and body["kind"] in OF_THE_SLOT:
                allow(kit in (own, dose.kit, dose.spare), "another slot's kit")
            if slot:
                doses.deviate(slot, body["kind"], kit, own)
            when = datetime.date.fromisoformat(schedule[slot]["day"]) if slot else day
            allow(body["kind"] not in OF_A_DOSE or slot and when <= day, "no dose, or none yet")
            allow(body["kind"] not in ("lost-kit", "broken-kit") or slot or "kit" in body, "no kit")
        elif event == "adverse-event":
            onset = datetime.date.fromisoformat(body["onset"])
            allow(earliest <= onset <= day, "it begins later, or long before the trial")
            allow(body["term"].strip() and type(body["serious"]) is bool
                  and body["severity"] in ("mild", "moderate", "severe"), "no such adverse event")
        elif event == "code-break":
            allow(slot and slot not in broken, "the code was broken before")
            broken.add(slot)
        elif event == "rehearsal":
            allow(body.keys() == {"key"} and body["key"] in HOLDERS, "no such key")
        elif event in ("kit-list", "matching", "packed"):
            allow(packing.allows(event, body, checked), f"an entry {event} out of place")
        elif event == "look":
            slots = body["slots"]
            allow(body.keys() == {"slots", "verdict"} and type(slots) is int
                  and not stopped and looked < slots <= len(schedule), "a look at no more slots than before")
            allow(datetime.date.fromisoformat(schedule[slots]["day"]) <= day, "looked too early")
            allow(body["verdict"] in ("continue", "may stop"), "no such verdict")
            looked, stopped = slots, body["verdict"] == "may stop"
        else:
            allow(event in ("opened", "locked"), "an unknown event")
        if event in ("correction", "deviation", "code-break", "locked"):
            allow(body["reason"].strip(), "no reason")
