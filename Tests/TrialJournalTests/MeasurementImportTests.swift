import BlindRecord
import Foundation
import Testing

@testable import TrialJournal

/// Measurements from a file: what becomes of each value, and nothing twice.
@Suite struct MeasurementImportTests {
  /// Three slots with check-ins on the first two, and an item that is imported.
  private static func trial(daysBack: Int = 0) throws -> (TrialFolder, Journal) {
    let trial = try TrialFolder(imported: true, daysBack: daysBack)
    let journal = try trial.create()
    for slot in 1...2 {
      let made = trial.checkIn(slot)
      _ = try journal.append(
        CheckIn(
          slot: slot, kit: made.kit, answers: trial.manifest.items.completed(made.answers),
          guess: made.guess), clock: trial.clock(day: slot))
    }
    return (trial, journal)
  }

  private static func run(
    _ text: String, _ trial: TrialFolder, _ journal: Journal, isTrial: Bool = false
  ) throws -> [MeasurementImport.Fate] {
    try MeasurementImport(Array(text.utf8), file: "ring.csv", into: journal)
      .run(clock: trial.clock(day: 4), isTrial: isTrial).map(\.fate)
  }

  /// As programs write it where the comma is the decimal sign.
  @Test func semicolonsBringDecimalCommas() throws {
    let (trial, journal) = try Self.trial()
    let fates = try Self.run(
      "Date;Steps;Sleep score\n2024-10-04;1,5;81,2\n05.10.2024;;77\n", trial, journal)
    #expect(
      fates == [
        .recorded(entry: 3, .number(DecimalNumber(units: 812, decimals: 1)), rounded: false),
        .recorded(entry: 4, .number(DecimalNumber(units: 77)), rounded: false),
      ])
  }

  @Test func everyValueHasItsFate() throws {
    let (trial, journal) = try Self.trial()
    // Slot 1 is on 2024-10-04.
    let file = """
      Date,Steps,Sleep score
      2024-10-04T06:30:00Z,900,81.26
      2024-10-04,900,12
      05.10.2024,900,77
      2024-10-06,900,60
      2024-11-30,900,60
      2024-10-07,900,
      yesterday,900,60
      """
    let first = try Self.run(file, trial, journal)
    #expect(
      first == [
        .recorded(entry: 3, .number(DecimalNumber(units: 813, decimals: 1)), rounded: true), .twice,
        .recorded(entry: 4, .number(DecimalNumber(units: 77)), rounded: false),
        .noCheckIn(slot: 3, .open), .noSlot, .empty,
        .unfit("found the day \"yesterday\", expected YYYY-MM-DD or DD.MM.YYYY"),
      ])
    let row = try journal.rows(today: trial.clock(day: 4).now.day)[0]
    #expect(row.answers["score"]?.number?.description == "81.3")
    #expect(row.corrections.last?.reason == "imported from ring.csv, line 2")
    // Once more: nothing is added.
    let again = try Self.run(file, trial, journal)
    #expect(again.filter { $0 == .unchanged }.count == 2)
    #expect(try journal.entries().count == 5)
    // Another value for a day that has one is a correction of it.
    let changed = try Self.run("Date,Sleep score\n2024-10-05,70\n", trial, journal)
    #expect(changed == [.recorded(entry: 5, .number(DecimalNumber(units: 70)), rounded: false)])
  }

  /// The night after slot 1, of 2024-10-04, is dated by its morning.
  @Test func aNightBelongsToTheDayBeforeItsMorning() throws {
    let (trial, journal) = try Self.trial(daysBack: 1)
    let fates = try Self.run("Date,Sleep score\n2024-10-05,70\n2024-10-04,60\n", trial, journal)
    #expect(
      fates == [
        .recorded(entry: 3, .number(DecimalNumber(units: 70)), rounded: false), .noSlot,
      ])
    let row = try journal.rows(today: trial.clock(day: 4).now.day)[0]
    #expect(row.answers["score"]?.number?.description == "70")
  }

  /// What was corrected by hand since is not undone by the same file; another value is a new one.
  @Test func aCorrectionByHandStays() throws {
    let (trial, journal) = try Self.trial()
    let file = "Date,Sleep score\n2024-10-04,81\n"
    _ = try Self.run(file, trial, journal)
    _ = try journal.append(
      Correction(
        slot: 1, item: "score", answer: .number(DecimalNumber(units: 50)), reason: "misread"),
      clock: trial.clock(day: 4))
    #expect(try Self.run(file, trial, journal) == [.unchanged])
    let other = try Self.run("Date,Sleep score\n2024-10-04,82\n", trial, journal)
    guard case .recorded = other.first else { return #expect(other.isEmpty) }
    // The first value of a day is unfit, and so is the same one again: neither is "recorded already".
    let unfit = try Self.run("Date,Sleep score\n2024-10-04,101\n2024-10-04,101\n", trial, journal)
    for fate in unfit { if case .unfit = fate {} else { #expect(fate == .empty) } }
  }

  @Test(arguments: ["101", "-1", "a lot", "1e2", "81,5"])
  func whatTheItemCannotHaveIsNotTaken(_ value: String) throws {
    let (trial, journal) = try Self.trial()
    let fates = try Self.run("Date,Sleep score\n2024-10-04,\"\(value)\"\n", trial, journal)
    guard case .unfit(let why)? = fates.first else { return #expect(fates.isEmpty) }
    #expect(why.contains("expected a number with at most 1 decimal from 0 to 100"))
    #expect(try journal.entries().count == 3)
  }

  @Test func aTrialRunRecordsNothing() throws {
    let (trial, journal) = try Self.trial()
    let fates = try Self.run("Date,Sleep score\n2024-10-04,50\n", trial, journal, isTrial: true)
    #expect(fates == [.wouldBe(.number(DecimalNumber(units: 50)), rounded: false)])
    #expect(try journal.entries().count == 3)
  }

  @Test(arguments: [
    ("Day,Sleep score\n", "expected \"Date\" and \"Sleep score\""), ("", "found nothing"),
    ("Date,Sleep score\n1\n", "found 1 cell, expected 2"),
  ])
  func aFileWithoutTheColumnsIsRefused(_ text: String, _ words: String) throws {
    let (_, journal) = try Self.trial()
    let error = #expect(throws: RecordFault.self) {
      try MeasurementImport(Array(text.utf8), file: "ring.csv", into: journal)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
