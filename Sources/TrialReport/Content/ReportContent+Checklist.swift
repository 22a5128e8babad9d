import TrialAnalysis

extension ReportContent {
  /// Where an item of the checklist is answered.
  enum ChecklistPlace {
    /// In a part of this report.
    case part(String, String)
    /// In the protocol's document, which `selfblind protocol` prints.
    case file(String)
    /// Nowhere: the reason.
    case missing(String)
    /// The item is about something that a single trial is not.
    case notApplicable(String)
  }

  /// The checklist of CENT 2015, every item by its number, in our own words.
  static func checklist(_ result: TrialResult, parts: [Section]) -> Section {
    let titles = Dictionary(
      parts.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    let isSealed: Bool
    if case .sealed = result.provenance { isSealed = true } else { isSealed = false }
    let rows = items(result, isSealed).map { number, words, place -> [Cell] in
      let cell: Cell =
        switch place {
        case .part(let id, let what):
          titles[id].map { .link("\($0): \(what)", to: id) }
            ?? .text("not provided: this report has no such part")
        case .file(let what):
          .text(isSealed ? what : "not provided: an open data set has no protocol here")
        case .missing(let why): .text("not provided: \(why)")
        case .notApplicable(let why): .text("does not apply: \(why)")
        }
      return [.text(number), .text(words), cell]
    }
    return Section(
      id: "checklist", title: "The checklist for trials in one person",
      blocks: [
        .paragraph(
          "CENT 2015, the extension of CONSORT to trials in one person [9], lists what a report must say. "
            + "Here is every item by its number, in our own words, with the place where it is answered or "
            + "the plain statement that it is not. There are 25 items in 44 parts."),
        .table(
          Table(
            caption: "CENT 2015, item by item", header: ["Item", "What it asks", "Where"],
            rows: rows)),
      ])
  }

  private static func items(
    _ result: TrialResult, _ isSealed: Bool
  ) -> [(String, String, ChecklistPlace)] {
    front(result, isSealed) + methods(result, isSealed) + blinding(result, isSealed)
      + statistics(result, isSealed) + results(result, isSealed)
  }

  private static func front(
    _ result: TrialResult, _ isSealed: Bool
  ) -> [(String, String, ChecklistPlace)] {
    [
      ("1a", "The title says that it is a trial in one person", .part("top", "the line below it")),
      ("1b", "A short structured summary", .part("answer", "headline, effect, certainty")),
      (
        "2a.1", "Background and reasons",
        .missing(
          "a protocol here fixes what is done, not why; add it where the report is published")
      ),
      (
        "2a.2", "Why a trial in one person",
        .part("method", "the question is about this person and is answered over their own days")
      ),
      (
        "2b", "Aims or hypotheses",
        .part(
          "method",
          "primary outcome and arms of the plan"
            + (result.relevance == nil ? "; it names no threshold" : ", and its threshold"))
      ),
      ("3a", "Design, periods planned and how long", .part("blocks", "the scheme")),
      (
        "3b", "Changes after the start",
        isSealed
          ? .part("events", "deviations; the protocol itself cannot change after the seal")
          : .missing("the file says nothing about it")
      ),
      (
        "4a", "Condition, diagnosis, other illnesses and treatments",
        .missing("not asked by the protocol")
      ),
      ("4b", "Where the data were collected", .missing("a person's own daily life, not recorded")),
      (
        "4c", "Research or not, and ethics approval",
        isSealed
          ? .file(
            "the safety part of protocol.yaml: whether a clinician was asked; no approval is held")
          : .missing("the file says nothing about it")
      ),
      (
        "5", "What was given, how and when, so that it could be repeated",
        isSealed
          ? .part(
            "record",
            "planned against actual; substance and dose are named in protocol.yaml only "
              + "as far as the person wrote them")
          : .missing("the file holds labels only")
      ),
    ]
  }

  private static func methods(
    _ result: TrialResult, _ isSealed: Bool
  ) -> [(String, String, ChecklistPlace)] {
    [
      ("6a.1", "Outcomes: what, how, when", .part("method", "the plan's outcomes")),
      ("6a.2", "How good the measuring instruments are", .missing("no validity study is named")),
      (
        "6b", "Changes of outcomes after the start",
        isSealed ? .part("seal", "none is possible: they are sealed") : .missing("cannot be seen")
      ),
      (
        "7a", "How the number of slots was chosen",
        .missing(
          isSealed
            ? "the sealed protocol fixes the number, not the reasoning" : "the file does not say it"
        )
      ),
      (
        "7b", "Looks before the end, and stopping rules",
        result.monitoring != nil
          ? .part("monitoring", "the looks, and the rule that was sealed")
          : isSealed
            ? .file(
              "stopping rules are in protocol.yaml; the plan allowed no look at the arms")
            : .missing("the file says nothing about it")
      ),
      ("8a", "Whether and how the order was drawn", .part("method", "the scheme and the draw")),
      ("8b", "The kind of randomization and its restrictions", .part("blocks", "the scheme")),
      ("8c", "The whole intended order", .part("record", "every slot")),
      (
        "9", "How the order was kept hidden until use",
        isSealed ? .part("seal", "commitments and custody") : .part("seal", "cannot be vouched for")
      ),
    ]
  }

  private static func blinding(
    _ result: TrialResult, _ isSealed: Bool
  ) -> [(String, String, ChecklistPlace)] {
    let matching = result.kits?.matching ?? []
    return [
      (
        "10", "Who drew, who prepared, who assigned",
        result.kits != nil
          ? .part(
            "kits", "who packed; the program drew, and the key's custody is in the part on the seal"
          )
          : isSealed
            ? .part(
              "seal", "the program drew; custody of the key; who filled the kits is not recorded")
            : .missing("the file says nothing about it")
      ),
      (
        "11a", "Who was blind, and how",
        result.guesses == nil
          ? isSealed
            ? .part("guesses", "the participant; nothing shows how well it held")
            : .missing("the file holds no guesses")
          : .part("guesses", isSealed ? "the participant, and how well it held" : "guesses")
      ),
      (
        "11b", "How alike the arms were",
        matching.isEmpty
          ? .missing("no matching test of the capsules is part of the record")
          : .part("kits", "the matching tests")
      ),
    ]
  }
}
