import Foundation
import Testing

/// A secret that was typed in the wrong place is not repeated on the screen.
struct EchoTests {
  private static let secret = SealCommandTests.identity
  private static let tail = "122L89Q60R"

  @Test(arguments: [
    ["seal", "trial", "--custody", secret], ["seal", "trial", "--needed", secret],
    ["seal", "trial", secret], ["status", secret], ["status", "trial", secret.lowercased()],
    ["checkpoint", "trial", "--came-back", secret], ["anchor", "trial", "--what", secret],
    ["rehearse", "trial", "--code", "helper=\(secret)"], ["rehearse", "trial", "--code", secret],
    ["break-code", "trial", "--slot", "1", "--reason", "x", "--identity", secret],
    ["break-code", "trial", "--slot", "1", "--reason", "x", "--envelope", secret.lowercased()],
    ["unblind", "trial", "--share", secret, "--prediction", "x"],
    ["seal", "new", "--custody", "self", "--passphrase-file", secret],
  ])
  func aSecretKeyIsMasked(_ arguments: [String]) async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await Tool.run(arguments, in: trial.place.url)
    #expect(run.status != 0)
    for text in [run.out, run.err] {
      #expect(!text.lowercased().contains(Self.tail.lowercased()), "\(arguments): \(text)")
    }
  }

  @Test func aKeyInTheArgumentsIsCalledOne() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "1", "--reason", "x", "--identity", Self.secret],
        at: "2031-03-03T22:00:00Z"),
      "--identity: found a secret key itself, expected the name of a file that holds it",
      hint: "it now stands in the shell's history: remove it there, and put it into a file that "
        + "only you can read")
  }

  @Test func aPassphraseInPlaceOfItsFileIsNotRepeated() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "1", "--reason", "x", "--passphrase-file", "my secret phrase"],
        at: "2031-03-03T22:00:00Z"),
      "--passphrase-file: cannot read: no such file or folder")
  }
}
