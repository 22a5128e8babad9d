import Foundation
import Testing

/// `series`: finished trials by their folders, by a list, by lines.
struct SeriesCommandTests {
  private static let finished = Tool.root.appendingPathComponent("Examples/finished-trial").path

  @Test func everythingThatIsLeftOutIsNamed() async throws {
    let place = try TemporaryFolder()
    let copy = place / "copy"
    try FileManager.default.copyItem(atPath: Self.finished, toPath: copy.path)
    try Data("\(Self.finished)\n\n/nowhere/at/all\n".utf8).write(to: place / "list")
    try Data("{\"folder\":\"\(copy.path)\"}\n{\"folder\":7}\n".utf8).write(to: place / "lines")
    let run = try await Tool.run(
      ["series", "--list", "list", "--lines", "lines", "--json", "--html", "page.html"],
      in: place.url)
    #expect(run.status == 0, "\(run.err)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
    #expect(object["pooled"] as? Int == 1)
    #expect(object["unverified"] as? Int == 0)
    #expect(object["simulated"] as? Int == 1)
    let left = try #require(object["leftOut"] as? [[String: String]])
    #expect(left.compactMap { $0["rule"] }.sorted() == ["double", "unreadable", "unreadable"])
    #expect(left.contains { $0["name"] == "line 2 of lines" })
    let page = try String(contentsOf: place / "page.html", encoding: .utf8)
    #expect(page.contains("/nowhere/at/all"))
    #expect(page.contains("simulated participant"))
  }

  @Test func linesAreNotVerified() async throws {
    let place = try TemporaryFolder()
    try Data(MapCommandTests.trials(2).utf8).write(to: place / "lines")
    expectRefusal(
      try await Tool.run(["series", "--lines", "lines"], in: place.url),
      "no trial is left to pool, 2 were left out: t0: it was not sealed by this program, so it cannot "
        + "be verified; t1: it was not sealed by this program, so it cannot be verified")
    let run = try await Tool.run(["series", "--lines", "lines", "--unverified"], in: place.url)
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasPrefix("# 2 trials together"))
    #expect(run.out.contains("All 2 trials have no seal of this program"))
  }

  @Test func aFolderThatDoesNotVerify() async throws {
    let place = try TemporaryFolder()
    let copy = place / "copy"
    try FileManager.default.copyItem(atPath: Self.finished, toPath: copy.path)
    try Data("changed".utf8).write(to: copy.appendingPathComponent("report.md"))
    let run = try await Tool.run(["series", "copy"], in: place.url)
    #expect(run.status == 2)
    #expect(
      run.err.hasPrefix(
        "selfblind: error: no trial is left to pool, 1 was left out: copy: the trial in this folder "
          + "does not verify: the check \""), "\(run.err)")
  }

  @Test func wrongUsage() async throws {
    for (options, message) in [
      ([], "give the trials' folders, --list or --lines"),
      ([""], "the name of the folder is empty"),
      (["x", "--level", "1"], "--level must be from 0.5 to 0.9999"),
      (["x", "--tau-scale", "-1"], "--tau-scale must be a number above 0"),
    ] {
      expectRefusal(
        try await Tool.run(["series"] + options), message,
        hint: "see 'selfblind series --help'", status: 64)
    }
  }
}
