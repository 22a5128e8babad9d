import BlindRecord
import TrialAnalysis
import TrialDesign

/// What the document of a protocol says, before it becomes HTML or Markdown.
struct ProtocolContent {
  private let design: TrialProtocol
  private let words: ProtocolWords

  init(_ design: TrialProtocol) throws {
    self.design = design
    words = try ProtocolWords(design)
  }

  /// The document.
  var content: ReportContent {
    let parts = [
      question, schedule, outcomes, allocation, analysis, safety, data, signature,
    ]
    return ReportContent(
      kind: "SelfBlind protocol", title: design.title, subtitle: subtitle, banners: [],
      sections: parts + [
        ProtocolChecklist(design).section(
          [ReportContent.Section(id: "top", title: "Title", blocks: [])] + parts)
      ],
      footer:
        "Made by SelfBlind from protocol.yaml, which is what a seal commits to. Printed pages bind "
        + "nothing.")
  }

  private var arms: [String] { design.arms.map(\.name) }

  private var subtitle: String {
    let others = arms.dropFirst().joined(separator: " and ")
    let days =
      if let first = design.days.first, let last = design.days.last {
        " · \(ReportContent.day(first.description)) to \(ReportContent.day(last.description))"
      } else { "" }
    return "A self-blinded trial of one person · \(others) against \(arms[0]) · "
      + "\(design.scheme.slotCount) slots\(days)"
  }

  private var question: ReportContent.Section {
    let outcome = design.outcome
    var text =
      "Does \(arms.dropFirst().joined(separator: " or ")) change \(design.plan.outcome) in this person, "
      + "against \(arms[0])? The answer comes from one person's own days, because the question is about "
      + "that person."
    if let relevance = design.plan.relevance {
      let unit = outcome?.unitText.map { " \($0)" } ?? ""
      text += " A difference of \(relevance)\(unit) or more would matter."
    } else {
      text += " No smallest difference that matters is named, so relevance will not be judged."
    }
    return ReportContent.Section(
      id: "question", title: "The question",
      blocks: [
        .paragraph(text),
        .table(
          ReportContent.Table(
            caption: "The arms; the first is the reference", header: ["Arm", "To take"],
            rows: design.arms.map {
              [
                .text($0.name),
                .text($0.hasPill ? "a capsule of its kit" : "nothing, known to the person"),
              ]
            })),
      ])
  }

  private var schedule: ReportContent.Section {
    let kept = design.scheme.keptSlots
    let rows = design.days.enumerated().map { place, day -> [ReportContent.Cell] in
      [
        .count(place + 1), .text(day.description),
        .text(
          kept.indices.contains(place) && !kept[place] ? "washout, not in the endpoint" : "rated"),
        .text(""),
      ]
    }
    return ReportContent.Section(
      id: "schedule", title: "Design and timetable",
      blocks: [
        .paragraph(
          "The scheme: \(words.scheme). It could give \(ShownNumber.count(words.assignments)) schedules, "
            + "all equally likely. Days are meant in the zone \(design.zone). A slot may be recorded until "
            + "\(design.entryWindow) \(design.entryWindow == 1 ? "day" : "days") after its day."),
        .table(
          ReportContent.Table(
            caption: "Every slot, with room to tick it off",
            header: ["Slot", "Day", "Use", "Done"],
            rows: rows)),
      ])
  }

  private var outcomes: ReportContent.Section {
    let plan = design.plan
    var blocks: [ReportContent.Block] = [
      .table(
        ReportContent.Table(
          caption: "What is asked at every slot",
          header: ["Item", "Question", "Answer", "Role"],
          rows: design.items.map { item in
            let role =
              item.name == plan.outcome
              ? "primary outcome"
              : plan.alsoTested.contains(item.name)
                ? "tested together with it" : item.isNumeric ? "exploratory" : "not analysed"
            return [
              .text(item.name), .text(item.prompt),
              .text(item.expectation + (item.unitText.map { " (\($0))" } ?? "")), .text(role),
            ]
          }))
    ]
    if let prompt = design.guessPrompt {
      blocks.append(
        .paragraph(
          "After the answers the person states which arm they think it was, with a probability or as "
            + "\"don't know\": “\(prompt)”"))
    }
    return ReportContent.Section(id: "outcomes", title: "Outcomes", blocks: blocks)
  }

