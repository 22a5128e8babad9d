import BlindRecord
import OpenSSLCrypto

/// Which places the kits of each arm go to, in the order in which they are given out: the secret that
/// answers a scan while packing alone (packing.md, section 4).
///
/// Places 1 to n are the slots, place n + j is spare j. Shows nothing of itself.
public struct PackingTickets: Sendable, CustomStringConvertible, CustomReflectable {
  static let format = "selfblind/packing/v1"
  /// The largest place that the four digits of the sealed file can say.
  package static let mostPlaces = 9_999

  /// By arm in the protocol's order, its places.
  package let places: [[Int]]

  /// Tickets of given places, for the sealing and for tests of packing.
  package init(places: [[Int]]) { self.places = places }

  /// The text of `sealed/packing.age`, whose length follows from the numbers of kits alone.
  package func bytes(trial: String) -> [UInt8] {
    var bytes = Array("\(PackingTickets.format)\ntrial \(trial)\n".utf8)
    for line in places {
      bytes += Array("places".utf8)
      for place in line {
        bytes.append(0x20)
        for divisor in [1000, 100, 10, 1] { bytes.append(0x30 + UInt8(place / divisor % 10)) }
      }
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Reads that text.
  ///
  /// - Returns: `nil` unless it gives every place from 1 on once.
  package init?(text: [UInt8], trial: String) {
    let lines = text.split(separator: 0x0A)
    guard lines.count >= 3, lines[0].elementsEqual(PackingTickets.format.utf8),
      lines[1].elementsEqual("trial \(trial)".utf8)
    else { return nil }
    var places: [[Int]] = []
    for line in lines.dropFirst(2) {
      let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
      guard words[0].elementsEqual("places".utf8) else { return nil }
      var row: [Int] = []
      for word in words.dropFirst() {
        guard word.count == 4, word.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        row.append(word.reduce(0) { 10 * $0 + Int($1 - 0x30) })
      }
      places.append(row)
    }
    let all = places.joined().sorted()
    guard all == Array(1...max(1, all.count)) else { return nil }
    self.places = places
  }

  /// Never the places.
  public var description: String { "PackingTickets(\(places.map(\.count).reduce(0, +)) places)" }
  /// Never the places.
  public var customMirror: Mirror { Mirror(self, children: ["arms": places.count]) }
}
