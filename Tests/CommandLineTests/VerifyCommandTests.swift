import Foundation
import Testing

/// `verify`: what a stranger sees, and every way in which a folder can be wrong.
struct VerifyCommandTests {
  @Test func aFinishedTrialVerifies() async throws {
    let trial = try await TrialFixture.finished()
    let run = try await trial.run("verify")
    #expect(run.status == 0)
    #expect(run.out.hasSuffix("verified: 9 checks hold\n"), "\(run.out)")
    let json = try await trial.run("verify", ["--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    #expect(object["verified"] as? Bool == true)
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(checks.allSatisfy { $0["ok"] as? Bool == true && $0["detail"] is String })
    #expect(
      checks.map { $0["name"] as? String }
        == [
          "files", "seal", "commitment", "journal", "custody", "code breaks", "witness", "draw",
          "report",
        ])
  }

  @Test func everyFileIsLookedAt() async throws {
    let trial = try await TrialFixture.finished()
    let names = try FileManager.default.subpathsOfDirectory(atPath: trial.trial.path)
    for name in names.sorted() {
      var isFolder: ObjCBool = false
      let url = trial.file(name)
      _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      guard !isFolder.boolValue else { continue }
      let whole = try Data(contentsOf: url)
      var changed = whole
      changed[changed.count / 2] ^= 1
      try changed.write(to: url)
      let run = try await trial.run("verify")
      #expect(run.status == 2, "\(name)")
      #expect(run.err.hasPrefix("selfblind: error: trial does not verify: "), "\(name)")
      #expect(run.out.contains(name), "\(name) is not named")
      #expect(run.err.split(separator: "\n").count == 1)
      #expect(run.err.contains(" checks fail: files"))
      try whole.write(to: url)
    }
    #expect(try await trial.run("verify").status == 0)
  }

  @Test func aFolderThatIsNotThere() async throws {
    expectRefusal(try await Tool.run(["verify", "nowhere"]), "nowhere: there is no such folder")
  }

  @Test func anEmptyFolder() async throws {
    let place = try TemporaryFolder()
    let run = try await Tool.run(["verify", "."], in: place.url)
    #expect(run.status == 2)
    #expect(run.err.hasPrefix("selfblind: error: . does not verify: "))
    let json = try await Tool.run(["verify", ".", "--json"], in: place.url)
    #expect(json.status == 2)
    #expect(json.out.contains("\"verified\" : false"))
  }

  @Test func theFinishedTrialOfTheExamples() async throws {
    let run = try await Tool.run(["verify", "Examples/finished-trial"], in: Tool.root)
    #expect(run.status == 0, "\(run.out)")
    #expect(run.out.contains("a simulated participant"))
  }
}
