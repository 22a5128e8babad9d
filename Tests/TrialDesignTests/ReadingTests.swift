import BlindRecord
import Foundation
import Testing
import TrialDesign
import TrialTestSupport

@Suite struct ReadingTests {
  @Test func everythingIsRead() throws {
    let text = """
      selfblind: 1
      title: Yes
      arms: [no, On]
      scheme: {alternation: {slots: 12, active: 6, longestRun: 3}}
      schedule: {start: 2026-03-02, zone: UTC, weekdays: [mon, thu], entryWindow: 2, end: 2026-04-09}
      items:
        - {name: mood, prompt: 012, type: number, range: [-1.5, 10], decimals: 1, unit: "%", direction: lower}
        - {name: nap, prompt: "Nap, or not?", type: choice, options: [yes, no, 1_000, 2026-01-01]}
        - name: notes
          prompt: >-
            Anything
            else?
          type: text
      analysis: {outcome: mood, statistic: block-adjusted, whitening: -0.5, level: 0.9, relevance: 0.50, sides: doubled}
      safety:
        stoppingRules: [a, "b: # c"]
        emergencyContact: Zoë 🙂
        clinicianAsked: yes
        lawful: true
      """
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
    #expect(design.title == "Yes")
    #expect(design.arms == [Arm(name: "no"), Arm(name: "On")])
    #expect(
      design.scheme
        == .alternation(RestrictedAlternation(slots: 12, active: 6, longestRun: 3)))
    #expect(design.days.prefix(3).map(\.description) == ["2026-03-02", "2026-03-05", "2026-03-09"])
    #expect(design.days.last?.description == "2026-04-09")
    #expect(design.zone == "UTC")
    #expect(design.entryWindow == 2)
    let lower = DecimalNumber(units: -15, decimals: 1)
    #expect(
      design.items == [
        Item(
          name: "mood", prompt: "012",
          kind: .number(lower: lower, upper: DecimalNumber(units: 10), decimals: 1, unit: "%"),
          direction: .lower),
        Item(
          name: "nap", prompt: "Nap, or not?", kind: .choice(["yes", "no", "1_000", "2026-01-01"])),
        Item(name: "notes", prompt: "Anything else?", kind: .text),
      ])
    #expect(design.guessPrompt == nil)
    #expect(
      design.plan
        == AnalysisPlan(
          outcome: "mood", statistic: .blockAdjusted, whitening: .fixed(-0.5), level: 0.9,
          relevance: DecimalNumber(units: 5, decimals: 1)))
    #expect(
      design.safety
        == SafetyPart(
          stoppingRules: ["a", "b: # c"], emergencyContact: "Zoë 🙂", clinicianAsked: .yes,
          lawful: true))
  }

  @Test func lineBreaksAndByteOrderMarksMakeNoDifference() throws {
    #expect(Draft.faults(Draft.text) == [])
    #expect(Draft.faults(Draft.text.replacing("\n", with: "\r\n")) == [])
    #expect(Draft.faults([0xEF, 0xBB, 0xBF] + Array(Draft.text.utf8)) == [])
    #expect(Draft.faults("---\n" + Draft.text + "...\n") == [])
    let wrong = Draft.with("level: 0.95", "level: x").replacing("\n", with: "\r\n")
    #expect(Draft.faults(wrong).first?.hasPrefix("p.yaml:24:10: found \"x\"") == true)
  }

  @Test func allFaultsAreFoundInOnePass() {
    let text = Draft.text
      .replacing("title: A trial", with: "titel: A trial")
      .replacing("[placebo, active]", with: "[placebo, placebo]")
      .replacing("active: [2, 2, 2]", with: "active: [2, 2]")
      .replacing("start: 2026-03-02", with: "start: 2026-02-30")
      .replacing("range: [0, 10]", with: "decimals: 0")
      .replacing("level: 0.95", with: "level: 0.95\n  level: 0.9")
      .replacing("lawful: true", with: "lawful: false")
    let places = Draft.faults(text).map { $0.split(separator: ":")[1...2].joined(separator: ":") }
    #expect(
      places == ["1:1", "2:1", "3:17", "5:38", "7:10", "11:5", "25:3", "30:11"])
  }

  @Test func severalDuplicateKeysAreAllFound() {
    let text = Draft.text
      .replacing("title: A trial", with: "title: A trial\n'title': B\n\"title\": C")
      .replacing("zone: Europe/Berlin", with: "zone: Europe/Berlin\n  zone: UTC")
    #expect(
      Draft.faults(text) == [
        "p.yaml:3:1: found the key \"title\" again, after line 2, expected each key once"
          + " | remove one of the two",
        "p.yaml:4:1: found the key \"title\" again, after line 2, expected each key once"
          + " | remove one of the two",
        "p.yaml:11:3: found the key \"zone\" again, after line 10, expected each key once"
          + " | remove one of the two",
      ])
  }

  @Test func hostileBytesAreOneSentence() {
    let start = "p.yaml:1:1: found "
    let content = "expected keys and values | selfblind new writes a protocol to start from"
    let text = "expected text in UTF-8 | save the file as plain text in UTF-8"
    let deep = "lists within lists, hundreds deep, expected a protocol"
    let keys = "selfblind, title, arms, scheme, schedule, items, guess, analysis, packing, safety"
    let cases: [([UInt8], String)] = [
      ([], start + "a file without content, " + content),
      (Array(" \n# only a comment".utf8), start + "a file without content, " + content),
      ([0x61, 0x00], start + "a NUL byte, " + text),
      ([0xFF, 0xFE, 0x61], start + "bytes that are not UTF-8, " + text),
      ([0x61, 0xC0, 0x80], start + "bytes that are not UTF-8, " + text),
      (
        Array(repeating: 0x61, count: 10_000_000),
        start + "a file of 10000000 bytes, expected at most 262144 bytes"
      ),
      (Array(repeating: 0x5B, count: 200_000), start + deep),
      (Array(repeating: 0x7B, count: 200_000), start + deep),
      (Array(String(repeating: "- ", count: 9000).utf8), "p.yaml:1:1999: found " + deep),
      ([0x61], start + "\"a\", expected the protocol as keys and values: \(keys)"),
      (
        Array("name: other\nversion: 1\n".utf8),
        start + "no line selfblind: 1, expected selfblind: 1 as the first line"
          + " | selfblind new writes a protocol to start from"
      ),
      (
        Array("selfblind: 3\ntitel: x\n".utf8),
        "p.yaml:1:12: found the format selfblind: 3, expected selfblind: 1"
          + " | the file was written for a newer selfblind; use that version"
      ),
    ]
    for (bytes, expected) in cases { #expect(Draft.faults(bytes) == [expected]) }
  }

  @Test func theLargestFileIsRead() {
    let padding = String(repeating: "#", count: 262_144 - Draft.text.utf8.count)
    #expect(Draft.faults(Draft.text + padding) == [])
    #expect(
      Draft.faults(Draft.text + padding + "#") == [
        "p.yaml:1:1: found a file of 262145 bytes, expected at most 262144 bytes"
      ])
  }

  @Test func weeksOfPatternsAreWeeksOfTheSchedule() {
    let blocks = "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}"
    let weekly = "weekly: {weeks: 4, activeWeeks: 2, patterns: [ApAp, AppA, pAAp]}"
    let text = Draft.with(blocks, weekly).replacing(
      "every: 1", with: "weekdays: [fri, mon, tue, thu]")
    #expect(Draft.faults(text) == [])
    #expect(
      Draft.faults(text.replacing("2026-03-02", with: "2026-03-03")) == [
        "p.yaml:7:10: found a start in the middle of a week, expected a start on the first of the"
          + " weekdays"
      ])
    #expect(
      Draft.faults(text.replacing("fri, mon", with: "mon")) == [
        "p.yaml:9:13: found a schedule that does not fit the patterns, expected 4 weekdays, one for"
          + " each letter of a pattern"
      ])
    #expect(
      Draft.faults(text.replacing("[placebo, active]", with: "[ace, active]")).first
        == "p.yaml:5:49: found arms that start with the same letter, expected arms with different"
        + " first letters for a pattern | rename one of the arms")
  }

  @Test func anEmptyGuessIsAFault() {
    #expect(
      Draft.faults(Draft.with("guess: How likely?", "guess:")) == [
        "p.yaml:19:7: found nothing, expected the question for the guess as a text"
      ])
  }

  /// Aliases of aliases grow exponentially; nothing behind an anchor is looked at.
  @Test func aliasesDoNotGrow() {
    var text = "selfblind: 1\na0: &a0 [x, x]\n"
    for level in 1...60 {
      text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n"
    }
    let anchors = Draft.faults(text).filter { $0.contains("found an anchor") }
    #expect(anchors.count == 61)
  }

  /// Every truncation of a file is refused or right, never a crash.
  @Test func everyTruncationIsAnswered() {
    let bytes = Array(Draft.text.utf8)
    for length in bytes.indices.dropLast() {
      let faults = Draft.faults(Array(bytes[..<length]))
      #expect(!faults.isEmpty || length >= bytes.count - 1)
    }
  }

  /// Every byte replaced by an awkward one is refused or right, never a crash.
  @Test func everyByteMayBeWrong() {
    let bytes = Array(Draft.text.utf8)
    for (place, awkward) in bytes.indices.map({ ($0, Array("&*!|>%@`[]{}\"':#\t\u{7F}-?,".utf8)) })
    {
      var copy = bytes
      copy[place] = awkward[place % awkward.count]
      _ = Draft.faults(copy)
    }
  }

  @Test func filesThatCannotBeRead() throws {
    #expect {
      try TrialProtocol(contentsOf: "/nowhere/protocol.yaml")
    } throws: { error in
      (error as? FormatError)?.description
        == "/nowhere/protocol.yaml: found no file that can be read, expected a protocol file"
        + " (selfblind new writes one)"
    }
    #expect(throws: FormatError.self) { try TrialProtocol(contentsOf: "/tmp") }
    #expect {
      try TrialProtocol(contentsOf: "/dev/zero")
    } throws: { error in
      (error as? ProtocolFaults)?.message
        == "/dev/zero:1:1: found a file of 262145 bytes, expected at most 262144 bytes"
    }
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(ExampleProtocols.pairs).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    let design = try TrialProtocol(contentsOf: path.path(percentEncoded: false))
    #expect(design.bytes == ExampleProtocols.pairs)
  }
}
