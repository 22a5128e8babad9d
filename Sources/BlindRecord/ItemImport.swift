/// Which columns of a file of measurements an item's answers stand in.
///
/// At the check-in the item is recorded as skipped; the file's value is a correction of that, so the record
/// says when and from where it came.
public struct ItemImport: Hashable, Sendable, Codable {
  /// The column of the day.
  public let day: String
  /// The column of the value.
  public let value: String

  /// The reason of the skip until there is a value.
  package static let reason = "to be imported"

  /// How the reason of a correction begins that an import made.
  package static let origin = "imported from "

  /// Names the columns.
  public init(day: String, value: String) {
    self.day = day
    self.value = value
  }
}
