import Testing

/// Pins every sentence about the file itself, the arms and the safety part.
@Suite struct FrameFaultTests {
  static let cases: [(old: String, new: String, faults: [String])] = [
    (
      "title: A trial",
      "titel: A trial",
      [
        "1:1: found the protocol without title, expected title: what the trial is called",
        "2:1: found the unknown key \"titel\" in the protocol, expected one of selfblind, "
          + "title, arms, scheme, schedule, items, guess, analysis, packing, safety | did you mean "
          + "title?",
      ]
    ),
    (
      "title: A trial",
      "title:",
      [
        "2:7: found nothing, expected title as a text"
      ]
    ),
    (
      "title: A trial",
      "title: \"  \"",
      [
        "2:8: found an empty text, expected title"
      ]
    ),
    (
      "title: A trial",
      "title: [a, b]",
      [
        "2:8: found a list, expected title as a text"
      ]
    ),
    (
      "title: A trial",
      "title: \"two\\nlines\"",
      [
        "2:8: found a text with line breaks or control characters, expected title on one "
          + "line | for a long text write >- after the colon and the text indented below it"
      ]
    ),
    (
      "title: A trial",
      "title: &x A trial",
      [
        "2:8: found an anchor, expected the value itself | write the value wherever it is "
          + "needed"
      ]
    ),
    (
      "title: A trial",
      "title: !!str A trial",
      [
        "2:8: found a tag, expected a value without a tag | put the text between quotes if "
          + "it starts with !"
      ]
    ),
    (
      "title: A trial",
      "title: *x",
      [
        "2:8: found an alias, expected the value itself"
      ]
    ),
    (
      "title: A trial",
      "title: A trial\ntitle: Again",
      [
        "3:1: found the key \"title\" again, after line 2, expected each key once | remove "
          + "one of the two"
      ]
    ),
    (
      "title: A trial",
      "title: A: trial",
      [
        "2:9: found text that is not YAML (mapping values are not allowed in this "
          + "context), expected YAML | put texts with : # or quotes between quotes"
      ]
    ),
    (
      "title: A trial",
      "\ttitle: A trial",
      [
        "2:1: found text that is not YAML (found a tab character that violates "
          + "indentation), expected YAML | indent with spaces, not with tabs"
      ]
    ),
    (
      "selfblind: 1",
      "selfblind: 2",
      [
        "1:12: found the format selfblind: 2, expected selfblind: 1 | the file was written "
          + "for a newer selfblind; use that version"
      ]
    ),
    (
      "selfblind: 1",
      "selfblind: one",
      [
        "1:12: found \"one\", expected the format: 1"
      ]
    ),
    (
      "selfblind: 1",
      "# nothing",
      [
        "2:1: found no line selfblind: 1, expected selfblind: 1 as the first line | "
          + "selfblind new writes a protocol to start from"
      ]
    ),
    (
      "[placebo, active]",
      "[placebo, Placebo]",
      [
        "3:17: found the arm \"Placebo\" again, expected arms with different names"
      ]
    ),
    (
      "[placebo, active]",
      "[a, b, c, d, e, f, g]",
      [
        "3:7: found 7 arms, expected 2 to 6 arms, the reference first"
      ]
    ),
    (
      "[placebo, active]",
      "[placebo, {name: active, pill: none}]",
      [
        "3:7: found one arm with a pill, expected at least two arms with a pill | without a "
          + "placebo nobody is blind; an arm without a pill comes beside it"
      ]
    ),
    (
      "[placebo, active]",
      "[{name: nothing, pill: none}, active]",
      [
        "3:8: found a reference without a pill, expected a reference that can be taken for the "
          + "others | name the placebo first"
      ]
    ),
    (
      "[placebo, active]",
      "[placebo, {name: active, pill: red}]",
      [
        "3:38: found \"red\", expected pill: none, for an arm without one | leave pill out for "
          + "an arm with something to take"
      ]
    ),
    (
      "[placebo, active]",
      "[placebo, {pill: none}]",
      [
        "3:17: found an arm without name, expected name: what the arm is called"
      ]
    ),
    (
      "[placebo, active]",
      "[placebo]",
      [
        "3:7: found one arm, expected 2 to 6 arms, the reference first"
      ]
    ),
    (
      "[placebo, active]",
      "placebo",
      [
        "3:7: found \"placebo\", expected the arms as a list | write it as [first, second]"
      ]
    ),
    (
      "[placebo, active]",
      "[placebo, \"a\\u0007b\"]",
      [
        "3:17: found a text with line breaks or control characters, expected an arm's name "
          + "on one line | for a long text write >- after the colon and the text indented "
          + "below it"
      ]
    ),
    (
      "clinicianAsked: no",
      "clinicianAsked: false",
      [
        "28:19: found \"false\", expected clinicianAsked: one of yes, no, not-needed"
      ]
    ),
    (
      "lawful: true",
      "lawful: yes",
      [
        "29:11: found \"yes\", expected lawful as true or false"
      ]
    ),
    (
      "lawful: true",
      "lawful: false",
      [
        "29:11: found lawful: false, expected lawful: true | a trial of something that is "
          + "not lawful where you live is not sealed"
      ]
    ),
    (
      "[Stop when ill.]",
      "[]",
      [
        "26:18: found an empty list, expected stoppingRules: 1 to 50"
      ]
    ),
    (
      "[Stop when ill.]",
      "Stop when ill.",
      [
        "26:18: found \"Stop when ill.\", expected stoppingRules as a list | write it as "
          + "[first, second]"
      ]
    ),
    (
      "emergencyContact: A friend",
      "emergencyContact: ~",
      [
        "27:21: found nothing, expected emergencyContact as a text"
      ]
    ),
    (
      "  lawful: true\n",
      "",
      [
        "26:3: found safety without lawful, expected lawful: true, when what is taken is "
          + "lawful where you live"
      ]
    ),
    (
      "safety:",
      "safe:",
      [
        "1:1: found the protocol without safety, expected safety: stoppingRules, "
          + "emergencyContact, clinicianAsked, lawful | a protocol without its safety part "
          + "cannot be sealed",
        "25:1: found the unknown key \"safe\" in the protocol, expected one of selfblind, "
          + "title, arms, scheme, schedule, items, guess, analysis, packing, safety | did you mean "
          + "safety?",
      ]
    ),
    (
      "safety:",
      "---\nsafety:",
      [
        "25:1: found a second document, expected one document | remove the line --- and "
          + "what follows it"
      ]
    ),
    (
      "title: A trial",
      "? [a]\n: b\ntitle: A trial",
      [
        "2:3: found a list as a key, expected a name as a key"
      ]
    ),
    (
      "title: A trial",
      "title: \"A trial",
      [
        "2:8: found text that is not YAML (found unexpected end of stream), expected YAML "
          + "| put texts with : # or quotes between quotes"
      ]
    ),
    (
      "arms: [placebo, active]",
      "arms: [placebo, active",
      [
        "4:7: found text that is not YAML (did not find expected ',' or ']'), expected "
          + "YAML | put texts with : # or quotes between quotes"
      ]
    ),
  ]

  @Test(arguments: cases.indices) func sentence(index: Int) {
    let (old, new, faults) = Self.cases[index]
    #expect(Draft.text.contains(old))
    #expect(Draft.faults(Draft.with(old, new)) == faults.map { "p.yaml:" + $0 })
  }
}
