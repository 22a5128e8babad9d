import ArgumentParser
import BlindRecord
import TrialAnalysis
import TrialArchive
import TrialDesign
import TrialSeal

/// The spares, opened after the unblinding and compared with what was packed.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Open the spares after the unblinding, and compare them with what was packed.",
    discussion: """
      selfblind audit caffeine 1=placebo 2=caffeine 3=unclear

      Without findings it asks for each spare that is still open. Say what is in it before you look at the
      answer: the first look counts, and another finding for the same spare is refused; those of other spares
      are kept. For an arm without a pill name that arm. Then write the report again.

      That nothing was looked up before rests on your word: nothing outside the folder holds the findings.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Argument(
    help: ArgumentHelp("Findings as spare=arm, or spare=unclear.", valueName: "finding"))
  var findings: [String] = []

  @OptionGroup var time: ClockOptions

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    let left = try trialFolder.sparesLeft()
    let unblinding = try trialFolder.unblinding()
    let clock = try time.wallClock(zone: unblinding.design.zone)
    let arms = unblinding.design.arms.map(\.name)
    let before = try trialFolder.auditFindings()
    var refused: TrialFolder.AuditError?
    var all = before
    if findings.isEmpty {
      let open = left.filter { spare in !before.contains { $0.spare == spare } }
      if open.isEmpty {
        guard !before.isEmpty else { throw CommandRefusal("no spare was left over") }
        try Output.show("every spare that was left over is opened")
      }
      // Each on the disk before the next is asked for.
      for spare in open { all = try trialFolder.audit([ask(spare, arms)], clock: clock) }
    } else {
      let given = try findings.map(read)
      let differing = given.filter { finding in
        before.contains { $0.spare == finding.spare && $0 != finding }
      }
      all = try trialFolder.audit(given.filter { !differing.contains($0) }, clock: clock)
      refused = differing.first.map { finding in
        let earlier = before.first { $0.spare == finding.spare }?.content
        return .foundBefore(
          finding.spare, content: earlier ?? "unclear", now: finding.content ?? "unclear")
      }
    }
    try show(all, of: unblinding)
    if let refused { throw refused }
  }

  /// What the findings come to, beside what was packed.
  private func show(_ all: [AuditFinding], of unblinding: Unblinding) throws {
    guard let kits = try TrialResult(unblinding, findings: all).kits, let audit = kits.audit else {
      return
    }
    for line in audit.lines {
      let found = line.found.map { $0 == line.packed ? "as packed" : "found \($0)" } ?? "unclear"
      try Output.show("spare \(line.spare): packed as \(line.packed), \(found)")
    }
    if let lower = audit.lower, let upper = audit.upper {
      try Output.show(
        "\(audit.errors) of \(audit.examined) wrong: an error rate between \(percent(lower)) and "
          + "\(percent(upper)) (exact 95 % interval)")
    }
    if audit.unclear > 0 {
      try Output.show(
        "  \(audit.unclear) of \(audit.lines.count) spares that were opened cannot be told and "
          + "\(audit.unclear == 1 ? "is" : "are") not counted")
    }
    if kits.leftShut > 0 {
      try Output.show(
        "\(kits.leftShut) of \(kits.sparesLeft) spares that are left are not opened yet: open them all, since "
          + "whoever stops when it looks good finds too few errors, and the interval does not count then"
      )
    }
    try Output.show("wrote \(folder)/\(TrialFolder.Name.audit); now: selfblind report \(folder)")
  }

  private func ask(_ spare: Int, _ arms: [String]) throws -> AuditFinding {
    let content = try Terminal.choose("What is in spare \(spare)?", from: arms + ["unclear"])
    return AuditFinding(spare: spare, content: content == "unclear" ? nil : content)
  }

  private func read(_ typed: String) throws -> AuditFinding {
    let parts = typed.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let spare = Int(parts[0]) else {
      throw CommandRefusal(
        "the finding \"\(typed.prefix(40))\" is not spare=arm", hint: "write it like 3=placebo")
    }
    let content = String(parts[1])
    return AuditFinding(spare: spare, content: content == "unclear" ? nil : content)
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}
