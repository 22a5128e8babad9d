import BlindRecord
public import TrialAnalysis

/// A result for people and for machines: HTML with figures, Markdown, JSON.
///
/// Made from a result only, and a result only from an unblinding or a declared open data set, so a
/// report of guessed labels cannot be made. The same record gives the same bytes: no wall-clock
/// time and no random order inside.
public struct Report: Sendable {
  /// One self-contained file: inline style and drawings, no script, no outside request.
  public let html: String
  /// The same words and numbers.
  public let markdown: String
  /// Everything the report shows, with full precision: one object, ended by a line feed.
  public let json: String

  /// Renders a result.
  ///
  /// - Throws: what rendering throws, never because of what a participant wrote.
  public init(_ result: TrialResult) throws {
    let content = ReportContent(result)
    html = try HTMLRenderer(content).page
    markdown = MarkdownRenderer(content).text
    json = String(decoding: try ReportDocument.bytes(of: result), as: UTF8.self)
  }
}
