/// Which columns of a file of measurements an item's answers stand in.
///
/// At the check-in the item is recorded as skipped; the file's value is a correction of that, so the record
/// says when and from where it came.
public struct ItemImport: Hashable, Sendable, Codable {
  /// The column of the day.
  public let day: String
  /// The column of the value.
  public let value: String
  /// How many days before the file's day the slot is that a value belongs to: 1 for nights that a device
  /// dates by their morning, since a night follows the dose of the day before.
  public let daysBack: Int

  /// How many days back there may be.
  public static let mostDaysBack = 7

  /// The reason of the skip until there is a value.
  package static let reason = "to be imported"

  /// How the reason of a correction begins that an import made.
  package static let origin = "imported from "

  /// Names the columns.
  ///
  /// - Parameter daysBack: 0 to ``mostDaysBack``.
  public init(day: String, value: String, daysBack: Int = 0) {
    self.day = day
    self.value = value
    self.daysBack = daysBack
  }

  private enum CodingKeys: CodingKey { case day, value, daysBack }

  /// Reads the columns; days back that are not there are none.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    day = try fields.decode(String.self, forKey: .day)
    value = try fields.decode(String.self, forKey: .value)
    daysBack = try fields.decodeIfPresent(Int.self, forKey: .daysBack) ?? 0
    guard (0...ItemImport.mostDaysBack).contains(daysBack) else {
      throw DecodingError.dataCorruptedError(
        forKey: .daysBack, in: fields, debugDescription: "0 to \(ItemImport.mostDaysBack) days")
    }
  }

  /// Writes the columns, and days back where there are any.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(day, forKey: .day)
    try fields.encode(value, forKey: .value)
    if daysBack > 0 { try fields.encode(daysBack, forKey: .daysBack) }
  }
}
