import Foundation
import Testing

/// `audit` of three arms, one of them without a pill: what counts, what does not, and what became of the other spares.
struct AuditCommandTests {
  private static let empty = "plonkit"
  private static let protocolText =
    TrialFixture.protocolText
    .replacing(
      "arms: [zorblax, quivven]", with: "arms: [zorblax, quivven, {name: \(empty), pill: none}]"
    )
    .replacing("pairs: {count: 6}", with: "blocks: {each: [4, 4, 4], repeat: 1}")
    + "packing: {by: helper, spares: 2}\n"

  private struct Spare {
    let number: Int
    let kit: String
    let arm: String
  }

  /// The spares as the packer's list has them.
  private static func spares(of trial: TrialFixture) throws -> [Spare] {
    let page = try String(contentsOf: trial.place / "trial-kit-list.html", encoding: .utf8)
    return page.components(separatedBy: "<h2>").dropFirst().flatMap { part in
      part.matches(of: #/<td>spare (\d+)<\/td><td>[^<]*<\/td><td>(\w{7})<\/td>/#).map {
        Spare(
          number: Int($0.1) ?? 0, kit: String($0.2), arm: String(part.prefix { !": ".contains($0) })
        )
      }
    }
  }

  @Test func theSparesOfEveryArmAreForeseen() async throws {
    let trial = try TrialFixture(
      protocol: Self.protocolText.replacing("by: helper", with: "by: participant"))
    // Clopper and Pearson for 0 of 6: 1 - 0.025^(1/6).
    #expect(
      try await trial.run("check").out.contains(
        "  audit: with no error among 6 spares, at most 45.9 % of the kits are wrong (95 %)\n"))
  }

  @Test func aSpareOfAnyArmCounts() async throws {
    let trial = try TrialFixture(protocol: Self.protocolText)
    try #require(try await trial.seal().status == 0)
    let spares = try Self.spares(of: trial)
    try #require(spares.count == 6)
    let given = try await trial.run(
      "replace",
      ["--slot", "1", "--kit", "lost", "--reason", "x", "--passphrase-file", "passphrase"],
      at: "2031-03-03T20:00:00Z")
    let number = try #require(given.out.firstMatch(of: #/take spare (\d+)/#), "\(given.err)").1
    let taken = try #require(Int(number))
    let pills = spares.filter { $0.arm != Self.empty && $0.number != taken }
    let (broken, unclear) = (pills[0], pills[1])
    let noted = try await trial.run(
      "deviate", ["--kind", "broken-kit", "--kit", broken.kit, "--reason", "x"],
      at: "2031-03-03T20:30:00Z")
    try #require(noted.status == 0, "\(noted.err)")
    for slot in 1...4 { try await trial.record(slot: slot) }
    try #require(
      try await trial.run("lock", ["--reason", "over"], at: "2031-03-20T19:00:00Z").status == 0)
    try #require(try await trial.unblind().status == 0)
    for (spare, fate) in [(taken, "taken at slot 1"), (broken.number, "lost or broken")] {
      expectRefusal(
        try await trial.run("audit", ["\(spare)=zorblax"], at: "2031-03-20T22:00:00Z"),
        "spare \(spare) was not left over: the record says that it was \(fate)",
        hint: "look at the number on the spare once more")
    }
    let dummies = spares.filter { $0.arm == Self.empty && $0.number != taken }
    let findings = spares.filter { ![taken, broken.number].contains($0.number) }.map { spare in
      let content =
        spare.number == unclear.number
        ? "unclear" : spare.number == dummies[0].number ? "quivven" : spare.arm
      return "\(spare.number)=\(content)"
    }
    let audit = try await trial.run("audit", findings, at: "2031-03-20T22:00:00Z")
    #expect(audit.status == 0, "\(audit.err)")
    // Clopper and Pearson for 1 of 3: 1 - 0.975^(1/3) from below; from above the root of (1-p)^2 (1+2p) = 0.025.
    #expect(
      audit.out.contains(
        "\n1 of 3 wrong: an error rate between 0.8 % and 90.6 % (exact 95 % interval)\n"
          + "  1 of 4 spares that were opened cannot be told and is not counted\n"),
      "\(audit.out)")
    try await Self.expectReport(of: trial)
  }

  private static func expectReport(of trial: TrialFixture) async throws {
    let run = try await trial.run("report")
    #expect(run.status == 0, "\(run.err)")
    let report = try String(contentsOf: trial.file("report.md"), encoding: .utf8)
    let left = "1 of 4 spares that were opened cannot be told and is not counted."
    for sentence in [
      "1 of 3 held another arm than it was packed as: an error rate between ",
      "The spares are a random sample of the kits of each arm. \(left) For the kits with a pill alone the upper "
        + "bound is ",
      "Of 3 spares that were opened and told, 1 held another arm than it was packed as. \(left)",
      "1 of 3 spares that were opened and told held another arm than they were packed as, so kits may have too.",
    ] { #expect(report.contains(sentence), "\(sentence)") }
  }
}
