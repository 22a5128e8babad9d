#!/usr/bin/env python3
"""Looks at reports as a reader, a reviewer and a printer would; see Tests/Reports/run.

Prints one line for each thing that is wrong and exits with status 1; pictures lie beside the reports.
"""

import base64
import html
import html.parser
import importlib.util
import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPECIFICATIONS = ROOT / "Documentation" / "Specifications"
LARGEST = 1_500_000  # bytes of one page
LONGEST = 45  # words of one sentence
AVERAGE = 24  # words of a sentence, over a page
WIDTHS = {"phone": 390, "desk": 900}

# Words of the field that a layperson meets nowhere else; each must stand in the glossary where it stands
# in the page. Written down apart from the program's own list, so that a forgotten term is found.
JARGON = [
    "autocorrelation", "posterior", "prior", "Bayes factor", "Bayesian", "mid-p", "p-value",
    "randomization test", "Hodges-Lehmann", "Bang", "James", "kappa", "Brier", "log score", "Holm",
    "max-T", "t-test", "whitening", "standard deviation", "standard error", "carry-over", "washout",
    "commitment", "custody", "checkpoint", "code break", "exploratory", "adverse event", "AR(1)",
]


class Page(html.parser.HTMLParser):
    """Text of a page by its blocks, links, ids and full-precision numbers."""

    BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "figcaption", "dt", "dd", "desc", "title"}

    def __init__(self, text):
        super().__init__()
        self.blocks, self.links, self.ids, self.numbers = [], [], set(), []
        self.open, self.kind, self.hidden = [], None, 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if "id" in facts:
            self.ids.add(facts["id"])
        if tag == "a":
            self.links.append(facts.get("href", ""))
        if tag == "data":
            self.numbers.append(float(facts["value"]))
        if tag in ("style", "svg"):
            self.hidden += 1
        if tag in self.BLOCKS:
            self.kind, self.open = tag, []

    def handle_endtag(self, tag):
        if tag in ("style", "svg"):
            self.hidden -= 1
        if tag in self.BLOCKS and self.kind == tag:
            self.blocks.append((tag, " ".join("".join(self.open).split())))
            self.kind = None

    def handle_data(self, text):
        if self.kind and not self.hidden:
            self.open.append(text)


def numbers_of(value):
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        yield float(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from numbers_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_of(inner)


def sentences(page):
    for kind, text in page.blocks:
        if kind in ("p", "li", "figcaption", "dd"):
            # References to the literature and quoted checkpoints are no prose.
            if re.match(r"\[\d+\]", text):
                continue
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", text):
                words = [w for w in re.split(r"[\s;:]+", sentence) if re.search(r"[A-Za-z]", w)]
                if words:
                    yield sentence, len(words)


def reading(name, page):
    faults = []
    lengths = []
    for sentence, words in sentences(page):
        lengths.append(words)
        if words > LONGEST:
            faults.append("%s: a sentence of %d words: %s…" % (name, words, sentence[:80]))
    average = sum(lengths) / max(1, len(lengths))
    if average > AVERAGE:
        faults.append("%s: %.1f words in a sentence on average" % (name, average))
    glossary = " ".join(text for kind, text in page.blocks if kind in ("dt", "dd")).lower()
    body = " ".join(text for kind, text in page.blocks if kind not in ("dt", "dd"))
    for term in JARGON:
        used = re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(term), body, re.IGNORECASE)
        if used and term.lower() not in glossary:
            faults.append("%s: \"%s\" is not explained" % (name, term))
    for target in page.links:
        if not target.startswith("#") or target[1:] not in page.ids:
            faults.append("%s: the link %s leads nowhere" % (name, target))
    linked = {target for target in page.links if target.startswith("#term-")}
    for term in sorted(i for i in page.ids if i.startswith("term-")):
        if "#" + term not in linked:
            faults.append("%s: %s is explained and linked from nowhere" % (name, term))
    return faults, average


