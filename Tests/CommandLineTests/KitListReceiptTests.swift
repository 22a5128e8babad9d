import Foundation
import Testing

/// The list for whoever packs: to whom it goes, the word that they tell back, the labels that belong to it.
struct KitListReceiptTests {
  @Test func whoPacksAloneHasNoList() async throws {
    let trial = try TrialFixture(protocol: TrialFixture.protocolText + PackCommandTests.part)
    expectRefusal(
      try await trial.seal(["--kit-list", "list.html"]),
      "there is no kit list: this protocol is packed by the participant alone",
      hint: "leave --kit-list and --packer out")
    let (alone, _, _) = try await PackCommandTests.sealed()
    // A word that is well formed, and one that is none.
    for word in ["22222-22222-22222-22222-22222", "no"] {
      expectRefusal(
        try await alone.run(
          "kit-list", ["--to", "Dr. Weiss", "--word", word], at: PackCommandTests.eve),
        "kit list: there is none, the participant packs alone",
        hint: "nothing is to be confirmed: who packs alone runs `selfblind pack`")
    }
    let helped = try await TrialFixture.sealed()
    expectRefusal(
      try await PackCommandTests.pack(helped, []),
      "this trial is not packed by the participant alone",
      hint: "packing.by in protocol.yaml was not participant when it was sealed")
  }

  @Test func theListIsDeliveredOnceAndConfirmed() async throws {
    let trial = try TrialFixture(
      protocol: TrialFixture.protocolText + "packing: {by: helper, spares: 1}\n")
    #expect(try await trial.seal(["--packer", "Dr. Weiss"]).status == 0)
    let page = try String(contentsOf: trial.place / "trial-kit-list.html", encoding: .utf8)
    #expect(page.contains("For Dr. Weiss only"))
    #expect(page.contains("<td>spare 2</td>"))
    for arm in ["zorblax", "quivven"] {
      #expect(page.contains("<h2>\(arm): 6 kits and 1 spare</h2>"))
    }
    #expect(page.contains("`selfblind label DIR --all`"))
    let word = try #require(page.firstMatch(of: #/[0-9A-Z]{5}(-[0-9A-Z]{5}){4}/#)).output.0
    let wrong = try await trial.run(
      "kit-list", ["--to", "Dr. Weiss", "--word", "22222-22222-22222-22222-22222"],
      at: PackCommandTests.eve)
    #expect(wrong.status == 2)
    #expect(
      wrong.err.hasPrefix("selfblind: error: the word of the kit list: found a slip in group 1"),
      "\(wrong.err)")
    expectRefusal(
      try await trial.run(
        "kit-list", ["--to", "Bob", "--word", String(word)], at: PackCommandTests.eve),
      "the kit list is for Dr. Weiss, found Bob",
      hint: "give the name as it stands on the list; whoever else has it is a deviation (other)")
    let right = try await trial.run(
      "kit-list", ["--to", " dr. weiss ", "--word", String(word)], at: PackCommandTests.eve)
    #expect(right.out == "Dr. Weiss has the kit list (entry 2)\n", "\(right.err)")
    let twice = try await trial.run(
      "kit-list", ["--to", "Dr. Weiss", "--word", String(word)], at: PackCommandTests.eve)
    #expect(
      twice.out == "Dr. Weiss has the kit list; the record says so already\n", "\(twice.err)")
    let manifest = try String(contentsOf: trial.file("manifest.json"), encoding: .utf8)
    #expect(manifest.contains("\"packing\":{\"by\":\"helper\",\"kits\":14,\"replacements\":1,"))
    let labels = try await trial.run("label", ["--all"])
    #expect(
      labels.out.hasSuffix(
        "it stays with the packer once labels are peeled off: its gaps show what was filled first\n"
      ),
      "\(labels.out)\(labels.err)")
    let sheet = try String(contentsOf: trial.place / "trial-labels.html", encoding: .utf8)
    let codes = page.matches(of: #/<td>([2-9A-Z]{7})<\/td>/#).map { String($0.1) }
    #expect(codes.count == 14)
    #expect(
      codes == codes[..<7].sorted() + codes[7...].sorted(), "one arm after the other, by code")
    #expect(
      sheet.matches(of: #/<code><span>(\w+)<\/span><span>(\w+)<\/span>/#).map { "\($0.1)\($0.2)" }
        == codes.sorted(), "by code")
  }
}
