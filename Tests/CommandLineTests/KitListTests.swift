import Foundation
import Testing

@testable import selfblind

/// Where the packer's list may lie, and what becomes of it when sealing fails.
struct KitListTests {
  private let inside = "the kit list must not lie in the trial's folder"
  private let advice = "the folder is shown to others; choose a place that only the packer sees"

  private func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  @Test func aLinkIsNoWayIn() async throws {
    let trial = try TrialFixture()
    try FileManager.default.createSymbolicLink(
      at: trial.place / "link", withDestinationURL: trial.trial)
    try FileManager.default.createDirectory(
      at: trial.file("more"), withIntermediateDirectories: true)
    for path in ["link/kits.txt", "link/more/kits.txt", "trial/../trial/kits.txt"] {
      expectRefusal(try await trial.seal(["--kit-list", path]), inside, hint: advice)
    }
    #expect(!isThere(trial.file("kits.txt")))
    #expect(!isThere(trial.file("sealed")))
  }

  @Test(arguments: [("trial", "."), (".", "trial//"), (".", "link"), ("trial", "../trial/.")])
  func otherwiseItLiesBesideTheFolder(_ place: String, _ name: String) async throws {
    let trial = try TrialFixture()
    try FileManager.default.createSymbolicLink(
      at: trial.place / "link", withDestinationURL: trial.trial)
    let run = try await Tool.run(
      [
        "seal", name, "--custody", "self", "--passphrase-file",
        (trial.place / "passphrase").path, "--work-factor", "1", "--clock",
        "2031-03-02T20:00:00Z",
      ], in: trial.place.url.appendingPathComponent(place))
    #expect(run.status == 0, "\(run.err)")
    #expect(isThere(trial.place / "trial-kit-list.html"))
  }

  @Test func anEmptyName() async throws {
    expectRefusal(
      try await TrialFixture().seal(["--kit-list", ""]), "the name of the kit list is empty")
  }

  @Test func theListOfADrawThatFailedIsRemoved() async throws {
    let trial = try TrialFixture()
    // Where the recorder's key belongs is a folder, which is found after the list was delivered.
    try FileManager.default.createDirectory(
      at: trial.file("recorder.key/full"), withIntermediateDirectories: true)
    let run = try await trial.seal()
    #expect(run.status != 0)
    #expect(run.err.contains("recorder.key"), "\(run.err)")
    #expect(!isThere(trial.place / "trial-kit-list.html"))
    try FileManager.default.removeItem(at: trial.file("recorder.key"))
    #expect(try await trial.seal().status == 0)
    #expect(isThere(trial.place / "trial-kit-list.html"))
  }

  @Test func sealingTwiceAtOnceLeavesTheListOfTheOneThatStands() async throws {
    let trial = try TrialFixture()
    let runs = try await withThrowingTaskGroup(of: Tool.Run.self) { group in
      for _ in 1...6 { group.addTask { try await trial.seal() } }
      return try await group.reduce(into: [Tool.Run]()) { $0.append($1) }
    }
    // Another one may have finished what looked interrupted; none may have drawn a second time.
    #expect(runs.contains { $0.status == 0 }, "\(runs.map(\.err))")
    #expect(runs.count { $0.out.hasPrefix("sealed: ") } <= 1)
    let list = try String(contentsOf: trial.place / "trial-kit-list.html", encoding: .utf8)
    let manifest = try String(contentsOf: trial.file("manifest.json"), encoding: .utf8)
    let codes = list.split(separator: "<td>2031-").dropFirst()
      .map { $0.dropFirst("03-03</td><td>".count).prefix(7) }
    #expect(codes.count == 12, "\(list)")
    for code in codes { #expect(manifest.contains(code)) }
  }

  @Test func aListThatCannotBeRemovedIsVoid() async throws {
    let trial = try TrialFixture()
    let list = try KitListFile(
      path: (trial.place / "list").path, trial: trial.trial.path, recipient: nil,
      packer: "the packer")
    #expect(list.withdraw())
    let refusal = list.void(because: CommandRefusal("it failed", isFaultOfTheSystem: true))
    #expect(refusal.message == "it failed")
    #expect(
      refusal.hint
        == "the kit list \(list.path) could not be removed: destroy it unread")
    #expect(refusal.isFaultOfTheSystem)
    try FileManager.default.createDirectory(
      at: trial.place / "list", withIntermediateDirectories: true)
    #expect(!list.withdraw())
  }
}
