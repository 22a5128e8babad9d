import BlindRecord
import FoundationEssentials
package import GroupStudy

/// The report of a study of many persons: HTML with figures, Markdown, JSON.
///
/// The same table and plan give the same bytes: no wall-clock time, and random draws from the plan's
/// seed alone.
package struct StudyReport: Sendable {
  /// One self-contained file: inline style and drawings, no script, no outside request.
  package let html: String
  /// The same words and numbers.
  package let markdown: String
  /// Everything the report shows, with full precision: one object, ended by a line feed.
  package let json: String

  /// Renders a result.
  ///
  /// - Throws: what rendering throws, never because of what stands in a table.
  package init(_ result: StudyResult) throws {
    let content = StudyContent(result).content
    html = try HTMLRenderer(content).page
    markdown = MarkdownRenderer(content).text
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    json = String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
  }
}
