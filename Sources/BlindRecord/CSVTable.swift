/// A table of text cells read from comma-separated values (RFC 4180), strictly.
///
/// UTF-8, with or without a byte order mark; lines end with LF or CRLF; a cell in double quotes
/// may hold commas, line ends and doubled quotes. Every row has as many cells as the header.
package struct CSVTable {
  /// One row and the line on which it begins.
  package struct Row {
    package let line: Int
    package let cells: [String]
  }

  /// The file's name, for the faults.
  package let file: String
  /// The first row.
  package let header: [String]
  /// The rows below it; lines without any character are passed over.
  package let rows: [Row]

  /// Reads the table.
  ///
  /// - Throws: `RecordFault` for bytes that are not UTF-8, a stray or unclosed quote, an empty
  ///   file, a column without or with another's name, an invisible character in one, a row of
  ///   another width.
  package init(
    bytes: [UInt8], file: String, separator: UInt8 = UInt8(ascii: ",")
  ) throws(RecordFault) {
    var reader = CSVReader(bytes: bytes, file: file, separator: separator)
    let all = try reader.rows()
    guard let head = all.first else {
      throw RecordFault(file, 1, found: "nothing", expected: "a header line")
    }
    var names: [String] = []
    for name in head.cells.map(trimmed) {
      guard !name.isEmpty, !names.contains(name) else {
        throw RecordFault(
          file, head.line,
          found: name.isEmpty ? "a column without a name" : "the column \(quoted(name)) twice",
          expected: "one name for each column")
      }
      // Faults show the columns' names, so none may break a line or steer a terminal.
      guard !name.unicodeScalars.contains(where: isInvisible) else {
        throw RecordFault(
          file, head.line, found: "the column \(quoted(name)) with an invisible character",
          expected: "names of visible characters on one line")
      }
      names.append(name)
    }
    for row in all.dropFirst() where row.cells.count != names.count {
      throw RecordFault(
        file, row.line, found: counted(row.cells.count, "cell"),
        expected: "\(names.count), as in the header")
    }
    self.file = file
    self.header = names
    self.rows = Array(all.dropFirst())
  }

  /// Whether the header is divided by semicolons, as where the comma is the decimal sign.
  package static func hasSemicolons(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix { $0 != 0x0A }
    return head.contains(UInt8(ascii: ";")) && !head.contains(UInt8(ascii: ","))
  }
}

/// "1 cell", "2 cells".
package func counted(_ number: Int, _ word: String) -> String {
  "\(number) \(word)\(number == 1 ? "" : "s")"
}

/// The text without spaces and tabs at its ends.
package func trimmed(_ text: String) -> String {
  var rest = Substring(text)
  while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
  while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
  return String(rest)
}

/// Walks the bytes once.
private struct CSVReader {
  private let bytes: [UInt8]
  private let file: String
  private let separator: UInt8
  private var place = 0
  private var line = 1

  init(bytes: [UInt8], file: String, separator: UInt8) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.file = file
    self.separator = separator
  }

  mutating func rows() throws(RecordFault) -> [CSVTable.Row] {
    var rows: [CSVTable.Row] = []
    while place < bytes.count {
      let start = line
      var cells = [try cell()]
      while place < bytes.count, bytes[place] == separator {
        place += 1
        cells.append(try cell())
      }
      try endLine()
      if cells != [""] { rows.append(CSVTable.Row(line: start, cells: cells)) }
    }
    return rows
  }

  /// Steps over LF or CRLF.
  private mutating func endLine() throws(RecordFault) {
    guard place < bytes.count else { return }
    if bytes[place] == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A { place += 1 }
    guard bytes[place] == 0x0A else {
      throw RecordFault(
        file, line, found: "text after a closing quote", expected: "a comma or the line's end")
    }
    place += 1
    line += 1
  }

  private mutating func cell() throws(RecordFault) -> String {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return try plainCell() }
    let start = line
    place += 1
    var content: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        guard place < bytes.count, bytes[place] == byte else { return try text(content, start) }
        place += 1
      }
      if byte == 0x0A { line += 1 }
      content.append(byte)
    }
    throw RecordFault(file, start, found: "a quote that is never closed", expected: "its end")
  }

  private mutating func plainCell() throws(RecordFault) -> String {
    let start = place
    while place < bytes.count, bytes[place] != separator, bytes[place] != 0x0A {
      if bytes[place] == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A { break }
      guard bytes[place] != UInt8(ascii: "\"") else {
        throw RecordFault(
          file, line, found: "a quote inside a cell",
          expected: "the whole cell in quotes, its own quotes doubled")
      }
      place += 1
    }
    return try text(Array(bytes[start..<place]), line)
  }

  private func text(_ content: [UInt8], _ line: Int) throws(RecordFault) -> String {
    guard let text = String(validating: content, as: UTF8.self), !content.contains(0) else {
      throw RecordFault(
        file, line, found: "bytes that are not UTF-8 text", expected: "a text file in UTF-8")
    }
    return text
  }
}
