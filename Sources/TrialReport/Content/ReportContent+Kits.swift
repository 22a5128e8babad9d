import BlindRecord
import TrialAnalysis

extension ReportContent {
  /// Who packed, whether the capsules could be told apart, what was taken, what the spares held.
  static func kits(_ result: TrialResult) -> Section? {
    guard let kits = result.kits else { return nil }
    var section = Section(id: "kits", title: "The kits", blocks: [.paragraph(packing(kits))])
    if !kits.matching.isEmpty { section.blocks.append(.table(matchingTable(kits.matching))) }
    section.blocks.append(.paragraph(taken(kits)))
    if !kits.otherArm.isEmpty || !kits.notTaken.isEmpty {
      section.blocks.append(.table(asTreatedTable(kits, result.primary.name)))
      section.blocks.append(
        .note(
          "By the arm that was taken the draw protects nothing: who takes another kit may do so for a "
            + "reason. The answer above goes by the schedule."))
    }
    section.blocks += audit(kits)
    return section
  }

  private static func packing(_ kits: KitsResult) -> String {
    var sentences: [String] = []
    switch kits.packer {
    case "participant":
      sentences.append(
        kits.packedAt.map { "The participant packed alone, until \(day($0))." }
          ?? "The participant was to pack alone, and packing was not finished.")
      sentences.append(
        "Meanwhile a key in the trial's folder could have told what every slot holds, whatever the custody; "
          + "nothing shows whether it was asked.")
    case "pharmacy": sentences.append("A pharmacy packed the kits.")
    default: sentences.append("Somebody else packed the kits.")
    }
    let received = Set(kits.deliveries.filter(\.confirmed).map(\.to)).sorted()
    if let first = kits.deliveries.first {
      sentences.append(
        "The kit list was delivered once, for \(first.to)"
          + (received.isEmpty
            ? "; nobody confirmed it." : "; \(received.joined(separator: " and ")) confirmed it."))
    }
    if let unmade = unmadeTest(
      kits.matching, planned: kits.plannedMatching, isPacked: kits.packedAt != nil)
    {
      sentences.append(unmade)
    } else if kits.packer == "participant", kits.matching.isEmpty {
      sentences.append("No matching test was made.")
    }
    return sentences.joined(separator: " ")
  }

  private static func matchingTable(_ tests: [KitsResult.Matching]) -> Table {
    Table(
      caption:
        "Matching tests: three cups, two alike; who cannot tell is right in a third of the rounds",
      header: ["Test", "Right", "Rounds", "Passed with at most", "Result", "p by chance", "Cues"],
      rows: tests.map { test in
        [
          .text(String(test.test)), test.right.map { .count($0) } ?? .text("–"),
          .count(test.rounds), .count(test.mostRight),
          .text(test.right == nil ? "not finished" : test.isPassed ? "passed" : "not passed"),
          test.p.map { .p($0) } ?? .text("–"),
          .text(test.cues.isEmpty ? "–" : test.cues.joined(separator: ", ")),
        ]
      })
  }

  /// What all the matching tests come to.
  ///
  /// The last one alone says little where it could be repeated until it was passed.
  ///
  /// - Parameters:
  ///   - planned: the test that the plan asked for.
  ///   - isPacked: whether packing alone was finished.
  static func matchingDoubt(
    _ tests: [KitsResult.Matching], planned: Manifest.Packing.Matching?, isPacked: Bool
  ) -> String {
    let finished = tests.filter { $0.right != nil }
    guard let last = finished.last, let right = last.right else {
      let unknown =
        "The record does not show how it was checked that the capsules look, weigh and taste alike."
      return [unmadeTest(tests, planned: planned, isPacked: isPacked), unknown].compactMap(\.self)
        .joined(separator: " ")
    }
    let known = "so the arms may be known by look, weight or taste."
    guard tests.count > 1 else {
      return last.isPassed
        ? "The matching test was passed: right in \(right) of \(last.rounds) rounds, where at most "
          + "\(last.mostRight) may be."
        : "The matching test was not passed: in \(right) of \(last.rounds) rounds the other capsule was found, "
          + known
    }
    let results = tests.map { test in test.right.map(String.init) ?? "–" }.joined(separator: ", ")
    let all =
      "\(tests.count) matching tests were begun; right answers of \(last.rounds): \(results). "
    return all
      + (last.isPassed
        ? "The last one that was finished was passed. Who may repeat it until it is passed passes in the end, so "
          + "that is no proof that the capsules are alike."
        : "The last one that was finished was not passed, \(known)")
  }

  /// A matching test that the plan asked for, and that no result shows.
  ///
  /// - Returns: `nil` where none was asked for, and where one was finished.
  private static func unmadeTest(
    _ tests: [KitsResult.Matching], planned: Manifest.Packing.Matching?, isPacked: Bool
  ) -> String? {
    guard let planned, tests.allSatisfy({ $0.right == nil }) else { return nil }
    let what =
      switch tests.count {
      case 0: "none was made"
      case 1: "one was begun and not finished"
      default: "\(tests.count) were begun and none was finished"
      }
    return
      "The plan asked for a matching test (at most \(planned.mostRight) of \(planned.rounds) right); \(what)"
      + (isPacked ? ", and the kits were packed all the same." : ".")
  }

  private static func taken(_ kits: KitsResult) -> String {
    func list(_ slots: [Int]) -> String { slots.map(String.init).joined(separator: ", ") }
    var sentences = [
      kits.otherArm.isEmpty
        ? "As far as the codes say, every dose was of the scheduled arm."
        : "Another arm than the scheduled one was taken at slot \(list(kits.otherArm))."
    ]
    if !kits.notTaken.isEmpty {
      sentences.append("No dose was taken at slot \(list(kits.notTaken)).")
    }
    sentences.append(
      kits.spares == 0
        ? "There were no spares."
        : "Of \(kits.spares) spares \(kits.sparesUsed) took a kit's place.")
    return sentences.joined(separator: " ")
  }

  private static func asTreatedTable(_ kits: KitsResult, _ outcome: String) -> Table {
    Table(
      caption: "\(outcome) by the arm that was taken (as treated)",
      header: ["Arm", "Ratings", "Mean", "SD"],
      rows: kits.asTreated.map { arm in
        [.text(arm.arm), .count(arm.count), .number(arm.mean), .number(arm.sd)]
      })
  }
}
