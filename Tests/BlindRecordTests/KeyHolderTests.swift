import Foundation
import Testing

@testable import BlindRecord

/// The names of those who hold keys, and the journal's entry about them.
@Suite struct KeyHolderTests {
  private func entry(_ key: String) -> [UInt8] {
    Array(
      (#"{"at":{"instant":"2024-10-03T18:00:00Z","offset":7200,"zone":"Europe/Berlin"},"#
        + #""body":{"key":"\#(key)"},"clock":"system","event":"rehearsal","index":1}"#).utf8)
  }

  @Test(arguments: KeyHolder.names) func everyHolderHasOneSpelling(_ name: String) throws {
    let read = try CommittedJSON.decode(JournalEntry.self, from: entry(name), place: "entry")
    #expect(read.event == .rehearsal(try #require(KeyHolder(name))))
    #expect(try CommittedJSON.encode(read) == entry(name))
  }

  @Test(arguments: ["", "Helper", "helper-0", "helper-6", "helper-10", "caffeine", "slot 3"])
  func nobodyElseHoldsAKey(_ name: String) {
    #expect(KeyHolder(name) == nil)
    #expect(throws: FormatError.self) {
      try CommittedJSON.decode(JournalEntry.self, from: entry(name), place: "entry")
    }
  }

  @Test func theNamesAreThoseOfTheSpecification() {
    #expect(
      KeyHolder.names == [
        "passphrase", "envelope", "helper", "clinician", "recovery-page", "helper-1", "helper-2",
        "helper-3", "helper-4", "helper-5",
      ])
  }
}
