public import BlindRecord

/// Why labels cannot be made.
public enum LabelError: Refusal, Equatable {
  /// A text that no QR code holds.
  case notEncodable(length: Int)
  /// A sheet of no known format.
  case unknownFormat(String)
  /// A correction of the print by more than there is room on the paper.
  case shiftTooFar(tenths: Int)
  /// What should be a length and is none.
  case noLength(String)
  /// A place that a sheet does not have.
  case noSuchPlace(String, count: Int)

  /// What was found and what was expected.
  public var message: String {
    switch self {
    case .notEncodable(let length):
      "a label: found a text of \(length) bytes, expected 1 to 2000 bytes without a NUL"
    case .unknownFormat(let name):
      "sheet of labels: found \"\(name.prefix(40))\", expected "
        + LabelFormat.all.map(\.name).joined(separator: ", ")
    case .shiftTooFar(let tenths):
      "shift of the print: found \(LabelFormat.decimal(tenths, 10)) mm, expected -5 to 5 mm"
    case .noLength(let text):
      "shift of the print: found \"\(text)\", expected millimetres, such as 1.5"
    case .noSuchPlace(let text, let count):
      "first free label: found \"\(text)\", expected 1 to \(count)"
    }
  }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .notEncodable: nil
    case .unknownFormat: "the name is on the packet; a4 and letter are plain paper, to be cut"
    case .shiftTooFar: "print at 100 %, not fitted to the page, and measure again"
    case .noLength: "to the left and upwards with a minus sign"
    case .noSuchPlace: "labels are counted along the rows, from the upper left one"
    }
  }
}
