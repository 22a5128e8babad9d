"""What a protocol file says: the file read, the form and the days it asks for.

Written from Documentation/Specifications/protocol.md.
"""
import datetime, json, re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from verify import Refused, need


# The protocol (protocol 1): the part of YAML that `selfblind new` writes, each text as it stands

QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''


def flow(text):
    """The value at the start of a text, and what follows it."""
    text = text.lstrip(" ")
    if text[:1] in ("[", "{"):
        closing, entries, text = "]}"["[{".index(text[0])], [], text[1:].lstrip(" ")
        while not text.startswith(closing):
            entry, text = flow(text)
            if closing == "}":
                need(text.startswith(": "), "expected a colon and a blank")
                value, text = flow(text[2:])
                entry = (entry, value)
            entries.append(entry)
            text = text.lstrip(" ")
            need(text[:1] in (",", closing) and text, "expected a comma or the closing bracket")
            text = text[1:].lstrip(" ") if text[0] == "," else text
        return (entries if closing == "]" else dict(entries)), text[1:]
    found = re.match(QUOTED + r"|[^\s\[\]{},:#&*!|>%@`\"'-][^\[\]{},:#\n]*|-?[0-9.]+", text)
    need(found, "this small reader does not know what stands here")
    plain, rest = found[0].rstrip(" "), text[found.end():]
    if plain[0] == '"':
        return json.loads(plain), rest
    return (plain[1:-1].replace("''", "'") if plain[0] == "'" else plain), rest


def scalar(text):
    """A value on its line: in brackets or quotes, or plain up to a comment."""
    if text[0] in "[{\"'":
        value, rest = flow(text)
        need(re.fullmatch(" *| +#.*", rest), "expected the end of the line")
        return value
    plain = re.sub(r"\s+#.*", "", text).rstrip(" ")
    need(not re.search(r"^[&*!|>%@`#?,\]}]|^- |: |:$", plain), "this small reader does not know it")
    return plain


def block(lines, indent):
    """The mapping or the list that starts at the first line and is indented so far."""
    entries = []
    is_list = lines[0][1].startswith("- ")
    while lines and lines[0][0] == indent and lines[0][1].startswith("- ") == is_list:
        text = lines[0][1]
        found = re.match(r"- +([A-Za-z]+:(?: |$))?" if is_list else r"([A-Za-z]+):(?: +|$)", text)
        need(found, "expected a key, a colon and a value")
        inner, rest = indent + found.end(), text[found.end():]
        if is_list and found[1]:  # a mapping whose first key stands on the line of the dash
            inner = indent + found.start(1)
            lines[0][:2] = inner, text[found.start(1):]
            entries.append(block(lines, inner))
            continue
        if rest and not rest.startswith("#"):
            value = scalar(rest)
            lines.pop(0)
        else:
            lines.pop(0)
            need(lines and lines[0][0] > indent, "expected a value")
            value = block(lines, lines[0][0])
        entries.append(value if is_list else (found[1], value))
    need(not lines or lines[0][0] < indent, "this line is indented in a way that does not fit")
    need(is_list or len(dict(entries)) == len(entries), "a key stands twice")
    return entries if is_list else dict(entries)


def read_protocol(data):
    stored = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    lines = [[len(line) - len(line.lstrip(" ")), line.strip(" "), number]
             for number, line in enumerate(stored, 1) if not re.match(" *(#|$)", line)]
    every = list(lines)
    try:
        protocol = block(lines, 0)
        need(not lines, "expected the end")
    except (Refused, ValueError) as fault:
        raise Refused(f"protocol.yaml:{(lines or every)[0][2]}: {fault}") from None
    return protocol


# What the manifest repeats of it (protocol 4, 5, 7; seal 2)

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def decimal(text):
    """A decimal number without needless zeros."""
    number = Decimal(text).normalize()
    return format(number if number else Decimal(0), "f")


def whole(lower, upper, unit=None):
    """The kind of an item whose answers are whole numbers."""
    kind = {"type": "number", "lower": str(lower), "upper": str(upper), "decimals": 0}
    return kind | ({"unit": unit} if unit else {})


