/// Reads one JSON text (RFC 8259) strictly: UTF-8, each key once, nothing behind it.
///
/// The general decoders of the platform turn numbers into floating point and take the last of two equal
/// keys; a line of a trial must not be read so.
package struct JSONText {
  /// Why a text cannot be read: the byte, counted from 1, what was found there and what was expected.
  package struct Fault: Error, Equatable {
    /// The byte, counted from 1.
    package let column: Int
    /// What was found.
    package let found: String
    /// What was expected.
    package let expected: String
  }

  /// How deep lists and objects may stand in each other.
  package static let deepest = 32

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  /// The value of a text.
  package static func read(_ bytes: [UInt8]) throws(Fault) -> JSONNode {
    try bytes.withUnsafeBufferPointer { buffer throws(Fault) in
      var reader = JSONText(bytes: buffer)
      reader.skipBlanks()
      let value = try reader.value(depth: 0)
      reader.skipBlanks()
      guard reader.place == buffer.count else {
        throw reader.fault(expected: "nothing behind the value")
      }
      return value
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func fault(at place: Int? = nil, found: String? = nil, expected: String) -> Fault {
    let there = place ?? self.place
    let what: String
    if there >= bytes.count {
      what = "the end of the line"
    } else {
      let byte = bytes[there]
      what =
        (0x21...0x7E).contains(byte)
        ? "\"\(Character(Unicode.Scalar(byte)))\"" : "the byte \(byte)"
    }
    return Fault(column: there + 1, found: found ?? what, expected: expected)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      place += 1
    }
  }

  private mutating func value(depth: Int) throws(Fault) -> JSONNode {
    guard depth <= JSONText.deepest else {
      throw fault(found: "lists within lists", expected: "at most \(JSONText.deepest) levels")
    }
    let start = place
    let kind: JSONNode.Kind
    switch next {
    case UInt8(ascii: "{"): kind = try object(depth)
    case UInt8(ascii: "["): kind = try list(depth)
    case UInt8(ascii: "\""): kind = .text(try text())
    case UInt8(ascii: "t"): kind = try word("true", .flag(true))
    case UInt8(ascii: "f"): kind = try word("false", .flag(false))
    case UInt8(ascii: "n"): kind = try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
      kind = try number()
    default: throw fault(expected: "a JSON value")
    }
    return JSONNode(kind: kind, bytes: start..<place)
  }

  private mutating func word(_ word: StaticString, _ kind: JSONNode.Kind) throws(Fault)
    -> JSONNode.Kind
  {
    for offset in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[offset] else {
        throw fault(expected: "\(word)")
      }
      place += 1
    }
    return kind
  }

  private mutating func number() throws(Fault) -> JSONNode.Kind {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    let first = next
    let whole = digits()
    guard whole > 0 else { throw fault(expected: "a digit") }
    guard whole == 1 || first != UInt8(ascii: "0") else {
      throw fault(
        at: start, found: "a number with 0 in front", expected: "a number without")
    }
    if next == UInt8(ascii: ".") {
      place += 1
      guard digits() > 0 else { throw fault(expected: "a digit") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      guard digits() > 0 else { throw fault(expected: "a digit") }
    }
    return .number(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    return place - start
  }

  private mutating func list(_ depth: Int) throws(Fault) -> JSONNode.Kind {
    place += 1
    var elements: [JSONNode] = []
    skipBlanks()
    if next == UInt8(ascii: "]") {
      place += 1
      return .list([])
    }
    while true {
      skipBlanks()
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if next == UInt8(ascii: "]") {
        place += 1
        return .list(elements)
      }
      guard next == UInt8(ascii: ",") else { throw fault(expected: "a comma or ]") }
      place += 1
    }
  }

  private mutating func object(_ depth: Int) throws(Fault) -> JSONNode.Kind {
    place += 1
    var entries: [(key: String, value: JSONNode)] = []
    // Most objects have few keys: comparing them costs less than hashing.
    var keys: Set<String>?
    skipBlanks()
    if next == UInt8(ascii: "}") {
      place += 1
      return .object([])
    }
    while true {
      skipBlanks()
      let start = place
      guard next == UInt8(ascii: "\"") else { throw fault(expected: "a key between quotes") }
      let key = try text()
      if entries.count == 16 { keys = Set(entries.map(\.key)) }
      guard keys?.insert(key).inserted ?? !entries.contains(where: { $0.key == key }) else {
        throw fault(
          at: start, found: "the key \(quoted(key)) more than once", expected: "each key once")
      }
      skipBlanks()
      guard next == UInt8(ascii: ":") else { throw fault(expected: "a colon") }
      place += 1
      skipBlanks()
      entries.append((key, try value(depth: depth + 1)))
      skipBlanks()
      if next == UInt8(ascii: "}") {
        place += 1
        return .object(entries)
      }
      guard next == UInt8(ascii: ",") else { throw fault(expected: "a comma or }") }
      place += 1
    }
  }

  private mutating func text() throws(Fault) -> String {
    place += 1
    let start = place
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      place += 1
    }
    // Most texts have nothing escaped and are taken as they are.
    if next == UInt8(ascii: "\"") {
      defer { place += 1 }
      return try utf8(bytes[start..<place], at: start)
    }
    var unescaped = Array(bytes[start..<place])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return try unescaped.withUnsafeBufferPointer { buffer throws(Fault) in
          try utf8(buffer[...], at: start)
        }
      case UInt8(ascii: "\\"): unescaped += Array(String(try escape()).utf8)
      case 0..<0x20:
        throw fault(expected: "no control character in a text")
      default:
        unescaped.append(byte)
        place += 1
      }
    }
    throw fault(expected: "a quote that ends the text")
  }

  private func utf8(_ slice: Slice<UnsafeBufferPointer<UInt8>>, at start: Int) throws(Fault)
    -> String
  {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw fault(at: start, found: "bytes that are not UTF-8", expected: "text in UTF-8")
    }
    return text
  }

  private mutating func escape() throws(Fault) -> Unicode.Scalar {
    let start = place
    place += 1
    guard let byte = next else { throw fault(expected: "a character behind \\") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw fault(at: start, found: "an unknown escape", expected: "one of JSON's")
    }
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
    // Beyond the basic plane two of them stand for one character.
    guard (0xD800..<0xDC00).contains(unit), next == UInt8(ascii: "\\") else {
      throw fault(at: start, found: "half a character", expected: "both halves")
    }
    place += 1
    guard next == UInt8(ascii: "u") else {
      throw fault(at: start, found: "half a character", expected: "both halves")
    }
    place += 1
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw fault(at: start, found: "half a character", expected: "both halves") }
    return scalar
  }

  private mutating func hexadecimal() throws(Fault) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
        byte < 0x80
      else { throw fault(expected: "four hexadecimal digits") }
      value = value << 4 | UInt16(digit)
      place += 1
    }
    return value
  }
}
