import TrialDesign

/// The checklist of SPIRIT 2013, with what its extension SPENT 2019 asks of trials in one person.
///
/// The numbers are SPIRIT's; what SPENT adds stands under them without a number of its own, which could
/// not be checked (Documentation/Specifications/report.md, section 5). The wording is ours. An item that a protocol of this program does not hold is said to be missing.
struct ProtocolChecklist {
  private let design: TrialProtocol

  init(_ design: TrialProtocol) { self.design = design }

  /// The table.
  func section(_ parts: [ReportContent.Section]) -> ReportContent.Section {
    let titles = Dictionary(
      parts.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    return ReportContent.Section(
      id: "checklist", title: "The checklist for protocols of trials in one person",
      blocks: [
        .paragraph(
          "SPIRIT 2013 (Chan AW, Tetzlaff JM, Gøtzsche PC, et al. BMJ 2013;346:e7586) lists what a protocol "
            + "must say, and SPENT 2019 (Porcino AJ, Shamseer L, Chan AW, et al. BMJ 2020;368:m122) what a "
            + "trial in one person must say beside it. Here is every item by the number of SPIRIT, in our own "
            + "words, with the place where it is answered or the plain statement that it is not."),
        .table(
          ReportContent.Table(
            caption: "SPIRIT 2013 with SPENT 2019, item by item",
            header: ["Item", "What it asks", "Where"],
            rows: items.map { number, words, place, why in
              let cell: ReportContent.Cell =
                place.flatMap { id in
                  titles[id].map { .link($0 + (why.isEmpty ? "" : ": \(why)"), to: id) }
                } ?? .text("not provided" + (why.isEmpty ? "" : ": \(why)"))
              return [.text(number), .text(words), cell]
            })),
      ])
  }

  /// Number, words, the part that answers, and what is to be said about it.
  private var items: [(String, String, String?, String)] { front + middle + end }

  private var front: [(String, String, String?, String)] {
    [
      ("1", "A title that says what it is", "top", ""),
      ("2a, 2b", "Registration", nil, "register elsewhere if others shall rely on it"),
      ("3", "Version and date", nil, "the seal's digest of protocol.yaml identifies the version"),
      ("4", "Funding", nil, ""),
      ("5a-5d", "Who is responsible for what", "signature", "to be filled in by hand"),
      (
        "6a, 6b", "Background, and why these arms", nil,
        "a protocol here fixes what is done, not why"
      ),
      ("7", "Aims", "question", ""),
      (
        "8", "Design; with SPENT the number and length of periods, and why one person", "schedule",
        ""
      ),
      ("9", "Setting", nil, "the person's own daily life"),
      ("10", "Who the person is: condition, criteria", nil, ""),
      (
        "11a", "What is taken, how and when", nil,
        "labels only; dose and source are the person's own note"
      ),
      ("11b", "When an arm is changed or stopped", "safety", "stopping rules"),
      (
        "11c", "How it is seen that kits are taken", "outcomes",
        design.packing?.packer == .participant
          ? "the kit's code is compared at each dose; what was not taken is recorded as a deviation"
          : "each check-in stands for the slot's kit; another one, or none, is recorded as a deviation"
      ),
      ("11d", "Other treatments allowed", nil, "what is taken beside is recorded as a deviation"),
      ("12", "Outcomes", "outcomes", ""), ("13", "Timetable", "schedule", ""),
      (
        "14", "How many slots, and why", nil,
        "the number is fixed; `selfblind check` says what the scheme amounts to, the reasoning is the "
          + "person's own"
      ),
      ("15", "Recruitment", nil, "does not apply: one person"),
    ]
  }

  private var middle: [(String, String, String?, String)] {
    [
      ("16a", "How the order is drawn", "allocation", ""),
      ("16b", "How it is kept hidden", "allocation", ""),
      ("16c", "Who draws, prepares, assigns", "allocation", ""),
      ("17a", "Who is blind", "allocation", ""),
      ("17b", "Opening in an emergency", "allocation", ""),
      ("18a", "How outcomes are collected", "outcomes", ""),
      ("18b", "Keeping the person in the trial", nil, ""), ("19", "Data handling", "data", ""),
      ("20a", "How outcomes are compared", "analysis", ""),
      ("20b", "Further analyses", "analysis", "exploratory"),
      ("20c", "Missing slots, departures from the protocol", "analysis", ""),
      (
        "20, SPENT", "Carry-over, trend, days that resemble each other", "analysis",
        "as far as the plan names them"
      ),
    ]
  }

  private var end: [(String, String, String?, String)] {
    [
      ("21a", "Who watches over the data", nil, "nobody but the person and a custodian"),
      (
        "21b", "Looks before the end", "analysis",
        design.plan.monitoring == nil
          ? "none is planned" : "by the key's holder after blocks, with the rule for stopping"
      ),
      ("22", "Harms", "safety", ""),
      ("23", "Audits", "data", "anybody can verify the folder"),
      (
        "24", "Ethics approval", nil,
        design.safety.clinicianAsked == .yes ? "a clinician was asked; no approval is held" : ""
      ),
      ("25", "Amendments", nil, "after the seal none; another protocol is another trial"),
      ("26a, 26b", "Consent", "signature", "the person's own signature"),
      ("27", "Confidentiality", "data", ""), ("28", "Interests", nil, ""),
      ("29", "Access to the data", "data", ""), ("30", "Care afterwards", nil, ""),
      ("31a-31c", "Publication", nil, ""), ("32", "Consent form", nil, ""),
      ("33", "Samples", nil, "does not apply: none are taken"),
    ]
  }
}
