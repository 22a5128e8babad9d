import BlindRecord
import Foundation
import Testing
import TrialJournal

/// `status`: every slot with its status, and nothing by arm.
struct StatusTests {
  @Test func everySlotIsListed() async throws {
    let trial = try await TrialFixture.sealed()
    try await trial.record(slot: 1)
    _ = try await trial.checkIn(day: 5, ["--slot", "2"], hour: 7)
    let run = try await trial.run("status", at: "2031-03-07T08:00:00Z")
    let lines = run.out.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.hasPrefix("slot ") }.count == 12)
    #expect(lines.contains("2031-03-03  #  +  x  o  o  .  ."))
    #expect(
      lines.contains("1 recorded, 1 recorded-late, 2 open, 7 upcoming, 1 missing"))
  }

  @Test func asJSON() async throws {
    let trial = try await TrialFixture.sealed()
    try await trial.record(slot: 1)
    let run = try await trial.run("status", ["--json"], at: "2031-03-04T08:00:00Z")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
    #expect(object["locked"] as? Bool == false)
    let slots = try #require(object["slots"] as? [[String: Any]])
    #expect(slots.map { $0["status"] as? String }.prefix(3) == ["recorded", "open", "upcoming"])
  }

  @Test func nothingOfTheBlindPhaseNamesAnArm() async throws {
    let trial = try await TrialFixture.sealed()
    var shown = ""
    shown += try await trial.checkIn(day: 3).out
    shown += try await trial.run("status", at: "2031-03-04T08:00:00Z").out
    shown += try await trial.run("status", ["--json"], at: "2031-03-04T08:00:00Z").out
    shown += try await trial.run("verify").out
    for arm in TrialFixture.arms { #expect(!shown.contains(arm)) }
  }

  @Test func aFolderThatIsNotATrial() async throws {
    let place = try TemporaryFolder()
    let run = try await Tool.run(["status", place.url.path])
    expectRefusal(run, "manifest.json: not found in the trial folder")
  }

  /// The zone is the protocol's, whatever clock the sealing had; an offset is for one entry.
  @Test func theZoneIsTheProtocols() async throws {
    let text = TrialFixture.protocolText.replacingOccurrences(
      of: "zone: UTC", with: "zone: Europe/Berlin")
    let trial = try TrialFixture(protocol: text)
    let seal = try await trial.run(
      "seal",
      ["--custody", "self", "--passphrase-file", "passphrase", "--work-factor", "1"],
      at: "2031-03-02T20:00:00+05:00")
    #expect(seal.status == 0, "\(seal.err)")
    #expect(try await trial.run("status").status == 0)
    for (reason, clock) in [
      ("one", "2031-03-03T21:00:00Z"), ("two", "2031-03-03T22:30:00-05:00"),
      ("three", "2031-03-04T21:00:00Z"),
    ] {
      let run = try await trial.run(
        "deviate", ["--kind", "other", "--reason", reason], at: clock)
      #expect(run.status == 0, "\(run.err)")
    }
    let entries = try Journal.open(in: trial.trial.path, for: .reading).entries()
    #expect(
      entries.map(\.moment.zone) == ["UTC+05:00", "Europe/Berlin", "UTC-05:00", "Europe/Berlin"])
  }
}
