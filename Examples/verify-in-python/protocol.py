"""What a protocol file says: the file read, the form and the days it asks for.

Written from Documentation/Specifications/protocol.md.
"""
import datetime, json, re
from decimal import Decimal
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


def question(item):
    kind = {"type": item["type"]}
    if item["type"] == "number":
        kind |= {"lower": decimal(item["range"][0]), "upper": decimal(item["range"][1]),
                 "decimals": int(item.get("decimals", 0))}
        kind |= {"unit": item["unit"]} if "unit" in item else {}
    elif item["type"] == "choice":
        kind["options"] = item["options"]
    return {"name": item["name"], "prompt": item["prompt"], "kind": kind,
            "direction": item.get("direction", "neither")}


def form(protocol):
    """The part of the manifest that a protocol determines, but for the occasions."""
    safety = protocol["safety"]
    stated = {"title": protocol["title"], "items": [question(item) for item in protocol["items"]],
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
