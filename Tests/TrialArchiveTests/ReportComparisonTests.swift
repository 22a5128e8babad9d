import BlindRecord
import Foundation
import Testing
import TrialArchive
import TrialTestSupport

/// A report of another version is not a forgery, and a changed number in it still is.
@Suite struct ReportComparisonTests {
  static func verdict(_ sample: SampleTrial, _ change: (String) -> String) throws -> Verification {
    let name = ReportFile.json.rawValue
    let stored = String(decoding: try #require(try sample.folder.read(name)), as: UTF8.self)
    defer { try? sample.folder.write(Array(stored.utf8), to: name, replacing: true) }
    try sample.folder.write(Array(change(stored).utf8), to: name, replacing: true)
    try sample.folder.writeSums()
    return sample.folder.verify()
  }

  @Test func anotherVersionIsComparedByItsNumbers() throws {
    let sample = try SampleTrial()
    try sample.finish()
    func asWrittenByAnother(_ json: String) -> String {
      json.replacing(ProgramVersion.text, with: "selfblind 9.9.9")
    }
    #expect(try Self.verdict(sample) { $0 }.verified)
    let other = try Self.verdict(sample) { asWrittenByAnother($0) }
    #expect(other.verified)
    #expect(
      other.transcript.contains("written by selfblind 9.9.9, and what only that version says"))
    let reworded = try Self.verdict(sample) {
      asWrittenByAnother($0).replacing("A trial made for tests", with: "A trial, made for tests")
    }
    #expect(reworded.verified)
    let forged = try Self.verdict(sample) {
      asWrittenByAnother($0).replacing("\"onTheDay\" : ", with: "\"onTheDay\" : 1")
    }
    #expect(!forged.verified)
    #expect(forged.transcript.contains("report.json: found "))
    #expect(forged.transcript.contains("at adherence.onTheDay"))
    let shorter = try Self.verdict(sample) {
      asWrittenByAnother($0).replacing("\"deviations\" : [", with: "\"deviations\" : [ 1, ")
    }
    #expect(!shorter.verified)
    let empty = try Self.verdict(sample) { _ in "{\"program\": \"selfblind 9.9.9\"}" }
    #expect(!empty.verified)
    #expect(empty.transcript.contains("report.json: found nothing at "))
    let worded = try Self.verdict(sample) {
      asWrittenByAnother($0).replacing(#/"onTheDay" : (\d+)/#) {
        "\"onTheDay\" : \"\($0.output.1)\""
      }
    }
    #expect(worded.transcript.contains("another kind of value at adherence.onTheDay"))
  }
}