class Browser:
    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     "--disable-dev-shm-usage"):
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(300)
        folder = pathlib.Path(axe_playwright_python.__file__).parent
        self.axe = next(folder.rglob("axe.min.js")).read_text(encoding="utf-8")

    def open(self, path, width):
        # The policy of the page forbids scripts; axe is put in from outside of it.
        self.driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        self.driver.get(path.resolve().as_uri())

    def violations(self):
        self.driver.execute_script(self.axe)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(r => done(r.violations.map(v =>"
            " v.id + ': ' + v.help + ' (' + v.nodes.length + ', ' + v.nodes[0].target + ')')))"
            ".catch(e => done(['axe: ' + e]));")
        return found

    def layout(self, width):
        faults = []
        if self.driver.execute_script("return document.documentElement.scrollWidth") > width:
            faults.append("the page is wider than the window")
        faults += self.driver.execute_script(
            "return [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            ".map(e => 'the table ' + e.getAttribute('aria-labelledby') + ' scrolls sideways')")
        faults += self.driver.execute_script(
            "return [...document.querySelectorAll('svg')].filter(e => e.clientWidth > 0).flatMap(e => {"
            " const box = e.getBoundingClientRect();"
            " return [...e.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();"
            " return b.left < box.left - 1 || b.right > box.right + 1 || b.bottom > box.bottom + 1; })"
            ".map(t => 'the text \"' + t.textContent + '\" leaves its drawing'); })")
        return faults

    def picture(self, path, width):
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        for part, top in enumerate(range(0, height, 2400)):
            shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": top, "width": width, "height": min(2400, height - top), "scale": 1}})
            path.with_name("%s-%02d.png" % (path.name, part)).write_bytes(
                base64.b64decode(shot["data"]))

    def print(self, path):
        """The page as PDF; the headings and figures whose place on paper is wrong."""
        pdf = self.driver.execute_cdp_cmd("Page.printToPDF", {
            "printBackground": True, "preferCSSPageSize": True, "paperWidth": 8.27,
            "paperHeight": 11.69})
        path.write_bytes(base64.b64decode(pdf["data"]))
        headings = self.driver.execute_script(
            "return [...document.querySelectorAll('h2, h3, .cap')].map(e => e.textContent.trim())")
        pages = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout.split("\f")
        faults = []
        known = {" ".join(heading.split()) for heading in headings}
        for number, page in enumerate(pages[:-2], 1):
            lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
            if lines and lines[-1] in known:
                faults.append("page %d ends with the heading \"%s\"" % (number, lines[-1]))
        # A figure is cut where its caption begins on another page than its title stands.
        for title, caption in self.driver.execute_script(
                "return [...document.querySelectorAll('figure')].map(f => [f.querySelector('h3').textContent,"
                " f.querySelector('figcaption').textContent])"):
            start = " ".join(caption.split()[:5])
            places = [i for i, page in enumerate(pages) if title in " ".join(page.split())]
            others = [i for i, page in enumerate(pages) if start in " ".join(page.split())]
            if places and others and not set(places) & set(others):
                faults.append("the figure \"%s\" is cut" % title)
        terms = self.driver.execute_script(
            "return [...document.querySelectorAll('dl div')].map(e =>"
            " [e.querySelector('dt').textContent, e.querySelector('dd').textContent])")
        return faults + orphans(printed_words(path), terms), len(pages) - 1


def printed_words(path):
    """Every word of a PDF in reading order: page, left, top, text."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    words, page = [], 0
    for page_start, left, top, text in re.findall(
            r'(<page )|<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', boxes):
        if page_start:
            page += 1
        else:
            words.append((page, float(left), float(top), html.unescape(text)))
    return words


def orphans(words, terms):
    """Terms of the glossary whose meaning does not begin right below them, on the same page."""
    faults = []
    texts = [word[3] for word in words]
    for term, meaning in terms:
        head, start = term.split(), meaning.split()[0]
        places = [i for i in range(len(texts)) if texts[i:i + len(head)] == head]
        if not any(
                page == other and text == start and abs(left - words[i][1]) < 3
                and 0 < top - words[i][2] < 30
                for i in places for page in [words[i][0]] for other, left, top, text in words):
            faults.append("the term \"%s\" is parted from its meaning" % term)
    return faults


def official_schema():
    """The schema of ODM 1.3.2 as CDISC publishes it, from a package that carries it."""
    package = importlib.util.find_spec("odmlib").submodule_search_locations[0]
    return pathlib.Path(package) / "schemas" / "odm" / "1.3.2" / "ODM1-3-2.xsd"


def bundles(folder):
    faults = []
    if subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder).returncode:
        faults.append("%s: the sums differ" % folder.name)
    # The tools' Python has numpy; a script without it takes longer and may leave t values out.
    for command in ([sys.executable, "reproduce.py"], ["Rscript", "reproduce.R"]):
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if run.returncode or "follows from this bundle" not in run.stdout:
            faults.append("%s: %s: %s" % (folder.name, command[1], (run.stdout + run.stderr)[-600:]))
    for name, schema in (("our own", SPECIFICATIONS / "odm-subset.xsd"), ("CDISC's", official_schema())):
        run = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema", str(schema), "data/odm.xml"], cwd=folder,
            capture_output=True, text=True)
        if run.returncode:
            faults.append("%s: odm.xml by %s schema: %s" % (folder.name, name, run.stderr[:300]))
    return faults


def main():
    out = pathlib.Path(sys.argv[1])
    schemas = {
        name: jsonschema.Draft202012Validator(
            json.loads((SPECIFICATIONS / (name + ".schema.json")).read_text(encoding="utf-8")))
        for name in ("report", "study")}
    pages = {}
    for folder in sorted((out / "trials").iterdir()):
        if (folder / "report.html").exists() and not folder.name.endswith("-bundle"):
            pages[folder.name] = folder / "report.html"
    pages.update({p.stem: p for p in sorted((out / "trials").glob("*-protocol.html"))})
    pages.update({p.stem: p for p in sorted((out / "open").glob("*.html"))})
    pages.update({"study-" + p.stem: p for p in sorted((out / "study").glob("*.html"))})
    pictures = out / "pictures"
    pictures.mkdir(exist_ok=True)
    faults = []
    browser = Browser()
    for name, path in pages.items():
        text = path.read_text(encoding="utf-8")
        page = Page(text)
        size = path.stat().st_size
        if size > LARGEST:
            faults.append("%s: %d bytes" % (name, size))
        found, average = reading(name, page)
        faults += found
        document = path.with_suffix(".json")
        if document.exists():
            data = json.loads(document.read_text(encoding="utf-8"))
            schema = schemas["study" if name.startswith("study-") else "report"]
            faults += ["%s: report.json: %s: %s" % (name, list(e.path), e.message[:120])
                       for e in schema.iter_errors(data)]
            known = set(numbers_of(data))
            faults += ["%s: %r is not in report.json" % (name, n)
                       for n in page.numbers if n not in known]
        for look, width in WIDTHS.items():
            browser.open(path, width)
            faults += ["%s, %s: %s" % (name, look, fault) for fault in browser.layout(width)]
            faults += ["%s, %s: %s" % (name, look, fault) for fault in browser.violations()]
            browser.picture(pictures / ("%s-%s" % (name, look)), width)
        found, count = browser.print(pictures / (name + ".pdf"))
        faults += ["%s, printed: %s" % (name, fault) for fault in found]
        print("%-28s %4d kB, %3d numbers, %.1f words a sentence, %d printed pages" % (
            name, size // 1000, len(page.numbers), average, count), flush=True)
    browser.driver.quit()
    for folder in sorted((out / "trials").glob("*-bundle")):
        faults += bundles(folder)
        print("%-28s looked at" % folder.name, flush=True)
    for fault in faults:
        print("WRONG  " + fault)
    print("%d pages looked at, %d things wrong" % (len(pages), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
