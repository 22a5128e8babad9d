import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialAnalysis
import TrialArchive
import TrialJournal
import TrialKits
import TrialReport
import TrialSeal

/// The walk-throughs of the reference pages: the code that stands there is run here, line by line.
struct WalkThroughTests {
  @Test func recordingADay() async throws {
    let fixture = try await TrialFixture.sealed()
    let path = fixture.trial.path
    let evening = try clock("2031-03-03T21:00:00Z")
    // begin: TrialJournal
    let journal = try Journal.open(in: path)
    guard let due = journal.manifest.schedule.occasion(on: evening.now.day) else { return }

    var answers: [String: Answer] = [:]
    for item in journal.manifest.items {
      answers[item.name] = try item.answer("6.5")
    }
    let receipt = try journal.append(
      CheckIn(slot: due.slot, kit: due.kit, answers: answers, guess: TreatmentGuess(percent: 60)),
      clock: evening)

    let open = try journal.rows(today: evening.now.day).filter { $0.status == .open }
    print("entry \(receipt.index); \(open.count) slots are open")
    // end: TrialJournal
    #expect(receipt.index == 1)
    #expect(open.isEmpty)
  }

  @Test func aWholeTrial() async throws {
    let fixture = try TrialFixture()
    let path = fixture.trial.path
    let passphrase = Array("correct horse battery staple".utf8)
    var printed: [UInt8] = []
    let eve = try clock("2031-03-02T20:00:00Z")
    let end = try clock("2031-03-20T20:00:00Z")
    // begin: TrialArchive
    let folder = TrialFolder(path: path)
    let trial = try folder.seal(
      custody: .passphrase(passphrase, workFactor: 1), clock: eve
    ) { list in
      printed = KitSheet(list).bytes  // the kit list exists only in here
    }.trial

    // Weeks of recording lie between these two lines.

    let record = try folder.lock(reason: "all slots are over", clock: end)
    let key = try trial.unlock(passphrase: passphrase)
    let unblinding = try folder.unblind(with: key, prediction: "no difference", clock: end)
    let result = try TrialResult(unblinding)  // the sealed plan is inside

    let report = try folder.writeReport()
    print(report.markdown)
    print(folder.verify().transcript)
    // end: TrialArchive
    #expect(record.entries.count == 2)
    #expect(!printed.isEmpty)
    #expect(!result.title.isEmpty)
    #expect(folder.verify().verified)
  }

  @Test(arguments: ["TrialJournal", "TrialArchive"])
  func thePageShowsTheCodeThatRuns(_ target: String) throws {
    let page = try text("Sources/\(target)/\(target).docc/\(target).md")
    let source = try text("Tests/CommandLineTests/WalkThroughTests.swift")
    let shown = try #require(between("```swift\n", "```", in: page))
    let run = try #require(between("// begin: \(target)\n", "    // end", in: source))
    let lines = run.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(shown == lines.map { String($0.dropFirst(4)) }.joined(separator: "\n"))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Tool.root.appendingPathComponent(path), encoding: .utf8)
  }

  private func between(_ start: String, _ end: String, in text: String) -> String? {
    guard let first = text.range(of: start)?.upperBound,
      let last = text.range(of: end, range: first..<text.endIndex)?.lowerBound
    else { return nil }
    return String(text[first..<last])
  }

  private func clock(_ instant: String) throws -> WallClock {
    let (seconds, _) = try #require(Moment.parse(instant))
    return .set(to: Moment(seconds: seconds, zone: "UTC", offset: 0))
  }
}
