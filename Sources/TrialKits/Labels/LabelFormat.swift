/// A sheet of labels that can be bought, or a plain sheet that is cut, by its printed dimensions.
///
/// All lengths are micrometres, so that no sheet depends on rounding. The named products are measured
/// by what their makers print on the packet: size and count of the labels, gaps between the columns,
/// and a sheet whose margins are equal on both sides. Compatible sheets of other brands carry the same
/// numbers.
public struct LabelFormat: Hashable, Sendable {
  /// A size of paper.
  public enum Paper: String, Hashable, Sendable {
    /// 210 mm by 297 mm (ISO 216).
    case a4 = "A4"
    /// 8.5 by 11 inches.
    case letter = "Letter"

    /// Micrometres from the left to the right edge.
    public var width: Int { self == .a4 ? 210_000 : 215_900 }
    /// Micrometres from the upper to the lower edge.
    public var height: Int { self == .a4 ? 297_000 : 279_400 }
  }

  /// The name by which it is chosen: the number on the packet, or `a4` and `letter` for plain paper.
  public let name: String
  /// The paper.
  public let paper: Paper
  /// Labels side by side.
  public let columns: Int
  /// Labels below each other.
  public let rows: Int
  /// The width of one label, in micrometres.
  public let width: Int
  /// The height of one label, in micrometres.
  public let height: Int
  /// From one label's left edge to the next one's, in micrometres.
  public let step: Int
  /// Whether the sheet is plain paper, so that lines to cut along are printed.
  public let isCut: Bool

  init(
    _ name: String, _ paper: Paper, columns: Int, rows: Int, width: Int, height: Int, gap: Int,
    isCut: Bool = false
  ) {
    self.name = name
    self.paper = paper
    self.columns = columns
    self.rows = rows
    self.width = width
    self.height = height
    self.step = width + gap
    self.isCut = isCut
  }

  /// Every known sheet: five of A4 and three of Letter, the two plain ones last.
  public static let all: [LabelFormat] = [
    LabelFormat("L7160", .a4, columns: 3, rows: 7, width: 63_500, height: 38_100, gap: 2_500),
    LabelFormat("L7651", .a4, columns: 5, rows: 13, width: 38_100, height: 21_200, gap: 2_500),
    LabelFormat("L4732", .a4, columns: 5, rows: 16, width: 35_600, height: 16_900, gap: 2_500),
    LabelFormat("L4731", .a4, columns: 7, rows: 27, width: 25_400, height: 10_000, gap: 2_500),
    LabelFormat("5160", .letter, columns: 3, rows: 10, width: 66_675, height: 25_400, gap: 3_175),
    LabelFormat("5167", .letter, columns: 4, rows: 20, width: 44_450, height: 12_700, gap: 7_938),
    LabelFormat(
      "a4", .a4, columns: 5, rows: 11, width: 36_000, height: 24_000, gap: 0, isCut: true),
    LabelFormat(
      "letter", .letter, columns: 5, rows: 10, width: 36_000, height: 24_000, gap: 0, isCut: true),
  ]

  /// The sheet of a name, in capital or small letters, with or without a brand before it.
  ///
  /// - Throws: `LabelError.unknownFormat`.
  public init(named name: String) throws(LabelError) {
    let last = name.split(separator: " ").last.map { $0.lowercased() }
    guard let known = LabelFormat.all.first(where: { $0.name.lowercased() == last }) else {
      throw .unknownFormat(name)
    }
    self = known
  }

  /// Labels on one sheet.
  public var count: Int { columns * rows }

  /// The left edge of the first column, in micrometres.
  public var left: Int { (paper.width - (columns - 1) * step - width) / 2 }

  /// The upper edge of the first row, in micrometres; rows touch each other.
  public var top: Int { (paper.height - rows * height) / 2 }

  /// The upper left corner of the label of a place, in micrometres.
  ///
  /// - Parameter place: counts along the rows, from 0.
  /// - Precondition: `place` in `0..<count`.
  public func corner(of place: Int) -> (x: Int, y: Int) {
    (left + place % columns * step, top + place / columns * height)
  }

  /// One line for a list to choose from.
  public var summary: String {
    "\(name): \(paper.rawValue), \(count) labels of \(LabelFormat.decimal(width, 1_000)) × "
      + "\(LabelFormat.decimal(height, 1_000)) mm" + (isCut ? ", plain paper to be cut" : "")
  }

  /// An integer over a power of ten, in the fewest digits.
  static func decimal(_ value: Int, _ scale: Int) -> String {
    let (whole, rest) = abs(value).quotientAndRemainder(dividingBy: scale)
    var digits = ""
    var (unit, left) = (scale / 10, rest)
    while left > 0 {
      digits += String(left / unit)
      left %= unit
      unit /= 10
    }
    return (value < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : "." + digits)
  }
}
