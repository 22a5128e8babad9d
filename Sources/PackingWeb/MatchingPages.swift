import BlindRecord
import LocalWeb
import TrialKits
import TrialStatistics

/// The pages of a matching test, as functions of what they show.
struct MatchingPages: Sendable {
  let frame: PageFrame
  /// The names of the two contents.
  let arms: [String]
  let rule: Manifest.Packing.Matching

  /// The exact chances of the rule; `nil` for a rule that no protocol can have.
  private var exact: TriangleTest? {
    try? TriangleTest(rounds: rule.rounds, mostRight: rule.mostRight)
  }

  /// A step by a word that is good in a form.
  static func name(of step: MatchingTest.Step) -> String {
    switch step {
    case .fill(let content): "fill-\(content)"
    case .clear(let content): "clear-\(content)"
    case .shuffle: "shuffle"
    case .sort: "sort"
    case .answer(let round): "answer-\(round)"
    case .finish: "finish"
    }
  }

  /// The page of a step.
  func step(
    _ step: MatchingTest.Step, _ progress: (done: Int, total: Int, scans: Int), _ notice: Notice?,
    visitor: Visitor
  ) -> Markup {
    let (done, total, scans) = progress
    let form = StepForm(visitor: visitor, step: MatchingPages.name(of: step))
    let count = StepForm.count(done, total, "cups")
    let (title, content): (String, Markup)
    switch step {
    case .fill(let arm):
      title = "Matching test: \(arms[arm])"
      content = """
        <p>One capsule of <b>\(arms[arm])</b> into each of \(total) cups; stick any cup label below it, and \
        scan it. <a href="/labels">Print the cups’ labels</a> first.</p>\(count)\(form.scanningWhileFilling)\
        \(form.undo(scans))
        """
    case .clear:
      title = "Clear the bench"
      content = """
        <p>Put the cups aside, and everything that you filled them from.</p>
        \(form.confirm("/next", "The bench is clear", "Go on"))\(form.undo(scans))
        """
    case .shuffle:
      title = "Shuffle the cups"
      content = """
        <p>Move the cups about on a tray with your eyes closed, until you cannot know any more which is \
        which.</p>
        \(form.confirm("/next", "The cups are shuffled", "Go on to sorting"))
        """
    case .sort:
      title = "Sort the cups"
      content = """
        <p>Scan one cup after the other and put it where it belongs: three in a row for each round.</p>
        \(count)\(done == total ? form.confirm("/next", "All cups stand", "Go on") : form.scanning)\
        \(form.undo(scans))
        """
    case .answer(let round):
      title = "Round \(round) of \(rule.rounds)"
      content = """
        <p>Two of the three hold the same. Look, weigh, shake, smell, taste. Which is the odd one? Guess if \
        you cannot tell. An answer cannot be taken back.</p>\(form.choice)
        """
    case .finish:
      title = "What did you go by?"
      content = form.cues(MatchingTest.cues)
    }
    return frame.page(
      title: title,
      """
      \(notice?.markup)\(content)<p class="hint">\(rule.rounds) rounds; passed with at most \
      \(rule.mostRight) right\(exact.map { ": \($0.worth)" } ?? ""). You can stop at any time and go on later.</p>

      """)
  }

  /// After the test.
  ///
  /// One that was not passed can be followed by another, here: nothing need be stopped for it.
  func result(_ result: MatchingNote.Result, visitor: Visitor) -> Markup {
    let isPassed = MatchingPages.isPassed(result, rule)
    let chance: Markup? = exact.map { exact in
      " By chance alone so many or more are right with a probability of \(TriangleTest.percent(exact.p(right: result.right)))."
    }
    let form = StepForm(visitor: visitor, step: "told")
    let onward: Markup =
      isPassed
      ? """
      <p>That is no proof that nobody can tell them apart; every test stays in the record.</p>\
      <p><a class="button" href="/">Go on to packing</a></p>
      """
      : """
      <p>Mend what gave it away: colour, size, orientation, weight, rattle, smell, taste, powder outside. \
      Then fill the cups anew for another test; this one stays in the record.</p>\
      \(form.button("/again", "Begin another test"))\
      <details><summary>Pack all the same</summary><p>The record says that the capsules could be told \
      apart.</p>\(form.confirm("/unmatched", "I pack what can be told apart", "Go on to packing"))</details>
      """
    return frame.page(
      title: isPassed ? "Passed" : "Not passed",
      """
      <div class="said\(isPassed ? "" : " refused")" role="status"><strong>\(result.right) of \(rule.rounds) right</strong>\
      At most \(rule.mostRight) were allowed.\(chance)</div>\(onward)

      """)
  }

  /// Whether a result is good enough.
  static func isPassed(_ result: MatchingNote.Result, _ rule: Manifest.Packing.Matching) -> Bool {
    result.right <= rule.mostRight
  }
}
