import BlindRecord
import Foundation
import TrialSeal

/// What verification says of the draw and of the keys, in words.
enum CustodyStatement {
  /// Which public value took part, and whether drawing again is excluded.
  static func mixing(of trial: SealedTrial) -> String {
    draw(of: trial) + clock(of: trial.committed)
  }

  /// Whether the time of the commitment was given by hand.
  private static func clock(of seal: CommittedSeal) -> String {
    seal.commitment.clock == nil ? "" : "; the time of the commitment was set by hand"
  }

  private static func draw(of trial: SealedTrial) -> String {
    let line = trial.committed.line
    switch (trial.committed.commitment.mixing, trial.publicValue) {
    case (.string, .string(let text)):
      return
        "the witness's value \"\(text)\" took part in the draw: re-drawing is excluded if they "
        + "confirm that they chose it after they had seen \"\(line)\""
    case (.beacon(let rule), .pulse):
      return "the pulse of the rule \"\(rule.text)\" took part in the draw, its signature holds: "
        + "re-drawing is excluded if somebody confirms that they saw \"\(line)\" before that instant"
    default:
      return "\"\(line)\"; no public value took part: re-drawing is not excluded"
    }
  }

  /// What a sealing promises whose draw is still to come.
  static func promise(of seal: CommittedSeal) -> String {
    let wait =
      switch seal.commitment.mixing {
      case .none: "no public value will take part"
      case .string: "waits for the word of a witness who has seen this line"
      case .beacon(let rule): "waits for the pulse of the rule \"\(rule.text)\""
      }
    return "\"\(seal.line)\"; \(wait)" + clock(of: seal)
  }

  /// Who can open the seal, and which of them was seen to open a decoy, on which day.
  ///
  /// - Parameter entries: those of the journal; `nil` where it cannot be read.
  static func custody(of seal: CommittedSeal, entries: [JournalEntry]?) -> String {
    var parts = [kind(of: seal), second(of: seal)]
    guard let entries else {
      return (parts + ["who rehearsed is not known: the journal does not verify"])
        .joined(separator: "; ")
    }
    let holders = seal.holders
    let first = entries.firstIndex { if case .checkIn = $0.event { true } else { false } }
    var seen: [(holder: KeyHolder, entry: Int, said: String)] = []
    for (place, entry) in entries.enumerated() {
      if case .rehearsal(let holder) = entry.event, holders.contains(holder),
        !seen.contains(where: { $0.holder == holder })
      {
        seen.append((holder, place, "\(holder.name) (\(entry.moment.day))"))
      }
    }
    let early = seen.filter { $0.entry < first ?? Int.max }.map(\.said)
    let late = seen.filter { $0.entry >= first ?? Int.max }.map(\.said)
    let never = holders.filter { holder in !seen.contains { $0.holder == holder } }.map(\.name)
    if !early.isEmpty { parts.append("rehearsed: \(early.joined(separator: ", "))") }
    if !late.isEmpty {
      parts.append("rehearsed after the first check-in: \(late.joined(separator: ", "))")
    }
    if !never.isEmpty { parts.append("never rehearsed: \(never.joined(separator: ", "))") }
    return parts.joined(separator: "; ")
  }

  /// Who packed, and who has the kit list; `nil` where neither the protocol nor the record says so.
  static func packing(of manifest: Manifest, entries: [JournalEntry]) -> String? {
    let lists = entries.compactMap { entry -> KitListNote? in
      if case .kitList(let note) = entry.event { note } else { nil }
    }
    if let first = lists.first {
      let confirmed = lists.filter(\.confirmed).map(\.to)
      return "the kit list was for \(first.to)"
        + (confirmed.isEmpty
          ? ", unconfirmed" : ", confirmed by \(confirmed.joined(separator: ", "))")
    }
    guard manifest.packing?.isAlone == true else { return nil }
    let isPacked = entries.havePackedKits
    return isPacked
      ? "packed by the participant alone, who could have asked the key meanwhile"
      : "to be packed by the participant alone"
  }

  private static func kind(of seal: CommittedSeal) -> String {
    let terms = seal.commitment.custody
    switch terms.kind {
    case .threshold:
      return "threshold, any \(terms.needed ?? 0) of \(terms.helpers?.count ?? 0) helpers"
    case .timelock:
      guard let puzzle = seal.puzzle else { return "timelock" }
      return "timelock, \(puzzle.squarings) squarings modulo 2048 bits, which take "
        + "\(duration(puzzle.seconds)) on the computer it was made on; the fastest machine known is "
        + "\(puzzle.fasterMachines) times as fast"
    default: return terms.kind.rawValue
    }
  }

  private static func second(of seal: CommittedSeal) -> String {
    switch seal.commitment.custody.second {
    case .clinician: "second key: a clinician's"
    case .page: "second key: on paper"
    case .none: "no second key"
    }
  }

  /// "3 hours", "20 minutes", "5 seconds".
  static func duration(_ seconds: Int) -> String {
    let (count, unit) =
      seconds >= 7200
      ? ((seconds + 1800) / 3600, "hour")
      : seconds >= 120 ? (seconds / 60, "minute") : (seconds, "second")
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
