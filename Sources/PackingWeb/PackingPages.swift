import BlindRecord
import LocalWeb
import TrialKits

/// The pages, as functions of what they show; they know no session and no file.
struct PackingPages: Sendable {
  let job: PackingJob
  let frame: PageFrame

  /// A step by a word that is good in a form; two fillings are two steps.
  static func name(of step: PackingSession.Step) -> String {
    switch step {
    case .fill(let arm): "fill-\(arm)"
    case .clear(let arm): "clear-\(arm)"
    case .shuffle, .sort, .finish: step.name
    }
  }

  /// The page of a step.
  ///
  /// - Parameter moves: what is still to be brought from the spare box to a slot, as far as is known.
  func step(
    _ step: PackingSession.Step, _ progress: PackingSession.Progress, _ notice: Notice?,
    visitor: Visitor, moves: [PackingSession.Move], canReprint: Bool
  ) -> Markup {
    let form = StepForm(visitor: visitor, step: PackingPages.name(of: step))
    let (title, content) = body(step, progress, form, moves, canReprint)
    return frame.page(
      title: title,
      """
      \(notice?.markup)\(content)<nav aria-label="Steps"><h2>The steps</h2>\(steps(step))</nav>
      <p class="hint">You can close this page, or stop the program, at any time and go on later.</p>

      """)
  }

  private func body(
    _ step: PackingSession.Step, _ progress: PackingSession.Progress, _ form: StepForm,
    _ moves: [PackingSession.Move], _ canReprint: Bool
  ) -> (title: String, content: Markup) {
    switch step {
    case .fill(let arm): ("Fill: \(job.arms[arm].name)", fill(job.arms[arm], progress, form))
    case .clear: ("Clear the bench", clear(progress, form))
    case .shuffle: ("Shuffle", shuffle(form))
    case .sort: ("Sort", sort(progress, form, moves, canReprint))
    case .finish: ("Finish", finish(form))
    }
  }

  private func fill(
    _ arm: PackingJob.Arm, _ progress: PackingSession.Progress, _ form: StepForm
  ) -> Markup {
    let deed: Markup =
      arm.isEmpty
      ? """
      <p>Close \(arm.kits) containers <b>without a capsule</b>, in the same way as all others. Put in a \
      dummy that weighs, lies and rattles like one and cannot be taken for one: an empty container is felt \
      when it is drawn, and tells its slot weeks ahead.</p>
      """
      : """
      <p>Fill \(arm.kits) containers with <b>\(arm.name)</b>, and nothing else on the bench.</p>
      """
    // There at every scan: a sheet may be short, or spoiled in the printer.
    let labels: Markup =
      progress.done == 0
      ? "<p>No labels yet? <a href=\"/labels\">Print the sheets of labels</a> first.</p>"
      : "<p class=\"hint\">No label left? <a href=\"/labels\">Print the sheets of labels</a> again.</p>"
    return """
      \(deed)<p>Stick any label on each, and scan it. Once it is registered it is not shown again.</p>
      \(count(progress, "kits registered"))\(form.scanningWhileFilling)\(form.undo(progress.scans))\(labels)
      """
  }

  private func clear(_ progress: PackingSession.Progress, _ form: StepForm) -> Markup {
    """
    <p>All \(progress.total) kits of this arm are registered. Put them into the opaque bag. Put away what \
    you filled them from, and wipe the bench: nothing of it may lie there when you go on.</p>
    \(form.confirm("/next", "The kits are in the bag and the bench is clear", "Go on"))\
    \(form.undo(progress.scans))
    """
  }

  private func shuffle(_ form: StepForm) -> Markup {
    """
    <p>All \(job.kits) kits are in one opaque bag. Close it, turn it over at least ten times, shake it, \
    and reach in and mix. The shuffle is what hides the order in which you filled them.</p>
    \(form.confirm("/next", "The bag is shuffled", "Go on to sorting"))
    """
  }

  private func sort(
    _ progress: PackingSession.Progress, _ form: StepForm, _ moves: [PackingSession.Move],
    _ canReprint: Bool
  ) -> Markup {
    guard progress.done < progress.total else {
      let claim =
        moves.isEmpty
        ? "No kit is left in the bag" : "No kit is left in the bag, and these stand at their slots"
      return """
        \(count(progress, "kits sorted"))<p>Every kit has its place. Not sure of one? Scan it again.</p>
        \(list(moves))\(form.confirm("/next", claim, "Go on"))\(form.scanning)\(form.undo(progress.scans))
        """
    }
    let reprint: Markup =
      canReprint
      ? """
      <p>One kit is left. Is its label torn? <a href="/labels">Print that label again</a>.</p>
      """ : ""
    let open = progress.total - progress.done
    return """
      <p>Draw a kit from the bag without looking, scan it, and put it where the answer says.</p>
      \(count(progress, "kits sorted"))\(form.scanning)\(form.undo(progress.scans))\(reprint)
      <details><summary>A kit is missing or broken</summary>
      <p>When all others are sorted, say so here: a spare takes the place. At most \(job.mostLost) kits \
      can be replaced, whatever they hold.</p>
      <p>\(open) \(open == 1 ? "kit is" : "kits are") not sorted: \(open == 1 ? "it is" : "they are") given up \
      for good, and one that is found later is put aside.</p>
      \(form.confirm(
        "/lost", "Every kit that is not sorted is missing or broken", "Give up for good",
        asking: "Is none left in the bag?"))\
      </details>
      """
  }

  /// What is brought from the spare box, until it is said to stand: a page can be closed before it was read.
  private func list(_ moves: [PackingSession.Move]) -> Markup? {
    guard !moves.isEmpty else { return nil }
    let lines = moves.map { move -> Markup in
      "<li>spare \(move.spare) to slot \(move.slot)</li>"
    }
    return "<p>Bring from the spare box, and write the slot on each:</p><ul>\(lines)</ul>"
  }

  private func finish(_ form: StepForm) -> Markup {
    """
    <p>All is sorted. Finishing writes into the record which code lies in which slot, and destroys the \
    key with which this computer could have said what a kit holds.</p>
    \(form.button("/finish", "Finish packing"))
    """
  }

  private func count(_ progress: PackingSession.Progress, _ what: String) -> Markup {
    StepForm.count(progress.done, progress.total, what)
  }

  /// The steps without a name of an arm.
  private func steps(_ now: PackingSession.Step) -> Markup {
    var names: [(PackingSession.Step, String)] = []
    for arm in job.arms.indices where job.arms[arm].kits > 0 {
      names.append((.fill(arm: arm), "Fill \(arm + 1) of \(job.arms.count)"))
      names.append((.clear(arm: arm), "Clear"))
    }
    names += [(.shuffle, "Shuffle"), (.sort, "Sort"), (.finish, "Finish")]
    let place = names.firstIndex { $0.0 == now } ?? 0
    let items = names.enumerated().map { index, entry -> Markup in
      index == place
        ? "<li aria-current=\"step\">\(entry.1)</li>"
        : index < place
          ? "<li>\(entry.1) <span aria-label=\"done\" role=\"img\">✓</span></li>"
          : "<li class=\"later\">\(entry.1)</li>"
    }
    return "<ol class=\"steps\">\(items)</ol>"
  }

  /// After the end.
  func finished(_ notice: Notice?) -> Markup {
    frame.page(
      title: "Packed",
      """
      \(notice?.markup)<p>The record says which code lies in which slot, and the key is destroyed. Keep \
      the spares, closed, until the trial is unblinded: they are opened then to count packing errors.</p>
      <p>Stop the program, and close this page.</p>

      """)
  }
}
