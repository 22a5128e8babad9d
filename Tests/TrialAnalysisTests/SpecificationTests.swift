import Foundation
import Testing

/// The example of `Documentation/Specifications/analysis.md` is what the program prints.
struct SpecificationTests {
  private func text() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "Documentation/Specifications/analysis.md"),
      encoding: .utf8)
  }

  /// The first block of a language.
  private func block(_ language: String, in text: String) throws -> String {
    let start = try #require(text.range(of: "```\(language)\n"))
    let rest = text[start.upperBound...]
    return String(rest[..<(try #require(rest.range(of: "```"))).lowerBound])
  }

  @Test func theFirstExampleHolds() throws {
    let text = try text()
    let summary = try SummaryReader(csv: block("csv", in: text), design: block("yaml", in: text))
    let object = try JSONSerialization.jsonObject(with: Data(block("json", in: text).utf8))
    let compared = try compare(try #require(object as? [String: Any]), summary, at: "")
    #expect(compared > 30)
  }

  /// Every value of the example against the one at the same path.
  private func compare(
    _ object: [String: Any], _ summary: SummaryReader, at path: String
  ) throws -> Int {
    var compared = 0
    for (key, value) in object {
      let place = path.isEmpty ? key : "\(path).\(key)"
      switch value {
      case let inner as [String: Any]: compared += try compare(inner, summary, at: place)
      case let text as String:
        #expect(summary.text(place) == text, "\(place)")
        compared += 1
      default:
        let number = try #require((value as? NSNumber)?.doubleValue)
        let found = try #require(summary.number(place), "\(place)")
        #expect(abs(found - number) <= 0.5e-4, "\(place)")
        compared += 1
      }
    }
    return compared
  }
}
