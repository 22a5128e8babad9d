/// An instant in UTC together with the zone in which it was lived.
///
/// The day a rating belongs to is derived, never typed: it is the calendar day of `seconds` shifted
/// by `offset`. Both are kept, so that travel, summer time and entries after midnight can be
/// re-derived by anyone, without a zone database.
public struct Moment: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
  public let seconds: Int
  /// The zone's name, such as `Europe/Berlin`, or `UTC`.
  public let zone: String
  /// Seconds east of UTC that the zone kept at this instant.
  public let offset: Int

  /// An instant in a zone whose offset at that instant is known.
  public init(seconds: Int, zone: String, offset: Int) {
    self.seconds = seconds
    self.zone = zone
    self.offset = offset
  }

  /// The calendar day where the person was.
  public var day: CalendarDay {
    let local = seconds + offset
    return CalendarDay(ordinal: (local >= 0 ? local : local - 86_399) / 86_400)
  }

  /// The instant as `YYYY-MM-DDTHH:MM:SSZ`, in UTC.
  public var utc: String { Moment.text(seconds) + "Z" }

  /// The local time of day as `HH:MM`.
  public var localTime: String {
    let ofDay = (((seconds + offset) % 86_400) + 86_400) % 86_400
    return "\(padded(ofDay / 3600, 2)):\(padded(ofDay / 60 % 60, 2))"
  }

  /// Parses `YYYY-MM-DDTHH:MM:SSZ`, or the same with an offset `+HH:MM` or `-HH:MM`.
  ///
  /// - Returns: seconds since 1970 and the offset in seconds, or `nil` for any other text.
  public static func parse(_ text: String) -> (seconds: Int, offset: Int)? {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 || bytes.count == 25, bytes[10] == UInt8(ascii: "T"),
      let day = CalendarDay(String(decoding: bytes[0..<10], as: UTF8.self)),
      let time = clock(bytes[11..<19], separators: [2, 5]),
      time[0] < 24, time[1] < 60, time[2] < 60
    else { return nil }
    var offset = 0
    if bytes.count == 20 {
      guard bytes[19] == UInt8(ascii: "Z") else { return nil }
    } else {
      guard let shift = clock(bytes[20..<25], separators: [2]), shift[0] < 24, shift[1] < 60,
        bytes[19] == UInt8(ascii: "+") || bytes[19] == UInt8(ascii: "-")
      else { return nil }
      offset = (shift[0] * 60 + shift[1]) * 60 * (bytes[19] == UInt8(ascii: "+") ? 1 : -1)
    }
    let ofDay = (time[0] * 60 + time[1]) * 60 + time[2]
    return (day.ordinal * 86_400 + ofDay - offset, offset)
  }

  /// Two-digit fields separated by colons at the given places.
  private static func clock(_ bytes: ArraySlice<UInt8>, separators: Set<Int>) -> [Int]? {
    var fields = [0]
    for (place, byte) in bytes.enumerated() {
      if separators.contains(place) {
        guard byte == UInt8(ascii: ":") else { return nil }
        fields.append(0)
      } else {
        guard (0x30...0x39).contains(byte) else { return nil }
        fields[fields.count - 1] = fields[fields.count - 1] * 10 + Int(byte - 0x30)
      }
    }
    return fields
  }

  private static func text(_ seconds: Int) -> String {
    let ordinal = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let ofDay = seconds - ordinal * 86_400
    return "\(CalendarDay(ordinal: ordinal))T\(padded(ofDay / 3600, 2)):"
      + "\(padded(ofDay / 60 % 60, 2)):\(padded(ofDay % 60, 2))"
  }
}

extension Moment: Codable {
  private enum CodingKeys: String, CodingKey { case instant, zone, offset }

  /// Reads `{"instant": "…Z", "offset": seconds, "zone": name}`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let text = try fields.decode(String.self, forKey: .instant)
    guard let seconds = Moment.parse(text)?.seconds, text.utf8.count == 20 else {
      throw FormatError("instant", found: "\"\(text)\"", expected: "YYYY-MM-DDTHH:MM:SSZ")
    }
    let offset = try fields.decode(Int.self, forKey: .offset)
    guard (-86_399...86_399).contains(offset) else {
      throw FormatError("offset", found: "\(offset) seconds", expected: "less than a day")
    }
    self.init(
      seconds: seconds, zone: try fields.decode(String.self, forKey: .zone), offset: offset)
  }

  /// Writes `{"instant": "…Z", "offset": seconds, "zone": name}`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(utc, forKey: .instant)
    try fields.encode(zone, forKey: .zone)
    try fields.encode(offset, forKey: .offset)
  }
}
