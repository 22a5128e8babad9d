import FoundationEssentials

/// The JSON of committed objects: what is committed is always the stored bytes.
///
/// Written with sorted keys, without blanks and without escaped slashes; holds integers, strings and
/// booleans only. A reader must hash the bytes it was given, never a re-encoding.
public enum CommittedJSON {
  /// The bytes of a value, ended by a line feed when `endsLine`.
  ///
  /// - Throws: what the value's `encode(to:)` throws.
  public static func encode(_ value: some Encodable, endsLine: Bool = false) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + (endsLine ? [0x0A] : [])
  }

  /// Reads a value back, and takes only the one spelling in which it is written.
  ///
  /// A key more, another order, a blank or another form of a number is refused, so that one content
  /// has one digest.
  ///
  /// - Parameters:
  ///   - place: the file or field, for the error.
  ///   - endsLine: whether the bytes end with a line feed.
  /// - Throws: `FormatError` in one sentence, whatever was wrong.
  public static func decode<Value: Codable>(
    _ type: Value.Type, from bytes: [UInt8], place: String, endsLine: Bool = false
  ) throws(FormatError) -> Value {
    let value = try peek(type, at: bytes, place: place)
    guard let spelling = try? encode(value, endsLine: endsLine), spelling == bytes else {
      throw FormatError(
        place, found: "another spelling of its content",
        expected: "sorted keys without blanks, and no key more")
    }
    return value
  }

  /// Reads only what `type` names of a value: a format line, before the rest is looked at.
  static func peek<Value: Decodable>(
    _ type: Value.Type, at bytes: [UInt8], place: String
  ) throws(FormatError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as FormatError {
      throw FormatError(
        place, found: "\(error.found) as \(error.place)", expected: error.expected)
    } catch let error as DecodingError {
      throw FormatError(place, found: explain(error), expected: "the fields of its format")
    } catch {
      throw FormatError(place, found: "bytes that are not JSON", expected: "JSON in UTF-8")
    }
  }

  /// A decoding error without the decoder's own prose.
  private static func explain(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = (context.codingPath + (last.map { [$0] } ?? [])).map {
        $0.intValue.map { "[\($0)]" } ?? $0.stringValue
      }
      return keys.isEmpty ? "the whole" : keys.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): return "no field \"\(path(context, key))\""
    case .typeMismatch(_, let context): return "another type at \"\(path(context))\""
    case .valueNotFound(_, let context): return "null at \"\(path(context))\""
    case .dataCorrupted(let context): return "unreadable bytes at \"\(path(context))\""
    @unknown default: return "unreadable bytes"
    }
  }
}
