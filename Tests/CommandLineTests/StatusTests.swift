import Foundation
import Testing

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
}
