import BlindRecord
import LocalWeb
import TrialJournal

extension TrialSite {
  /// An adverse event; a serious one leads to the emergency page, recorded or not.
  func event(_ request: WebRequest) async throws -> WebResponse {
    let fields = request.fields
    let today = try await view(for: request.visitor).today
    let isSerious = fields["serious"] == "yes"
    return try await record(
      request, at: isSerious ? "/emergency" : "/recorded", orBack: \.event
    ) { _ in
      guard let severity = fields["severity"].flatMap({ AdverseEvent.Severity(rawValue: $0) })
      else {
        throw FormatError("side effect", found: "no strength", expected: "mild, moderate or severe")
      }
      let typed = AnswerReading.text(fields["onset"])
      guard let onset = typed.isEmpty ? today : CalendarDay(typed) else {
        throw FormatError(
          "since when", found: "“\(typed.prefix(20))”", expected: "a day as YYYY-MM-DD")
      }
      return .adverseEvent(
        AdverseEvent(
          term: AnswerReading.text(fields["term"]), onset: onset, severity: severity,
          serious: isSerious, action: AnswerReading.text(fields["action"]),
          outcome: AnswerReading.text(fields["outcome"])))
    }
  }

  /// A departure from the protocol.
  func deviation(_ request: WebRequest) async throws -> WebResponse {
    let fields = request.fields
    return try await record(request, orBack: \.deviation) { _ in
      guard let kind = fields["kind"].flatMap({ Deviation.Kind(rawValue: $0) }),
        ![.paused, .resumed, .spareKit].contains(kind)
      else {
        throw FormatError("what went differently", found: "nothing", expected: "one of the list")
      }
      let slot = AnswerReading.text(fields["slot"])
      let code = AnswerReading.text(fields["kit"])
      guard slot.isEmpty || Int(slot) != nil else {
        throw FormatError("slot", found: "“\(slot.prefix(20))”", expected: "a number")
      }
      guard code.isEmpty || KitCode(code) != nil else {
        throw FormatError(
          "kit code", found: "“\(code.prefix(20))”",
          expected: "seven characters, of which the last checks the others")
      }
      return .deviation(
        Deviation(
          slot: Int(slot), kind: kind, kit: KitCode(code),
          reason: AnswerReading.text(fields["reason"])))
    }
  }

  /// The beginning or the end of a pause.
  func pause(_ kind: Deviation.Kind, _ request: WebRequest) async throws -> WebResponse {
    let reason = AnswerReading.text(request.fields["reason"])
    return try await record(request, orBack: \.pause) { _ in
      .deviation(Deviation(slot: nil, kind: kind, reason: reason))
    }
  }

  /// Records what a form says; where that is refused, the form comes back with what was typed.
  private func record(
    _ request: WebRequest, at page: String = "/recorded",
    orBack form: KeyPath<EventPages, WebResponse>,
    _ event: @escaping @Sendable (EntryRules) throws -> JournalEntry.Event
  ) async throws -> WebResponse {
    do { return try await record(request, at: page, event) } catch {
      guard let refusal = error as? any Refusal, !refusal.isFaultOfTheSystem else { throw error }
      return EventPages(
        pages: pages, view: try await view(for: request.visitor), seal: try sealAgain(request),
        fields: request.fields, error: error
      )[keyPath: form]
    }
  }

  /// The form that corrects one answer.
  func correction(_ request: WebRequest, _ view: TrialView) throws -> WebResponse {
    guard let row = view.row(request.fields["slot"]),
      let item = request.fields["item"].flatMap({ manifest.item($0) }), item.isAsked
    else { return pages.missing }
    if view.isLocked { throw JournalError.locked }
    guard row.status == .recorded || row.status == .recordedLate else {
      throw JournalError.nothingToCorrect(slot: row.occasion.slot)
    }
    return CorrectionPage(pages: pages, row: row, item: item, seal: try seal(request)).response
  }

  /// A correction.
  func correct(_ request: WebRequest) async throws -> WebResponse {
    let fields = request.fields
    guard let item = fields["item"].flatMap({ manifest.item($0) }), item.isAsked,
      let slot = fields["slot"].flatMap({ Int($0) })
    else { return pages.missing }
    let reading = AnswerReading(fields, items: [item])
    guard let answer = reading.answers[item.name] else {
      let view = try await view(for: request.visitor)
      guard let row = view.row(fields["slot"]) else { return pages.missing }
      return CorrectionPage(
        pages: pages, row: row, item: item,
        seal: try sealAgain(request),
        fields: fields,
        fault: reading.faults[item.name] ?? "It is not answered."
      ).response
    }
    do {
      return try await record(request) { rules in
        if rules.answer(of: slot, to: item.name) == answer {
          throw JournalError.sameAnswer(slot: slot, item: item.name)
        }
        return .correction(
          Correction(
            slot: slot, item: item.name, answer: answer,
            reason: AnswerReading.text(fields["reason"])))
      }
    } catch {
      let view = try await view(for: request.visitor)
      guard let refusal = error as? any Refusal, !refusal.isFaultOfTheSystem,
        let row = view.row(fields["slot"])
      else { throw error }
      return CorrectionPage(
        pages: pages, row: row, item: item, seal: try sealAgain(request), fields: fields,
        error: error
      ).response
    }
  }
}
