import Foundation

/// Where the time of an entry comes from.
///
/// The system's clock by default. A set clock serves simulations and the transfer of a paper diary;
/// entries made under it carry that mark, and the report counts them.
public struct WallClock: Sendable {
  /// Whether the time was set by hand instead of read from the system.
  public let isSet: Bool
  private let read: @Sendable () -> Moment

  /// The system's clock, in a named zone.
  ///
  /// - Parameter zone: a zone name such as `Europe/Berlin`; `nil` for the system's own zone.
  /// - Returns: `nil` when the system knows no such zone.
  public static func system(zone: String? = nil) -> WallClock? {
    guard let zone else {
      let current = TimeZone.current
      return WallClock(isSet: false) {
        moment(Int(Date().timeIntervalSince1970), in: current, named: current.identifier)
      }
    }
    guard let named = WallClock.known(zone) else { return nil }
    return WallClock(isSet: false) {
      moment(Int(Date().timeIntervalSince1970), in: named, named: zone)
    }
  }

  /// A clock that stands at one moment.
  public static func set(to moment: Moment) -> WallClock { WallClock(isSet: true) { moment } }

  /// The moment that is now.
  public var now: Moment { read() }

  /// The same instant as `seconds` since 1970, as lived in a named zone.
  ///
  /// - Returns: `nil` when the system knows no such zone.
  public static func moment(seconds: Int, zone: String) -> Moment? {
    known(zone).map { moment(seconds, in: $0, named: zone) }
  }

  /// The zone of a name in letters, digits and the signs of zone names: Foundation reads no further than a
  /// zero byte, and would take the rest along as a part of the name.
  private static func known(_ name: String) -> TimeZone? {
    let isPlain = name.utf8.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x3A || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
        || "/_+-".utf8.contains(byte)
    }
    return isPlain ? TimeZone(identifier: name) : nil
  }

  private init(isSet: Bool, read: @escaping @Sendable () -> Moment) {
    self.isSet = isSet
    self.read = read
  }

  /// The name is kept as it was given: Foundation calls UTC "GMT".
  private static func moment(_ seconds: Int, in zone: TimeZone, named name: String) -> Moment {
    let date = Date(timeIntervalSince1970: Double(seconds))
    return Moment(seconds: seconds, zone: name, offset: zone.secondsFromGMT(for: date))
  }
}