  private var allocation: ReportContent.Section {
    ReportContent.Section(
      id: "allocation", title: "Drawing, hiding and blinding",
      blocks: [
        .list([
          "The order is drawn by the program from the scheme, from the system's randomness and, if asked "
            + "for, a value of a witness or a public beacon, after it has committed to its own share.",
          "The order is encrypted for the custodian of the key and never shown before the record is "
            + "locked. What is promised is bound by digests, so it cannot be changed unseen.",
          design.packing?.packer == .participant
            ? "The person fills, shuffles and sorts the kits alone: there is no list of codes and arms."
            : "Whoever fills the kits gets the list of codes and arms once. The person sees codes only.",
          "Somebody who knows the scheme and all earlier arms would guess "
            + "\(ShownNumber.percent(words.bestGuesser)) of the slots right.",
          "In an emergency the code of one slot is broken: the reason goes into the record first, the other "
            + "slots stay sealed, and the report says so.",
          design.plan.monitoring == nil
            ? "No look at the arms and no analysis is made before the record is locked."
            : "Before the record is locked only the key's holder looks, after blocks, and passes on one word.",
        ])
      ])
  }

  private var analysis: ReportContent.Section {
    ReportContent.Section(
      id: "analysis", title: "Analysis, fixed beforehand",
      blocks: [
        .table(
          ReportContent.Table(
            caption: "The plan", header: ["Part", "Fixed as"],
            rows: words.plan.map { [.text($0.name), .text($0.text)] })),
        .paragraph(
          "The analysis compares what was observed with what every other schedule of the scheme would have "
            + "shown, over the ratings as they were recorded. Slots without a rating are left out; a slot "
            + "counts for the arm that was scheduled. Where codes were broken or other kits taken, the "
            + "same analysis without those slots stands beside it. Everything else is exploratory."),
      ])
  }

  private var safety: ReportContent.Section {
    let safety = design.safety
    let asked =
      switch safety.clinicianAsked {
      case .yes: "A clinician was asked."
      case .no: "No clinician was asked."
      case .notNeeded: "Nothing that is taken calls for a clinician, by the person's own judgement."
      }
    return ReportContent.Section(
      id: "safety", title: "Safety",
      blocks: [
        .paragraph("When to stop:"), .list(safety.stoppingRules.map(ReportContent.sentence)),
        .paragraph(
          "In an emergency: \(safety.emergencyContact). \(asked) "
            + (safety.lawful ? "What is taken is lawful where the person lives. " : "")
            + "Adverse events are written down when they happen, and reported by arm. Stopping is always "
            + "allowed and needs no reason."),
      ])
  }

  private var data: ReportContent.Section {
    ReportContent.Section(
      id: "data", title: "Data",
      blocks: [
        .paragraph(
          "Answers go into an append-only journal on the person's own computer. A correction is a new entry "
            + "and the old answer stays readable. The folder is readable by its owner only. Nothing is sent "
            + "anywhere by itself. After the lock nothing is added, and anybody who is given the folder can "
            + "verify it.")
      ])
  }

  private var signature: ReportContent.Section {
    ReportContent.Section(
      id: "signature", title: "Signed before the first slot",
      blocks: [
        .table(
          ReportContent.Table(
            caption: "Names, days and signatures", header: ["Who", "Name", "Day", "Signature"],
            rows: ["Participant", "Custodian of the key", "Who fills the kits"].map {
              [.text($0), .text(""), .text(""), .text("")]
            }))
      ])
  }
}

extension Item {
  /// The unit of a numeric item, where it has one.
  var unitText: String? {
    if case .number(_, _, _, let unit) = kind { unit } else { nil }
  }
}
