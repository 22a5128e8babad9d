public import BlindRecord
public import TrialJournal
public import TrialKits

extension TrialFolder {
  /// Plays days of a simulated participant into a journal, as the recorder would be used.
  ///
  /// Entries are made at nine in the evening, or at breakfast of a later day where the body is late,
  /// under a set clock, and are marked so. A missed dose becomes a deviation on its day.
  ///
  /// - Parameters:
  ///   - slots: 1-based numbers of the slots to play, ascending, after those played before.
  ///   - body: the simulated body.
  ///   - journal: the journal of the trial whose kits the body was filled from.
  ///   - zone: the zone the participant lives in.
  public static func simulate(
    slots: some Sequence<Int>, of body: SimulatedBody, into journal: Journal, zone: String
  ) throws {
    for slot in slots {
      guard let occasion = journal.manifest.schedule.occasion(slot: slot) else {
        throw FormatError("slot \(slot)", found: "no such slot", expected: "a slot of the trial")
      }
      switch body.behaviour(at: occasion, form: journal.manifest) {
      case .answers(let checkIn, let daysLate):
        // A late entry is made at breakfast, so that it still comes before that evening's own.
        let clock = try time(
          on: occasion.day.advanced(by: daysLate), hour: daysLate > 0 ? 7 : 21, zone: zone)
        _ = try journal.append(checkIn, clock: clock)
      case .misses(let reason):
        let clock = try time(on: occasion.day, hour: 22, zone: zone)
        _ = try journal.append(
          Deviation(slot: slot, kind: .missedDose, reason: reason), clock: clock)
      }
    }
  }

  /// A clock that stands at a full hour of a day, local time.
  public static func time(on day: CalendarDay, hour: Int, zone: String) throws -> WallClock {
    let utc = day.ordinal * 86_400 + hour * 3600
    guard let guess = WallClock.moment(seconds: utc, zone: zone),
      let moment = WallClock.moment(seconds: utc - guess.offset, zone: zone)
    else {
      throw FormatError("zone", found: "\"\(zone)\"", expected: "a zone name this system knows")
    }
    return .set(to: moment)
  }
}
