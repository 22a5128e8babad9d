import Foundation
import Testing

/// The passphrase at a terminal: asked twice, never shown.
///
/// Needs the program `script` of util-linux.
struct PassphraseTests {
  /// Seals in a terminal of its own, typing each answer after its question.
  private func seal(_ first: String, _ second: String, in trial: TrialFixture) async throws
    -> (run: Tool.Run, screen: String)?
  {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else {
      print("skipped: the program script is not here")
      return nil
    }
    let script = """
      rm -f keys screen; mkfifo keys; touch screen
      asked() { n=0; until grep -q "$1" screen || [ $n = 400 ]; do n=$((n+1)); sleep 0.05; done; }
      (exec 3>keys; asked "new passphrase"; printf '\(first)' >&3
       asked "same again"; printf '\(second)' >&3) &
      script -qfec "selfblind seal trial --custody self --work-factor 1 \
      --clock 2031-03-02T20:00:00Z" screen < keys > /dev/null
      """
    let run = try await Tool.shell(script, in: trial.place.url)
    return (run, try String(contentsOf: trial.place / "screen", encoding: .utf8))
  }

  @Test func itIsAskedTwiceAndNeverShown() async throws {
    let trial = try TrialFixture()
    guard let (run, screen) = try await seal("wholy secret\\n", "wholy secret\\n", in: trial)
    else { return }
    #expect(run.status == 0, "\(screen)")
    #expect(screen.contains("sealed: trial "))
    #expect(!screen.contains("secret"))
    try Data("wholy secret\n".utf8).write(to: trial.place / "passphrase")
    let opened = try await trial.run(
      "break-code",
      ["--slot", "1", "--reason", "ill", "--passphrase-file", "passphrase"],
      at: "2031-03-03T22:00:00Z")
    #expect(opened.status == 0, "\(opened.err)")
  }

  @Test func twoDifferentOnesSealNothing() async throws {
    let trial = try TrialFixture()
    guard let (run, screen) = try await seal("wholy secret\\n", "holy secret\\n", in: trial)
    else { return }
    #expect(run.status == 2)
    #expect(screen.contains("selfblind: error: the two passphrases differ; nothing was done"))
    #expect(!FileManager.default.fileExists(atPath: trial.file("manifest.json").path))
  }
}
