import ChildPrograms
import Foundation
import Testing
import TrialSeal
import TrialTestSupport

/// A stock `age`, where one is installed, opens our files, and we open its.
struct AgeProgramTests {
  @Test(arguments: [false, true])
  func bothWays(armored: Bool) throws {
    guard let program = try StockProgram.url("age") else { return }
    let folder = FileManager.default.temporaryDirectory.appending(path: "age-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let identity = try AgeIdentity.generate()
    let other = try AgeIdentity.generate()
    let key = folder.appending(path: "key")
    try Data((identity.secretText + "\n").utf8).write(to: key)
    let plaintext = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    let ours = folder.appending(path: "ours.age")
    let file = try AgeFile.encrypt(
      plaintext, to: [other.recipient, identity.recipient], armored: armored)
    try Data(file).write(to: ours)
    let opened = folder.appending(path: "opened")
    try run(program, ["-d", "-i", key.path(), "-o", opened.path(), ours.path()])
    #expect(try Data(contentsOf: opened) == Data(plaintext))

    let theirs = folder.appending(path: "theirs.age")
    let flags = armored ? ["-a"] : []
    let recipient = identity.recipient.text
    try run(program, flags + ["-r", recipient, "-o", theirs.path(), opened.path()])
    #expect(
      try AgeFile.decrypt(Array(Data(contentsOf: theirs)), with: [identity]) == plaintext)
  }

  private func run(_ program: URL, _ arguments: [String]) throws {
    #expect(try ProgramCall(program.path, arguments).run().status == 0)
  }
}
