import Foundation
import Testing

/// `demo`: a whole trial that verifies, the same for the same seed.
struct DemoCommandTests {
  @Test func itEndsWithAVerifiedTrial() async throws {
    let place = try TemporaryFolder()
    let run = try await Tool.run(["demo", "--output", "demo", "--seed", "3"], in: place.url)
    #expect(run.status == 0, "\(run.err)")
    let steps = run.out.split(separator: "\n").filter { $0.hasPrefix("$ selfblind ") }
      .map { String($0.split(separator: " ")[2]) }
    #expect(
      steps == [
        "new", "check", "seal", "checkin", "status", "lock", "unblind", "report", "verify",
      ])
    #expect(run.out.hasSuffix("\nverified: 9 checks hold\n"))
    #expect(run.out.contains("\nopen demo/report.html\n"))
    #expect(try await Tool.run(["verify", "demo"], in: place.url).status == 0)
  }

  @Test func theSameSeedIsTheSameTrial() async throws {
    let place = try TemporaryFolder()
    for name in ["a", "b", "c"] {
      let seed = name == "c" ? "4" : "3"
      let run = try await Tool.run(["demo", "--output", name, "--seed", seed], in: place.url)
      #expect(run.status == 0, "\(run.err)")
    }
    func report(_ name: String) throws -> String {
      try String(contentsOf: place / "\(name)/report.md", encoding: .utf8)
        .split(separator: "\n")
        .filter { line in ["focus", "Ratings", "caffeine"].contains { line.contains($0) } }
        .joined(separator: "\n")
    }
    #expect(try report("a") == report("b"))
    #expect(try report("a") != report("c"))
  }

  @Test func itOverwritesNothing() async throws {
    let place = try TemporaryFolder()
    expectRefusal(
      try await Tool.run(["demo", "--output", "."], in: place.url), ".: it exists already",
      hint: "name a folder that is not there yet")
  }
}
