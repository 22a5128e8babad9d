import LocalWeb
import TrialAnalysis
import TrialReport

/// The pages, as functions of what they show.
struct ReviewPages: Sendable {
  let review: Review
  /// What was verified, line by line.
  let transcript: String
  let frame: PageFrame

  /// The report's style, and that of the form.
  static let style = ReviewPart.style + "\n" + FormStyle.sheet

  /// The first page: the planned answer, and what can be asked.
  func home(_ asked: [QuestionLog.Asked], count: Int) -> Markup {
    let answer = review.planned.answer
    let cautions = review.planned.cautions.map { caution -> Markup in
      "<p class=\"caution\">\(caution)</p>"
    }
    let suggestions = review.suggestions.map { question -> Markup in
      "<li>\(link(to: question))</li>"
    }
    return frame.page(
      title: review.planned.title,
      """
      <section class="answer" aria-label="The planned answer"><p class="headline">\(answer.headline)</p>
      <p>\(answer.sentence)</p><p class="judgement">\(answer.judgement)</p>\(cautions)</section>
      <p><a class="button" href="/report">Read the whole report</a></p>
      <section><h2>What people ask next</h2>
      <p>That was the planned question. Each of these changes one thing. All are exploratory: an answer can \
      suggest something, and shows nothing. Each page has an address that can be sent to somebody who has \
      this trial open.</p>
      <ul class="questions">\(suggestions)</ul></section>
      \(history(asked, count))
      <section><h2>Ask otherwise</h2>\(QuestionForm(review: review).markup(ReviewQuestion()))</section>
      <details><summary>What was verified before this was opened</summary><pre>\(transcript)</pre></details>

      """)
  }

  /// The page of an answer.
  ///
  /// - Parameters:
  ///   - number: its number in the order of asking.
  ///   - count: how many were asked by now.
  /// - Throws: what rendering throws.
  func answer(_ answer: ReviewAnswer, number: Int, count: Int) throws -> Markup {
    let part = try ReviewPart(
      answer,
      count: ReviewPart.Count(questions: count, comparisons: answer.outcome.contrasts.count))
    return frame.page(
      title: PlainAnswer.capital(answer.words).trimmingStop,
      """
      <p class="banner" role="note"><strong>\(answer.isPlanned ? "In the plan too" : "Exploratory")</strong>, question \(number) of \(count) \
      since the program was started. The planned answer is in <a href="/report">the report</a>.</p>
      \(Markup(rendered: part.html))
      <section><h2>Ask otherwise</h2>\(QuestionForm(review: review).markup(answer.question))</section>
      <p><a class="button plain" href="/">All questions</a></p>

      """)
  }

  /// What was asked before.
  private func history(_ asked: [QuestionLog.Asked], _ count: Int) -> Markup {
    guard !asked.isEmpty else { return "" }
    let items = asked.map { one -> Markup in
      """
      <li><a href="/ask?\(one.query)">\(PlainAnswer.capital(one.answer.words).trimmingStop)</a>: \
      \(one.answer.answer.headline)</li>
      """
    }
    return """
      <section><h2>Asked so far: \(count)</h2><ul class="questions">\(items)</ul></section>
      """
  }

  private func link(to question: ReviewQuestion) -> Markup {
    let days = question.without.first.map { review.slots($0).count }
    let count = days.map { days -> Markup in "<span class=\"hint\"> (\(days) rated)</span>" }
    return """
      <a href="/ask?\(QuestionQuery.text(question))">\
      \(PlainAnswer.capital(review.words(of: question)).trimmingStop)</a>\(count)
      """
  }
}

extension String {
  /// Without a full stop at its end.
  fileprivate var trimmingStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
