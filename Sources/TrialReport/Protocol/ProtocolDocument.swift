import BlindRecord
import TrialAnalysis
public import TrialDesign

/// A protocol as a document to be printed and signed before the first day, in the order of SPENT 2019.
///
/// It is made from `protocol.yaml` alone, sealed or not, and names no arm of a slot.
public struct ProtocolDocument: Sendable {
  /// One self-contained page.
  public let html: String
  /// The same words.
  public let markdown: String

  /// Renders a protocol.
  ///
  /// - Throws: `SchemeError` when the scheme has no reference set, and what rendering throws.
  public init(_ design: TrialProtocol) throws {
    let content = try ProtocolContent(design).content
    html = try HTMLRenderer(content).page
    markdown = MarkdownRenderer(content).text
  }
}
