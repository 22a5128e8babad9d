import BlindRecord
import TrialAnalysis
import TrialDesign

/// What a worker does with each line: no line knows of another, so any of them can be answered alone.
package struct LineTask: Sendable {
  /// The kinds of work.
  package enum Kind: String, CaseIterable, Sendable {
    /// A trial is analysed by its design.
    case analyze
    /// A design is simulated.
    case plan
  }

  /// The longest line that is read, in bytes.
  package static let longestLine = 1 << 20

  /// The most bytes of an answer that `reduce` reads: the widest distribution has 2²⁰ counts, of up to 22
  /// digits each.
  package static let longestAnswer = 1 << 25

  /// What is done.
  package let kind: Kind
  /// Whether an analysis says all that `analyze` says.
  package let isFull: Bool
  /// Whether a result holds the randomization distribution of its sum, for the test over all trials.
  package let withSums: Bool
  private let designs = DesignCache()

  /// A worker's task.
  package init(_ kind: Kind, isFull: Bool = false, withSums: Bool = false) {
    self.kind = kind
    self.isFull = isFull
    self.withSums = withSums
  }

  /// The answer to a line; never fails, since an error is an answer too.
  ///
  /// - Parameter line: the bytes without the line feed; `nil` for a line beyond the limit.
  package func answer(_ line: [UInt8]?) -> [UInt8] {
    var id: String?
    do {
      guard let line else {
        throw LineFault(
          "found a line of more than \(LineTask.longestLine) bytes, expected a shorter one")
      }
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else {
        throw LineFault("found an empty line, expected one JSON object")
      }
      let node = try JSONText.read(line)
      // Known as early as can be, so that an error names its trial.
      if let text = node["id"]?.text, (1...200).contains(text.unicodeScalars.count),
        !text.unicodeScalars.contains(where: isInvisible)
      {
        id = text
      }
      switch kind {
      case .analyze: return try analyze(TrialLine(node), line)
      case .plan: return try PlanLine(node).answer(designs.design(of: node, line))
      }
    } catch {
      return LineAnswer.refusal(error, id: id)
    }
  }

  private func analyze(_ trial: TrialLine, _ line: [UInt8]) throws -> [UInt8] {
    let design = try designs.design(of: trial.node, line)
    let record = try DeclaredRecord(name: trial.id, design: design, values: trial.values)
    let brief = try BriefAnalysis(
      record, design: design, units: trial.units, withSums: withSums)
    let analysis = isFull ? try AnalysisSummary(TrialResult(record)) : AnalysisSummary(brief)
    return try LineAnswer.bytes(
      ResultLine(
        id: trial.id, analysis: analysis,
        contributions: brief.contributions.map(ContributionFields.init)))
  }
}

/// The answer to a trial.
private struct ResultLine: Encodable {
  let id: String
  let analysis: AnalysisSummary
  let contributions: [ContributionFields]
}
