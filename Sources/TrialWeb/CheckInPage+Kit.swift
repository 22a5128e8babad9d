import BlindRecord
import LocalWeb

/// The part of the daily form about the kit: which one it is, what the record says of it, and the code on it.
extension CheckInPage {
  /// What a photograph said.
  var read: Markup? {
    guard isRead, let code = fields[CheckInPage.kit] else { return nil }
    let isOfTheSlot = code == row.occasion.kit.text || code == row.dose.spare?.text
    let words: Markup =
      isOfTheSlot ? "the kit for this slot" : "the kit that a note says was taken for it"
    return """
      <div class="said" role="status"><strong>\(code)</strong>is in the photograph, and it is \(words). Nothing is \
      recorded yet.</div>

      """
  }

  /// Which kit was taken: compared where who packs alone may have erred, else said here; another one's code can be
  /// typed anywhere.
  var kit: Markup {
    let name = pages.name(row.occasion)
    let otherwise: Markup = """
      <p class="hint">Another kit, only a part of it, late, or not at all? \
      <a href="/deviation?slot=\(row.occasion.slot)">Say so first</a></p>
      """
    if row.hasNoDose {
      return """
        <p>\(name). The record says that nothing was taken; the ratings count all the same.</p>\(shown)\
        \(code("If it was taken after all: its code"))
        """
    }
    if row.isOnlyToBeRated {
      // The note named the kit, which need not be at hand any more.
      return """
        <p>\(name). The record says that \(view.takenKit(of: row)) was taken: take nothing more, only rate the \
        day.</p>\(shown)\(code("If it was another kit after all: its code"))\(otherwise)
        """
    }
    let begun: Markup? = row.isBegun ? "<p>\(TrialPages.begun).</p>" : nil
    let usedUp = row.isBegun ? nil : pages.usedUp(row, view)
    if row.hasUnknownKit {
      return
        "\(begun)<p>\(name).</p>\(shown)\(code("The code on the kit that you took"))\(otherwise)"
    }
    guard view.isPackedAlone else {
      let with: Markup = "<p>\(name), with the kit <b class=\"code\">\(row.takenKit.text)</b></p>"
      // On most days it is the slot's own, and nothing is asked.
      let isAsked = row.isBegun || usedUp != nil || !(fields[CheckInPage.kit] ?? "").isEmpty
      let isOpen: Markup = isAsked ? " open" : ""
      return """
        \(begun)\(usedUp ?? with)\(shown)<details\(isOpen)><summary>It was another kit</summary>\
        \(code("Its code"))</details>\(otherwise)
        """
    }
    let take: Markup = """
      <p>\(name). \(row.isBegun ? "It" : "Take the kit that") is marked <b>\(view.container(of: row))</b></p>
      """
    return """
      \(begun)\(usedUp ?? take)\(code("The code on the kit that you took"))\
      <p class="hint">Is the label torn? This prints it again: <code>selfblind label \(pages.folder) \
      \(label)</code></p>\(otherwise)
      """
  }

  /// Which kit the form shows, where nobody types its code: the record may change before it is sent.
  private var shown: Markup? {
    guard !view.isPackedAlone else { return nil }
    let kit = CheckInPage.shown(row.hasNoDose ? nil : row.takenKit)
    return """
      <input type="hidden" name="\(CheckInPage.shown(row.occasion.slot))" value="\(kit)">
      """
  }

  /// How the label of the slot's kit is printed again.
  private var label: String {
    if case .spare(let spare) = view.kits.meaning(of: row.takenKit) {
      "--spare \(spare)"
    } else {
      "--slot \(row.occasion.slot)"
    }
  }

  /// The tick that the note is wrong which says that the kit was taken for another slot: the one that was typed, or
  /// else that of the slot.
  private var doubtOfTheNote: Markup? {
    let typed = AnswerReading.text(fields[CheckInPage.kit])
    let kit = typed.isEmpty && !view.isPackedAlone ? row.takenKit : KitCode(typed)
    guard let kit, view.isOnlyNoted(kit, besides: row) else { return nil }
    let isTicked: Markup = fields[CheckInPage.noteIsWrong] == "yes" ? " checked" : ""
    return """
      <p><label for="note-wrong"><input type="checkbox" id="note-wrong" \
      name="\(CheckInPage.noteIsWrong)" value="yes"\(isTicked)>The note is wrong: this kit was taken for slot \
      \(row.occasion.slot)</label></p>
      """
  }

  /// The field for a kit's code, and its photograph for who scans it every day.
  private func code(_ label: String) -> Markup {
    let fault = faults[CheckInPage.kit]
    let said: Markup? = fault.map { "<p class=\"fault\" id=\"kit-fault\">\($0)</p>" }
    let described: Markup =
      fault == nil ? "" : " aria-invalid=\"true\" aria-describedby=\"kit-fault\""
    return """
      <label for="kit">\(label)</label>\(said)<input id="kit" name="kit" \
      autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" \
      value="\(fields[CheckInPage.kit] ?? "")"\(described)>\(doubtOfTheNote)\(camera)
      """
  }

  private var camera: Markup? {
    guard view.isPackedAlone else { return nil }
    return """
      <label for="photograph">Or photograph the label</label><input id="photograph" name="\(CheckInPage.photograph)" \
      type="file" accept="image/jpeg,image/png" capture="environment">\
      <p class="plain"><button formaction="\(TrialSite.photographPath)" formenctype="multipart/form-data" \
      data-photograph>Read the photograph</button></p>
      """
  }
}
