import BlindRecord
import Foundation

/// The answer to one line: a result or an error, one object, ended by a line feed.
package enum LineAnswer {
  /// The bytes of an answer.
  static func bytes(_ answer: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(answer)) + [0x0A]
  }

  /// The bytes of an error line.
  package static func refusal(_ error: any Error, id: String?) -> [UInt8] {
    let fault = LineFault(error)
    let answer = ErrorLine(
      id: id, error: ErrorLine.Fault(message: fault.message, hint: fault.hint))
    return (try? bytes(answer)) ?? Array("{\"error\":{\"message\":\"unknown\"},\"id\":null}\n".utf8)
  }

  /// Whether an answer is an error line.
  package static func isRefusal(_ bytes: [UInt8]) -> Bool {
    // Keys are sorted, so an error line begins with its error.
    bytes.starts(with: Array("{\"error\":".utf8))
  }
}

/// A line that could not be answered.
struct ErrorLine: Encodable {
  struct Fault: Encodable {
    let message: String
    let hint: String?
  }

  let id: String?
  let error: Fault

  private enum CodingKeys: String, CodingKey { case id, error }

  /// Without an identity the key is there and `null`: the answer's place is then all that names it.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(error, forKey: .error)
    try fields.encode(id, forKey: .id)
  }
}
