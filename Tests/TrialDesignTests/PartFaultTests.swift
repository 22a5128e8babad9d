import Testing

/// Pins every sentence about schedule, items and analysis.
@Suite struct PartFaultTests {
  static let cases: [(old: String, new: String, faults: [String])] = [
    (
      "2026-03-02",
      "2026-02-30",
      [
        "7:10: found \"2026-02-30\", expected start as a day of the calendar, YYYY-MM-DD"
      ]
    ),
    (
      "2026-03-02",
      "2.3.2026",
      [
        "7:10: found \"2.3.2026\", expected start as a day of the calendar, YYYY-MM-DD"
      ]
    ),
    (
      "2026-03-02",
      "1926-03-02",
      [
        "7:10: found \"1926-03-02\", expected start between 2000 and 2199"
      ]
    ),
    (
      "Europe/Berlin",
      "Europe/Berlim",
      [
        "8:9: found \"Europe/Berlim\", expected the name of a time zone, such as "
          + "Europe/Berlin or UTC"
      ]
    ),
    (
      "Europe/Berlin",
      "CET",
      [
        "8:9: found \"CET\", expected the name of a time zone, such as Europe/Berlin or UTC"
      ]
    ),
    (
      "every: 1",
      "every: 0",
      [
        "9:10: found \"0\", expected every as a whole number from 1 to 60"
      ]
    ),
    (
      "every: 1",
      "every: 1\n  weekdays: [mon]",
      [
        "10:13: found weekdays beside every, expected one of the two"
      ]
    ),
    (
      "every: 1",
      "weekdays: [mon, mon]",
      [
        "9:13: found a weekday twice, expected different weekdays"
      ]
    ),
    (
      "every: 1",
      "weekdays: [monday]",
      [
        "9:14: found \"monday\", expected a weekday: one of mon, tue, wed, thu, fri, sat, sun"
      ]
    ),
    (
      "every: 1",
      "entryWindow: 20",
      [
        "7:3: found schedule without every and weekdays, expected every: 1 for each day, "
          + "or weekdays: [mon, thu]",
        "9:16: found \"20\", expected entryWindow as a whole number from 0 to 14",
      ]
    ),
    (
      "every: 1",
      "every: 1\n  end: 2026-03-10",
      [
        "10:8: found 9 days for 12 slots, expected an end on 2026-03-13 or later"
      ]
    ),
    (
      "range: [0, 10]",
      "decimals: 1",
      [
        "11:5: found an item without range, expected range: [lowest, highest] | without a "
          + "range a slip of the keyboard enters the analysis"
      ]
    ),
    (
      "range: [0, 10]",
      "range: [10, 0]",
      [
        "14:12: found a range from 10 to 0, expected the lowest first, then a higher one"
      ]
    ),
    (
      "range: [0, 10]",
      "range: [0]",
      [
        "14:12: found one bound, expected range: [lowest, highest]"
      ]
    ),
    (
      "range: [0, 10]",
      "range: [0, 1e3]",
      [
        "14:16: found \"1e3\", expected a bound of the range as a number | write plain "
          + "digits with a point: 0.5, 12, -3.25"
      ]
    ),
    (
      "range: [0, 10]",
      "range: [0, 9.5]",
      [
        "14:12: found bounds with more than 0 decimals, expected bounds that can be "
          + "answered | raise decimals"
      ]
    ),
    (
      "range: [0, 10]",
      "range: [0, 10]\n    options: [a]",
      [
        "15:14: found options in an item of type number, expected no options there"
      ]
    ),
    (
      "type: number",
      "type: numeric",
      [
        "13:11: found \"numeric\", expected type: one of number, slider, likert, time, duration, choice, choices, text, "
          + "vigilance, symbols, score"
      ]
    ),
    (
      "name: mood",
      "name: my mood",
      [
        "11:11: found \"my mood\", expected a name of 1 to 40 letters, digits and hyphens"
      ]
    ),
    (
      "name: mood",
      "name: slot",
      [
        "11:11: found \"slot\", expected a name other than slot, day, arm, kit, guess | "
          + "these are columns of the exported table"
      ]
    ),
    (
      "name: nap",
      "name: Mood",
      [
        "15:11: found the item \"Mood\" again, after line 11, expected items with "
          + "different names"
      ]
    ),
    (
      "[yes, no]",
      "[yes, yes]",
      [
        "18:14: found an option twice, expected at least two different options"
      ]
    ),
    (
      "[yes, no]",
      "[yes]",
      [
        "18:14: found one option, expected at least two different options"
      ]
    ),
    (
      "outcome: mood",
      "outcome: nap",
      [
        "21:12: found \"nap\", expected the name of an item of type number: mood"
      ]
    ),
    (
      "outcome: mood",
      "outcome: moood",
      [
        "21:12: found \"moood\", expected the name of an item of type number: mood"
      ]
    ),
    (
      "outcome: mood",
      "outcome: mood\n  relevance: 0",
      [
        "22:14: found \"0\", expected relevance above 0, in the outcome's unit"
      ]
    ),
    (
      "outcome: mood",
      "outcome: mood\n  relevance: 11",
      [
        "22:14: found \"11\", expected relevance within the range of mood, at most 10"
      ]
    ),
    (
      "mean-difference",
      "mean",
      [
        "22:14: found \"mean\", expected statistic: one of mean-difference, block-adjusted, "
          + "studentised, rank-sum, signed-rank"
      ]
    ),
    (
      "whitening: none",
      "whitening: 1",
      [
        "23:14: found \"1\", expected whitening: none, estimated, or a number between -1 and 1"
      ]
    ),
    (
      "whitening: none",
      "whitening: some",
      [
        "23:14: found \"some\", expected whitening: none, estimated, or a number between "
          + "-1 and 1"
      ]
    ),
    (
      "level: 0.95",
      "level: 95",
      [
        "24:10: found the level 95, expected a level from 0.5 to 0.9999 | the level is "
          + "that of the interval: write 0.95 for a test at 0.05"
      ]
    ),
    (
      "level: 0.95",
      "level: 0,95",
      [
        "24:10: found \"0,95\", expected level as a number | write plain digits with a "
          + "point: 0.5, 12, -3.25"
      ]
    ),
    (
      "level: 0.95",
      "level: 0.995",
      [
        "5:3: found 216 possible sequences, so that the smallest p-value is 0.0093, "
          + "expected at least 400 for the level 0.995 | the smallest design of this kind that "
          + "can is blocks: {sizes: [4, 4, 4, 4], active: [2, 2, 2, 2]}"
      ]
    ),
  ]

  @Test(arguments: cases.indices) func sentence(index: Int) {
    let (old, new, faults) = Self.cases[index]
    #expect(Draft.text.contains(old))
    #expect(Draft.faults(Draft.with(old, new)) == faults.map { "p.yaml:" + $0 })
  }
}
