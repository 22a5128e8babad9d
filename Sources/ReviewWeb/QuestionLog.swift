import TrialAnalysis

/// What was asked since the program was started, and the answers that were worked out.
///
/// One question is worked out at a time, and a question that was asked before is not counted again.
/// Nothing is written anywhere.
actor QuestionLog {
  /// A question that was answered.
  struct Asked: Sendable {
    let query: String
    let answer: ReviewAnswer
  }

  /// Answers that are kept; older ones are worked out again, and stay counted.
  static let mostKept = 300

  private let review: Review
  private var kept: [String: ReviewAnswer] = [:]
  private var queries: [String] = []

  init(_ review: Review) { self.review = review }

  /// Answers a question, and says which number it has and how many different ones were asked by now.
  ///
  /// - Throws: `ReviewFault`; what was refused does not count.
  func answer(
    _ question: ReviewQuestion
  ) throws(ReviewFault) -> (answer: ReviewAnswer, number: Int, count: Int) {
    let query = QuestionQuery.text(question)
    let before = queries.firstIndex(of: query)
    if let before, let known = kept[query] { return (known, before + 1, queries.count) }
    let answer = try review.answer(question)
    if before == nil { queries.append(query) }
    if kept.count >= QuestionLog.mostKept, let oldest = queries.first(where: { kept[$0] != nil }) {
      kept[oldest] = nil
    }
    kept[query] = answer
    return (answer, before.map { $0 + 1 } ?? queries.count, queries.count)
  }

  /// The questions that were asked, the newest first, as far as their answers are kept.
  var asked: [Asked] {
    queries.reversed().compactMap { query in kept[query].map { Asked(query: query, answer: $0) } }
  }

  /// How many different questions were asked.
  var count: Int { queries.count }
}
