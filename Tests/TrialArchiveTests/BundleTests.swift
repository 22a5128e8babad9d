import Foundation
import Testing
import TrialArchive
import TrialDesign
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
      "ranks_and_t.R", "SHA256SUMS",
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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program, "\(target.path)/\(script)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let out = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 127 { return nil }
    return (process.terminationStatus, out)
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
}