def minutes(text):
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def scored(item, above):
    """The kind of a score, and how it follows from the items above it."""
    parts, decimals = [above[name]["kind"] for name in item["of"]], int(item.get("decimals", 0))
    bounds = [sum(Decimal(part[key]) for part in parts) for key in ("lower", "upper")]
    if item["method"] == "mean":
        step = Decimal(1).scaleb(-decimals)
        bounds = [(bound / len(parts)).quantize(step, rounding) for bound, rounding in
                  zip(bounds, (ROUND_FLOOR, ROUND_CEILING))]
    kind = {"type": "number", "lower": decimal(str(bounds[0])), "upper": decimal(str(bounds[1])),
            "decimals": decimals}
    rule = {"method": item["method"], "items": item["of"], "reversed": item.get("reversed", [])}
    return kind, rule | ({"source": item["source"]} if "source" in item else {})


def question(item, above):
    """An item as the manifest has it (protocol 5)."""
    how, more = item["type"], {}
    if how == "number":
        kind = {"type": "number", "lower": decimal(item["range"][0]),
                "upper": decimal(item["range"][1]), "decimals": int(item.get("decimals", 0))}
        kind |= {"unit": item["unit"]} if "unit" in item else {}
    elif how == "slider":
        kind = whole(*item.get("range", ["0", "100"]), item.get("unit"))
        more["face"] = {"type": "slider", "low": item["ends"][0], "high": item["ends"][1]}
    elif how == "likert":
        first = int(item.get("from", 1))
        kind = whole(first, first + len(item["labels"]) - 1)
        more["face"] = {"type": "scale", "labels": item["labels"]}
    elif how == "time":
        first = minutes(item.get("from", "0:00"))
        kind, more["face"] = whole(first, first + 1439, "min"), {"type": "time"}
    elif how == "duration":
        shortest, longest = map(minutes, item.get("range", ["0:00", "24:00"]))
        kind, more["face"] = whole(shortest, longest, "min"), {"type": "duration"}
    elif how in ("vigilance", "symbols"):
        kind = whole(100, 2000, "ms") if how == "vigilance" else whole(0, 200)
        more["face"] = {"type": "task", "task": how}
    elif how == "score":
        kind, more["score"] = scored(item, above)
    else:
        kind = {"type": how} | ({"options": item["options"]} if "options" in item else {})
        kind |= {"most": int(item.get("most", len(item["options"])))} if how == "choices" else {}
    more |= {"recall": item["recall"]} if "recall" in item else {}
    if "import" in item:
        back = int(item["import"].get("daysBack", 0))
        more["imported"] = {key: item["import"][key] for key in ("day", "value")} | (
            {"daysBack": back} if back else {})
    return {"name": item["name"], "prompt": item["prompt"], "kind": kind,
            "direction": item.get("direction", "neither")} | more


def questions(items):
    above = {}
    for item in items:
        above[item["name"]] = question(item, above)
    return list(above.values())


def form(protocol):
    """The part of the manifest that a protocol determines, but for the occasions."""
    safety = protocol["safety"]
    stated = {"title": protocol["title"], "items": questions(protocol["items"]),
              "safety": {key: safety[key] for key in ("stoppingRules", "emergencyContact")}}
    return stated | ({"guessPrompt": protocol["guess"]} if "guess" in protocol else {})


def days(schedule, count):
    """The days of the slots, in order."""
    day = datetime.date.fromisoformat(schedule["start"])
    found = []
    while len(found) < count:
        if "every" in schedule or WEEKDAYS[day.weekday()] in schedule["weekdays"]:
            found.append(day.isoformat())
        day += datetime.timedelta(days=int(schedule.get("every", 1)))
    return found


def arms(protocol):
    """The names of the arms, the reference first (protocol 2); one without a pill is a mapping."""
    return [arm["name"] if isinstance(arm, dict) else arm for arm in protocol["arms"]]
