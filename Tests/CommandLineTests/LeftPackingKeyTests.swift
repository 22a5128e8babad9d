import Foundation
import Testing

/// A key that a power failure leaves between the record of `packed` and its own end does not outlive the next
/// command.
struct LeftPackingKeyTests {
  static let line =
    "selfblind: warning: packing.key was left behind by a stop at the last moment; it is destroyed now\n"

  /// Every command that somebody may run next, with what makes each come as far as its journal.
  static let commands: [(String, [String], at: String?)] = [
    ("status", [], PackCommandTests.eve), ("remind", [], PackCommandTests.eve),
    ("checkin", ["mood=5"], "2031-03-03T21:00:00Z"), ("emergency-sheet", [], nil),
    ("lock", [], PackCommandTests.eve), ("pack", [], PackCommandTests.eve),
    ("replace", ["--slot", "1", "--kit", "lost", "--reason", "x"], PackCommandTests.eve),
    (
      "deviate", ["--kind", "other", "--slot", "1", "--reason", "x"], "2031-03-03T21:00:00Z"
    ),
    ("calendar", [], nil), ("label", ["--slot", "1"], nil), ("export", ["--output", "csv"], nil),
    ("checkpoint", [], nil), ("rehearse", ["--passphrase-file", "passphrase"], nil),
    ("serve", ["--certificate", "none", "--certificate-key", "none"], nil),
    ("break-code", ["--slot", "1", "--reason", "x"], nil),
    ("import", ["no.csv"], nil), ("monitor", [], nil),
    ("kit-list", ["--to", "A", "--word", "b"], nil),
  ]

  /// A trial that was packed, the bytes that its key had, and the way to lay them back.
  private static func packed() async throws -> (trial: TrialFixture, leave: () throws -> Void) {
    let (trial, labels) = try await KitCommandTests.withThreeSpares()
    let key = try Data(contentsOf: trial.file("packing.key"))
    let all = labels[..<9] + ["done"] + labels[9..<18] + ["done", "done"]
    let run = try await PackCommandTests.pack(trial, all + labels[..<18] + ["done", "yes"])
    try #require(run.out.contains("packed: 12 slots"), "\(run.out)\(run.err)")
    return (
      trial,
      {
        let packing = trial.file("packing")
        try FileManager.default.createDirectory(at: packing, withIntermediateDirectories: true)
        try Data("sealed".utf8).write(to: packing.appendingPathComponent("register.age"))
        try key.write(to: trial.file("packing.key"))
      }
    )
  }

  private static func isThere(_ name: String, in trial: TrialFixture) -> Bool {
    FileManager.default.fileExists(atPath: trial.file(name).path)
  }

  @Test func theNextCommandDestroysIt() async throws {
    let (trial, leave) = try await Self.packed()
    for (command, rest, clock) in Self.commands {
      try leave()
      let run = try await trial.run(command, rest, at: clock)
      #expect(run.err.hasPrefix(Self.line), "\(command): \(run.err)")
      #expect(!Self.isThere("packing.key", in: trial), "\(command)")
      #expect(!Self.isThere("packing", in: trial), "\(command)")
      let again = try await trial.run(command, rest, at: clock)
      #expect(!again.err.contains("packing.key"), "\(command): \(again.err)")
    }
  }

  /// Another name of the same file, as a copy by hard link: what it shows is overwritten.
  @Test func itIsOverwrittenBeforeItsNameGoes() async throws {
    let (trial, leave) = try await Self.packed()
    try leave()
    let other = trial.place / "other"
    try FileManager.default.linkItem(at: trial.file("packing.key"), to: other)
    #expect(try String(contentsOf: other, encoding: .utf8).contains("AGE-SECRET-KEY-1"))
    _ = try await trial.run("status", at: PackCommandTests.eve)
    let left = try String(contentsOf: other, encoding: .utf8)
    #expect(!left.isEmpty && left.allSatisfy { $0 == "0" }, "\(left)")
  }

  /// A key that cannot be removed keeps every command but those of an emergency from going on.
  @Test func whatCannotBeDestroyedIsARefusal() async throws {
    let (trial, _) = try await Self.packed()
    try FileManager.default.createDirectory(
      at: trial.file("packing.key"), withIntermediateDirectories: false)
    let status = try await trial.run("status", at: PackCommandTests.eve)
    #expect(status.status == 1 && status.out.isEmpty, "\(status.out)")
    #expect(
      status.err.hasPrefix(
        "selfblind: error: packing.key was left behind by a stop at the last moment and cannot be destroyed: "
      ), "\(status.err)")
    #expect(status.err.contains("selfblind: hint: remove it by hand, then run this again"))
    let sheet = try await trial.run("emergency-sheet")
    #expect(sheet.status == 0 && sheet.out.hasPrefix("wrote "), "\(sheet.err)")
    #expect(sheet.err.hasPrefix("selfblind: warning: packing.key was left behind"), "\(sheet.err)")
  }

  /// Who is just finishing destroys it, and is not disturbed.
  @Test func aKeyThatIsHeldIsLeftToItsHolder() async throws {
    let (trial, leave) = try await Self.packed()
    try leave()
    let descriptor = open(trial.file("packing.key").path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let during = try await trial.run("status", at: PackCommandTests.eve)
    #expect(during.status == 0 && during.err.isEmpty, "\(during.err)")
    #expect(Self.isThere("packing.key", in: trial))
    close(descriptor)
    #expect(try await trial.run("status", at: PackCommandTests.eve).err == Self.line)
    #expect(!Self.isThere("packing.key", in: trial))
  }

  /// While kits are still sorted the key is needed.
  @Test func anUnpackedTrialKeepsItsKey() async throws {
    let (trial, _) = try await KitCommandTests.withThreeSpares()
    let run = try await trial.run("status", at: PackCommandTests.eve)
    #expect(run.status == 0 && run.err.isEmpty)
    #expect(Self.isThere("packing.key", in: trial))
  }
}
