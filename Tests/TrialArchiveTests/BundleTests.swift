import BlindRecord
import ChildPrograms
import Foundation
import Testing
import TrialAnalysis
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal
import TrialTestSupport

/// A bundle: what it holds, and that two programs of others come to the same result.
@Suite struct BundleTests {
  private func bundle(_ sample: SampleTrial) throws -> TrialFolder {
    let target = TrialFolder(path: sample.folder.path + "-bundle")
    _ = try sample.folder.writeBundle(to: target)
    return target
  }

  private func text(_ folder: TrialFolder, _ name: String) throws -> String {
    String(decoding: try #require(try folder.read(name)), as: UTF8.self)
  }

  @Test func itHoldsTheTrialAndItsSums() throws {
    let sample = try SampleTrial.eventful()
    let target = try bundle(sample)
    defer { try? FileManager.default.removeItem(atPath: target.path) }
    let names = try target.files()
    for name in [
      "README.txt", "report.html", "report.md", "report.json", "data/slots.csv",
      "data/dictionary.csv", "data/adverse-events.csv", "data/deviations.csv", "data/odm.xml",
      "primary-test/1-settings.csv", "primary-test/1-slots.csv", "primary-test/1-layers.csv",
      "primary-test/1-expected.csv", "reproduce.py", "reproduce.R", "ranks_and_t.py",
      "ranks_and_t.R", "looks.py", "looks.R", "data/code-breaks.csv", "SHA256SUMS",
    ] { #expect(names.contains(name), "\(name)") }
    #expect(TrialFolder(path: target.path + "/trial").verify().verified)
    let sums = try text(target, "SHA256SUMS").split(separator: "\n")
    #expect(sums.count == names.count - 1)
    let report = try text(target, "report.json")
    #expect(report == (try text(sample.folder, "report.json")))
  }

  @Test func theTableHasARowForEverySlotAndAMeaningForEveryColumn() throws {
    let sample = try SampleTrial.eventful()
    let target = try bundle(sample)
    defer { try? FileManager.default.removeItem(atPath: target.path) }
    let lines = try text(target, "data/slots.csv").split(separator: "\n")
    #expect(lines.count == sample.design.days.count + 1)
    let columns = lines[0].split(separator: ",").map(String.init)
    let dictionary = try text(target, "data/dictionary.csv").split(separator: "\n").dropFirst()
    #expect(dictionary.map { String($0.prefix { $0 != "," }) } == columns)
    let broken = try #require(columns.firstIndex(of: "code_broken"))
    let cells = lines[2].split(separator: ",", omittingEmptySubsequences: false)
    #expect(cells[broken] == "1")
  }

  /// The slot of a broken code, a deviation, "don't know", and a skipped answer with its reason.
  @Test func nothingOfTheRecordIsLostInODM() throws {
    let sample = try SampleTrial()
    let clock = try TrialFolder.time(on: sample.design.days[0], hour: 20, zone: "Europe/Berlin")
    let journal = try sample.openJournal()
    let occasion = sample.trial.manifest.schedule.occasions[0]
    _ = try journal.append(
      CheckIn(
        slot: 1, kit: occasion.kit,
        answers: [
          "mood": .number(DecimalNumber(units: 5)), "sleep": .skipped(reason: "no <watch>"),
          "nap": .choice("none"), "notes": .skipped(reason: nil),
        ], guess: TreatmentGuess(percent: nil, reason: "nothing felt")), clock: clock)
    _ = try journal.append(
      Deviation(slot: 1, kind: .lateDose, reason: "overslept"), clock: clock)
    let receipt = try journal.announceCodeBreak(slot: 1, reason: "asked", clock: clock)
    try journal.close()
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    _ = try sample.folder.breakCode(of: sample.trial, with: key, after: receipt)
    try sample.record(2...6)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    _ = try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    _ = try sample.folder.writeReport()
    let target = try bundle(sample)
    defer { try? FileManager.default.removeItem(atPath: target.path) }
    let odm = try text(target, "data/odm.xml")
    for (item, value) in [
      ("IT.GUESS.UNKNOWN", "Y"), ("IT.GUESS.REASON", "nothing felt"), ("IT.CODE.BROKEN", "Y"),
      ("IT.SKIPPED", "sleep: no &lt;watch&gt;; notes"), ("IT.KIT", occasion.kit.text),
      ("IT.DV.KIND", "late-dose"), ("IT.DV.REASON", "overslept"), ("IT.CB.REASON", "asked"),
    ] {
      let line = "<ItemData ItemOID=\"\(item)\" Value=\"\(value)\"/>"
      #expect(odm.contains(line), "\(line)")
    }
    #expect(!odm.contains("ItemData ItemOID=\"IT.KIT.OTHER\""), "nobody took another kit")
    let breaks = try text(target, "data/code-breaks.csv").split(separator: "\n")
    #expect(breaks.count == 2 && breaks[1].contains(",1,") && breaks[1].contains("asked"))
    let rows = try text(target, "data/slots.csv").split(separator: "\n")
    #expect(rows[1].contains("nothing felt") && rows[1].contains("sleep: no <watch>; notes"))
  }

  @Test func anotherFolderIsNotWrittenOver() throws {
    let sample = try SampleTrial()
    try sample.finish()
    let target = try bundle(sample)
    defer { try? FileManager.default.removeItem(atPath: target.path) }
    #expect(throws: TrialFolder.BundleError.exists(target.path)) {
      try sample.folder.writeBundle(to: target)
    }
  }

  @Test func whatDoesNotVerifyIsNotBundled() throws {
    let sample = try SampleTrial()
    try sample.finish()
    try sample.folder.write(Array("other".utf8), to: "report.md", replacing: true)
    let target = TrialFolder(path: sample.folder.path + "-bundle")
    #expect(throws: VerifiedTrial.Fault.doesNotVerify(check: "files")) {
      try sample.folder.writeBundle(to: target)
    }
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }

