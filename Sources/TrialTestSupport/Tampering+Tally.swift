import BlindRecord
import TrialArchive

extension Tampering {
  /// One change: a file, and where in it.
  public struct Change: Sendable, CustomStringConvertible {
    /// The changed file.
    public let name: String
    /// How it was changed.
    public let kind: Kind
    /// The byte or line, from 0.
    public let place: Int

    /// Names a change.
    public init(name: String, kind: Kind, place: Int) {
      self.name = name
      self.kind = kind
      self.place = place
    }

    /// "report.md: a line dropped at 17".
    public var description: String { "\(name): \(kind.rawValue) at \(place)" }
  }

  /// What was said of the changed places of one file.
  public struct Tally: Sendable {
    /// How many changes were made.
    public var tried = 0
    /// How many each check was the first to find.
    public var found: [String: Int] = [:]
    /// Changes that no check found.
    public var missed: [Change] = []
    /// Changes that were found in words that do not say what is wrong.
    public var unnamed: [Change] = []
  }

  /// Tries places of a file, one in every `step`, with every kind of change.
  ///
  /// - Parameter first: the first place; so that several can divide a file among them.
  public func tally(_ name: String, step: Int, from first: Int, sums: Sums) throws -> Tally {
    var tally = Tally()
    for kind in Kind.allCases {
      for place in stride(from: first, to: placeCount(name, kind), by: step) {
        guard let bytes = changed(name, kind, at: place) else { continue }
        let verdict = try verdict(name, as: bytes, sums: sums)
        let change = Change(name: name, kind: kind, place: place)
        tally.tried += 1
        guard let check = verdict.checks.first(where: { !$0.ok }) else {
          tally.missed.append(change)
          continue
        }
        tally.found[check.name, default: 0] += 1
        if !names(check.detail) { tally.unnamed.append(change) }
      }
    }
    return tally
  }

  /// Whether a finding is a sentence of this program that names what is wrong.
  ///
  /// One that began as an error of another library, or of the language, has no place in it.
  func names(_ detail: String) -> Bool {
    let places = [
      "journal", "checkpoint", "schedule", "share", "seed", "plan", "kit", "protocol", "slot",
      "witness", "beacon", "custody", "commitment",
    ]
    let isOurs = detail.first.map { $0.isLowercase || $0.isNumber || $0 == "S" } ?? false
    return isOurs && !detail.contains("Error") && !detail.contains("Optional(")
      && detail.split(separator: " ").count >= 4
      && (files.keys.contains { detail.contains($0) } || places.contains { detail.contains($0) })
  }

  /// Whether nothing in a folder fixes a place: what folder.md, section 3, lists as open when
  /// somebody changes one file and makes the sums anew.
  ///
  /// The files of a sealing that was begun and not finished, and the version that a report names as
  /// its writer: of another version's report only the numbers are compared.
  ///
  /// The offset and the zone of the opening's time, whose instant the report repeats.
  ///
  /// Of an authority's answer, and of a request that waits for one: what changes no word of the
  /// transcript (witness.md, section 3).
  public func isOpen(_ change: Change) throws -> Bool {
    if change.name.hasPrefix("abandoned-") { return true }
    if change.name == TrialFolder.Name.unblinding { return isPlaceOfOpening(change) }
    let isWaiting =
      change.name.hasSuffix(".tsq") && files[String(change.name.dropLast()) + "r"] == nil
    if change.name.hasSuffix(".tsr") || isWaiting {
      guard let bytes = changed(change.name, change.kind, at: change.place) else { return false }
      return try verdict(change.name, as: bytes, sums: .madeAnew).transcript
        == folder.verify().transcript
    }
    guard change.name == ReportFile.json.rawValue, let bytes = files[change.name],
      [.flippedBit, .otherCharacter].contains(change.kind)
    else { return false }
    let writer = Array(ProgramVersion.text.utf8)
    return bytes.indices.contains { start in
      (start..<(start + writer.count)).contains(change.place)
        && bytes[start...].starts(with: writer)
    }
  }

  /// Whether a changed byte is one of the offset or of the zone in which the opening's time is told.
  private func isPlaceOfOpening(_ change: Change) -> Bool {
    guard let bytes = files[change.name], [.flippedBit, .otherCharacter].contains(change.kind),
      let opening = bytes.firstRange(of: Array("\"openedAt\":{".utf8))
    else { return false }
    return ["\"offset\":", "\"zone\":"].contains { name in
      let rest = bytes[opening.upperBound...]
      guard let field = rest.firstRange(of: Array(name.utf8)) else { return false }
      let value = bytes[field.upperBound...].prefix { $0 != 0x2C && $0 != 0x7D }
      return value.indices.contains(change.place)
    }
  }
}
