import Foundation

/// What a form sent: its fields, and the bytes of one file.
///
/// The two encodings of the HTML standard: `application/x-www-form-urlencoded`, and
/// `multipart/form-data` (RFC 7578). A field that comes twice, a part without a name, a second file and
/// anything after the end are refused.
package struct FormBody: Sendable, Equatable {
  /// The name of the field that every form must carry.
  package static let tokenName = "form-token"
  /// The most fields that a form has.
  static let mostFields = 400
  /// The longest head of a part, in bytes.
  static let longestHead = 2_000

  /// The values by name.
  package private(set) var fields: [String: String] = [:]
  /// The file's bytes; empty where none was chosen, `nil` where the form has no file.
  package private(set) var file: [UInt8]?
  /// Bytes of the file that were too many to be kept.
  package private(set) var leftOut = 0

  /// Reads a body.
  ///
  /// - Parameter contentType: the header, with the boundary where it is multipart.
  /// - Throws: `FormError.malformed`.
  package init(_ body: [UInt8], contentType: String) throws(FormError) {
    try read(body, contentType, gap: nil)
  }

  /// Reads what was kept of a body.
  ///
  /// - Parameter gap: what is missing of it. Only a file may have one: of a field a part would be taken for the whole.
  /// - Throws: `FormError.malformed`; `.tooLarge` where something is missing outside of a file.
  init(_ body: [UInt8], contentType: String, gap: KeptBody.Gap?) throws(FormError) {
    do throws(FormError) { try read(body, contentType, gap: gap) } catch {
      throw gap == nil ? error : .tooLarge
    }
    guard leftOut == gap?.count ?? 0 else { throw .tooLarge }
  }

  private mutating func read(
    _ body: [UInt8], _ contentType: String, gap: KeptBody.Gap?
  ) throws(FormError) {
    let parts = contentType.split(separator: ";").map { $0.trimmed }
    switch parts.first?.lowercased() {
    case "application/x-www-form-urlencoded": try readPairs(body)
    case "multipart/form-data":
      let boundaries = parts.dropFirst().compactMap { part -> String? in
        guard part.lowercased().hasPrefix("boundary=") else { return nil }
        return part.dropFirst("boundary=".count).trimming("\"")
      }
      guard boundaries.count == 1, let boundary = boundaries.first,
        (1...70).contains(boundary.utf8.count)
      else { throw .malformed }
      try readParts(body, boundary: boundary, gap: gap)
    default: throw .malformed
    }
  }

  /// Reads the query of an address.
  ///
  /// - Throws: `FormError.malformed`.
  package init(query: String) throws(FormError) { try readPairs(Array(query.utf8)) }

  private mutating func set(_ name: String, _ value: String) throws(FormError) {
    guard !name.isEmpty, fields[name] == nil, fields.count < FormBody.mostFields else {
      throw .malformed
    }
    fields[name] = value
  }

  // MARK: application/x-www-form-urlencoded

  private mutating func readPairs(_ body: [UInt8]) throws(FormError) {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let sides = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = FormBody.decoded(sides[0]),
        let value = FormBody.decoded(sides.count == 2 ? sides[1] : [])
      else { throw .malformed }
      try set(name, value)
    }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var output: [UInt8] = []
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "+") {
        output.append(0x20)
      } else if byte == UInt8(ascii: "%") {
        guard place + 1 < bytes.endIndex,
          let value = UInt8(String(decoding: bytes[place...place + 1], as: UTF8.self), radix: 16)
        else { return nil }
        output.append(value)
        place += 2
      } else {
        output.append(byte)
      }
    }
    return String(validating: output, as: UTF8.self)
  }

  // MARK: multipart/form-data

  private mutating func readParts(
    _ body: [UInt8], boundary: String, gap: KeptBody.Gap?
  ) throws(FormError) {
    let delimiter = Array("\r\n--\(boundary)".utf8)
    guard body.starts(with: delimiter.dropFirst(2)) else { throw .malformed }
    var place = delimiter.count - 2
    while true {
      // Behind a delimiter: `--` ends the form, a line break begins a part.
      let rest = body.dropFirst(place)
      if rest.elementsEqual("--\r\n".utf8) || rest.elementsEqual("--".utf8) { return }
      guard rest.starts(with: "\r\n".utf8) else { throw .malformed }
      let start = place + 2
      guard
        let headEnd = FormBody.find(
          Array("\r\n\r\n".utf8), in: body, from: start, within: FormBody.longestHead),
        let end = FormBody.find(delimiter, in: body, from: headEnd + 2, within: body.count)
      else { throw .malformed }
      let content = end < headEnd + 4 ? [] : body[(headEnd + 4)..<end]
      let hadFile = file != nil
      try readPart(head: body[start..<headEnd], content: content)
      if let gap, !hadFile, file != nil, content.startIndex <= gap.place,
        gap.place <= content.endIndex
      {
        leftOut = gap.count
      }
      place = end + delimiter.count
    }
  }

  private mutating func readPart(
    head: ArraySlice<UInt8>, content: ArraySlice<UInt8>
  ) throws(FormError) {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let key = "content-disposition:"
    guard let line = lines.first(where: { $0.lowercased().hasPrefix(key) }) else {
      throw .malformed
    }
    let words = line.dropFirst(key.count).split(separator: ";").map { $0.trimmed }
    // A file's name is not read: nothing here is stored under it.
    let isFile = words.contains { $0.hasPrefix("filename=") || $0.hasPrefix("filename*=") }
    guard words.first == "form-data",
      let name = words.first(where: { $0.hasPrefix("name=") })?.dropFirst(5).trimming("\"")
    else { throw .malformed }
    if isFile {
      guard file == nil else { throw .malformed }
      file = Array(content)
    } else {
      guard let value = String(validating: content, as: UTF8.self) else { throw .malformed }
      try set(name, value)
    }
  }

  /// Where a pattern begins, at or after a place; its first byte must be rare enough for `memchr`.
  private static func find(
    _ pattern: [UInt8], in body: [UInt8], from start: Int, within: Int
  ) -> Int? {
    body.withUnsafeBytes { body -> Int? in
      guard let base = body.baseAddress else { return nil }
      var place = start
      let end = min(body.count - pattern.count, start + within)
      while place <= end {
        guard let hit = memchr(base + place, Int32(pattern[0]), end - place + 1) else { return nil }
        place = base.distance(to: UnsafeRawPointer(hit))
        if memcmp(base + place, pattern, pattern.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}

extension StringProtocol {
  /// Without blanks and tabs at both ends.
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }

  /// Without one sign at each end.
  func trimming(_ sign: Character) -> String {
    var text = Substring(self)
    if text.first == sign { text = text.dropFirst() }
    if text.last == sign { text = text.dropLast() }
    return String(text)
  }
}
