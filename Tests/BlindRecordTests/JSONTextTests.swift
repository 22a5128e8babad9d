import Testing

@testable import BlindRecord

/// JSON read strictly, with numbers as they were written.
struct JSONTextTests {
  private func read(_ text: String) throws(JSONText.Fault) -> JSONNode {
    try JSONText.read(Array(text.utf8))
  }

  private func fault(_ text: String) -> String {
    do {
      _ = try read(text)
      return "read"
    } catch {
      return "\(error.column): \(error.found), \(error.expected)"
    }
  }

  @Test func numbersStayWhatWasWritten() throws {
    let node = try read(#" {"a": [1.50, -0, 1e5, 12345678901234567890.1], "b": {"c": null}} "#)
    #expect(
      node["a"]?.list?.compactMap(\.digits) == ["1.50", "-0", "1e5", "12345678901234567890.1"])
    #expect(node["b"]?["c"]?.isNull == true)
    #expect(node["b"]?.bytes == 53..<64)
    #expect(node["d"] == nil)
  }

  @Test func textsAreUnescaped() throws {
    #expect(
      try read(#""a\"\\\/\b\f\n\r\tä\u00e4\ud83d\ude00z""#).text
        == "a\"\\/\u{8}\u{C}\n\r\tää😀z")
    #expect(try read(#""""#).text == "")
  }

  @Test(arguments: [
    ("", "1: the end of the line, a JSON value"),
    ("{\"a\":1,\"a\":2}", "8: the key \"a\" more than once, each key once"),
    ("{\"a\":1} x", "9: \"x\", nothing behind the value"),
    ("[1,]", "4: \"]\", a JSON value"), ("{\"a\" 1}", "6: \"1\", a colon"),
    ("{a:1}", "2: \"a\", a key between quotes"),
    ("01", "1: a number with 0 in front, a number without"),
    ("-", "2: the end of the line, a digit"), ("1.", "3: the end of the line, a digit"),
    ("1e+", "4: the end of the line, a digit"), ("nul", "4: the end of the line, null"),
    ("NaN", "1: \"N\", a JSON value"),
    ("\"a", "3: the end of the line, a quote that ends the text"),
    ("\"a\tb\"", "3: the byte 9, no control character in a text"),
    (#""\x""#, "2: an unknown escape, one of JSON's"),
    (#""\ud83d""#, "2: half a character, both halves"),
    (#""\ud83d\u0041""#, "2: half a character, both halves"),
    (#""\u00g0""#, "6: \"g\", four hexadecimal digits"),
  ])
  func whatIsRefused(_ text: String, _ message: String) {
    #expect(fault(text) == message)
  }

  @Test func depthAndBytes() {
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(fault(deep) == "34: lists within lists, at most 32 levels")
    #expect(throws: JSONText.Fault.self) { try JSONText.read([0x22, 0xFF, 0x22]) }
    // More keys than are compared one by one.
    let many = (0..<40).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    #expect(fault("{\(many)}") == "read")
    #expect(fault("{\(many),\"k3\":1}").hasSuffix("the key \"k3\" more than once, each key once"))
  }
}
