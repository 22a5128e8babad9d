import BlindRecord
import LocalWeb
import TrialJournal

extension TrialSite {
  /// The daily form of a slot, of today's where none is named.
  func checkIn(_ request: WebRequest, _ view: TrialView) throws -> WebResponse {
    let today = view.rows.first { $0.occasion.day == view.today }
    guard let row = request.fields["slot"] == nil ? today : view.row(request.fields["slot"]) else {
      return pages.missing
    }
    if let refusal = view.refusal(of: row) { throw refusal }
    return CheckInPage(pages: pages, view: view, row: row, seal: try seal(request)).response
  }

  /// The ratings: to the guess where one is asked for, else into the journal.
  func ratings(_ request: WebRequest) async throws -> WebResponse {
    let token = try token(of: request)
    let view = try await view(for: request.visitor)
    if let entry = view.entries.first(where: { $0.form == token }) {
      return .redirect(to: "/recorded?entry=\(entry.index)")
    }
    guard let row = view.row(request.fields["slot"]) else { return pages.missing }
    // A form that waited is judged by the day on which it was filled in, which the journal does.
    if request.fields["kept"] == nil, let refusal = view.refusal(of: row) {
      return try formBack(request, row, view, refusal)
    }
    let reading = AnswerReading(request.fields, items: manifest.items)
    var faults = reading.faults
    faults[CheckInPage.kit] = kitFault(request.fields, row, view)
    let seal = try sealAgain(request)
    guard faults.isEmpty else {
      return CheckInPage(
        pages: pages, view: view, row: row, seal: seal, fields: request.fields, faults: faults
      ).response
    }
    guard let prompt = manifest.guessPrompt else {
      return try await recordOrBack(request, row.occasion.slot, reading, guess: nil)
    }
    return GuessPage(
      pages: pages, items: manifest.items, prompt: prompt, seal: seal,
      fields: request.fields, begun: view.now.seconds
    ).response
  }

  /// The guess, with the ratings that came before it: one entry.
  ///
  /// What is recorded already is not looked at here: a form that is sent again must find its own entry, and
  /// not the refusal of a second one.
  func guess(_ request: WebRequest) async throws -> WebResponse {
    let reading = AnswerReading(request.fields, items: manifest.items)
    guard let prompt = manifest.guessPrompt, reading.faults.isEmpty,
      let slot = request.fields["slot"].flatMap({ Int($0) })
    else { return try await ratings(request) }
    let guess: TreatmentGuess
    do { guess = try GuessPage.read(request.fields) } catch {
      return GuessPage(
        pages: pages, items: manifest.items, prompt: prompt,
        seal: try sealAgain(request),
        fields: request.fields,
        begun: request.fields[GuessPage.begun].flatMap { Int($0) } ?? 0, fault: error.sentences
      ).response
    }
    return try await recordOrBack(request, slot, reading, guess: guess)
  }

  /// Records the form; one that a rule refuses comes back with what was typed.
  private func recordOrBack(
    _ request: WebRequest, _ slot: Int, _ reading: AnswerReading, guess: TreatmentGuess?
  ) async throws -> WebResponse {
    do { return try await record(request, slot, reading, guess: guess) } catch {
      let view = try await view(for: request.visitor)
      guard let refusal = error as? any Refusal, !refusal.isFaultOfTheSystem,
        let row = view.row(String(slot))
      else { throw error }
      return try formBack(request, row, view, error)
    }
  }

  private func formBack(
    _ request: WebRequest, _ row: SlotRecord, _ view: TrialView, _ error: any Error
  ) throws -> WebResponse {
    CheckInPage(
      pages: pages, view: view, row: row, seal: try sealAgain(request), fields: request.fields,
      error: error
    ).response
  }