  /// Runs a script of the bundle; `nil` where the machine has no such program.
  private func run(_ program: String, _ script: String, _ target: TrialFolder) throws
    -> (status: Int32, out: String)?
  {
    let call = ProgramCall(program, ["\(target.path)/\(script)"], errors: .nothing)
    let ran: (output: [UInt8], end: RunningProgram.End)
    do { ran = try call.runKeepingOutput() } catch {
      if error.isMissing { return nil }
      throw error
    }
    return (ran.end.status, String(decoding: ran.output, as: UTF8.self))
  }

  @Test(arguments: [("python3", "reproduce.py"), ("Rscript", "reproduce.R")])
  func anotherProgramComesToTheSameResult(_ program: String, _ script: String) throws {
    let plans = [
      ExampleProtocols.small, ExampleProtocols.blocks,
      ExampleProtocols.text(
        scheme: "blocks: {sizes: [8, 8], active: [4, 4]}", whitening: "estimated"),
    ]
    for plan in plans {
      let sample = try SampleTrial(plan)
      try sample.finish()
      let target = try bundle(sample)
      defer { try? FileManager.default.removeItem(atPath: target.path) }
      guard let right = try run(program, script, target) else {
        print("skipped: there is no \(program) on this machine")
        return
      }
      #expect(right.status == 0, "\(right.out)")
      #expect(right.out.hasSuffix("the primary result follows from this bundle\n"), "\(right.out)")
      // One changed rating, and the numbers are others.
      let slots = "primary-test/1-slots.csv"
      var lines = try text(target, slots).split(separator: "\n").map(String.init)
      let row = try #require(lines.indices.dropFirst().first { !lines[$0].contains(",,") })
      var cells = lines[row].split(separator: ",", omittingEmptySubsequences: false).map(
        String.init)
      cells[1] = "\(try #require(Double(cells[1])) + 1)"
      lines[row] = cells.joined(separator: ",")
      try target.write(
        Array((lines.joined(separator: "\n") + "\n").utf8), to: slots, replacing: true)
      let wrong = try #require(try run(program, script, target))
      #expect(wrong.status == 1, "\(wrong.out)")
      #expect(wrong.out.contains("DIFFERS"))
    }
  }

  /// Blocks of different weight from assignment to assignment: their differences must tie where they should.
  @Test(arguments: [("python3", "reproduce.py"), ("Rscript", "reproduce.R")])
  func blocksWithManyMissingRatings(_ program: String, _ script: String) throws {
    let sample = try SampleTrial(ExampleProtocols.blocks)
    for slots in [1...2, 5...7, 9...12, 14...18, 20...21, 24...28] { try sample.record(slots) }
    guard let (status, out) = try finished(sample, program, script) else { return }
    #expect(status == 0, "\(out)")
    #expect(out.hasSuffix("the primary result follows from this bundle\n"), "\(out)")
  }

  /// The answer of a trial that was looked at is another one, and the scripts say which.
  @Test(arguments: [("python3", "reproduce.py"), ("Rscript", "reproduce.R")])
  func aTrialThatWasLookedAt(_ program: String, _ script: String) throws {
    let plan = String(decoding: ExampleProtocols.pairs, as: UTF8.self)
      .replacing("  relevance: 1", with: "  relevance: 1\n  monitoring: {sd: 1, from: 2}")
    let sample = try SampleTrial(Array(plan.utf8))
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let journal = try sample.openJournal()
    var mayStop = false
    for occasion in sample.trial.manifest.schedule.occasions.prefix(12) {
      let clock = try TrialFolder.time(on: occasion.day, hour: 20, zone: "Europe/Berlin")
      let isActive = try sample.trial.answer(with: key) { $0.arms[occasion.slot - 1] == 1 }
      _ = try journal.append(
        CheckIn(
          slot: occasion.slot, kit: occasion.kit,
          answers: [
            "mood": .number(DecimalNumber(units: isActive ? 7 : 3)),
            "sleep": .number(DecimalNumber(units: 7)), "nap": .choice("none"),
            "notes": .skipped(reason: nil),
          ], guess: TreatmentGuess(percent: nil)), clock: clock)
      guard occasion.slot == 12 else { continue }
      let look = try MonitorLook(
        of: sample.trial, with: key, entries: journal.entries(), today: occasion.day)
      mayStop = look.mayStop
      _ = try journal.append(lookAt: look.slots, mayStop: look.mayStop, clock: clock)
    }
    try journal.close()
    #expect(mayStop)
    guard let (status, out) = try finished(sample, program, script) else { return }
    #expect(status == 0, "\(out)")
    for name in ["largestEvidence", "anytimeP", "anytimeLower", "anytimeUpper"] {
      #expect(out.contains("ok       mood, quokkadrine minus zanzibarine: \(name) "), "\(out)")
    }
    #expect(out.contains("the answer is anytimeP with anytimeLower to anytimeUpper"))
    #expect(out.hasSuffix("the primary result follows from this bundle\n"), "\(out)")
  }

  /// Locks, opens, bundles, and runs a script of the bundle.
  private func finished(_ sample: SampleTrial, _ program: String, _ script: String) throws
    -> (status: Int32, out: String)?
  {
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    _ = try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    _ = try sample.folder.writeReport()
    let target = try bundle(sample)
    defer { try? FileManager.default.removeItem(atPath: target.path) }
    let result = try run(program, script, target)
    if result == nil { print("skipped: there is no \(program) on this machine") }
    return result
  }
}