  private func record(
    _ request: WebRequest, _ slot: Int, _ reading: AnswerReading, guess: TreatmentGuess?
  ) async throws -> WebResponse {
    let typed = request.fields[CheckInPage.kit].flatMap { KitCode($0) }
    let isAlone = manifest.packing?.isAlone == true
    let shown = request.fields[CheckInPage.shown(slot)]
    let items = manifest.items
    let remark = try await doubt(request, slot)
    return try await record(request, remark: remark) { rules in
      let occasion = try rules.occasion(slot)
      if isAlone, typed == nil, !rules.hasNoDose(slot), !rules.isTaken(slot) {
        throw FormatError("kit", found: "no code", expected: "the code on the label")
      }
      let known = rules.kit(of: occasion)
      if typed == nil, let shown, shown != CheckInPage.shown(known) {
        throw FormatError(
          "kit", found: "\(shown) on this form",
          expected:
            "\(CheckInPage.shown(known)), as the record says by now; look, and send it again")
      }
      if typed == nil, rules.doses.dose(of: slot).isUnknown {
        throw FormatError("kit", found: "no code", expected: "that of the kit which was taken")
      }
      return .checkIn(
        CheckIn(
          slot: slot, kit: typed ?? known,
          answers: items.completed(reading.answers),
          guess: guess))
    }
  }

  /// The entry for the tick that the note of another slot about the kit is wrong; the terminal asks for words.
  private func doubt(_ request: WebRequest, _ slot: Int) async throws -> Deviation? {
    guard request.fields[CheckInPage.noteIsWrong] == "yes" else { return nil }
    let view = try await view(for: request.visitor)
    guard let row = view.row(String(slot)) else { return nil }
    let kit = request.fields[CheckInPage.kit].flatMap { KitCode($0) } ?? row.takenKit
    guard view.isOnlyNoted(kit, besides: row), let noted = view.taker(of: kit, besides: row) else {
      return nil
    }
    return Deviation(
      slot: slot, kind: .other,
      reason: "the note is wrong which says that the kit \(kit) was taken for slot \(noted)")
  }

  /// What is wrong with the kit's code; one is asked of who packed alone, and others may type it.
  func kitFault(
    _ fields: [String: String], _ row: SlotRecord, _ view: TrialView
  ) -> String? {
    guard let typed = fields[CheckInPage.kit], !AnswerReading.text(typed).isEmpty else {
      // The form without the picture has only the name of its file.
      if fields[CheckInPage.photograph]?.isEmpty == false {
        return "The photograph is not read yet: choose it again, and press “Read the photograph”."
      }
      if row.hasNoDose || row.isOnlyToBeRated { return nil }
      if row.hasUnknownKit {
        return
          "The code of the kit that was taken is missing: the record does not say which it was."
      }
      return view.isPackedAlone
        ? "The code on the kit is missing. If none was taken, say so first: what went differently."
        : fault(of: row.takenKit, fields, row, view)
    }
    guard let code = KitCode(AnswerReading.text(typed)) else {
      return "The code has a wrong character: it has seven, and the last one checks the others."
    }
    return fault(of: code, fields, row, view)
  }

  private func fault(
    of code: KitCode, _ fields: [String: String], _ row: SlotRecord, _ view: TrialView
  ) -> String? {
    let slot = row.occasion.slot
    let isOnlyNoted = view.isOnlyNoted(code, besides: row)
    if let earlier = view.taker(of: code, besides: row),
      !isOnlyNoted || fields[CheckInPage.noteIsWrong] != "yes"
    {
      return
        "That kit was taken at slot \(earlier), says the record. Read the label once more; if nothing was "
        + "taken for slot \(slot), record first that it was not taken."
        + (isOnlyNoted
          ? " If it was this kit all the same, tick that the note is wrong."
          : " If slot \(earlier) is wrong, put that right first, by what went differently for slot \(earlier).")
        + " If it is gone and the dose is still to come, selfblind replace finds a spare."
    }
    if code == row.occasion.kit || view.kits.doses.names(code, at: slot) { return nil }
    switch view.kits.meaning(of: code) {
    case .slot(let other):
      return
        "That is the kit of slot \(other). Put it back and take that of slot \(slot). If it was "
        + "taken, record first that another kit was taken, for slot \(slot)."
    case .spare(let spare):
      return
        "That is spare \(spare). If it was taken, record first that another kit was taken, for slot "
        + "\(slot). If that slot’s kit is lost or broken, selfblind replace finds the spare."
    case .label, .foreign: return "That code is on no kit of this trial. Read the label once more."
    }
  }
}
