/// What the record says of one scheduled slot: a listed row with a status, never an absent one.
public struct SlotRecord: Hashable, Sendable {
  /// Whether and how the slot was recorded.
  public enum Status: String, Hashable, Sendable, Codable {
    /// A check-in on the due day.
    case recorded
    /// A check-in after the due day, within the window.
    case recordedLate = "recorded-late"
    /// Due today, or still within the window, and not recorded.
    case open
    /// Not due yet; in a locked record not reached, because the trial had ended before its day.
    case upcoming
    /// The window has closed, or the record was locked, without a check-in.
    case missing
  }

  /// Which slot.
  public let occasion: Occasion
  /// Whether and how it was recorded.
  public let status: Status
  /// Days between the due day and the day of the check-in; 0 without a check-in, of which `status` tells.
  public let delay: Int
  /// The answers that count, corrections applied.
  public let answers: [String: Answer]
  /// The guess, if one was recorded.
  public let guess: TreatmentGuess?
  /// The kit recorded as taken, if a check-in names one.
  public let kit: KitCode?
  /// Corrections made to the slot, oldest first.
  public let corrections: [Correction]
  /// Deviations that name the slot, oldest first.
  public let deviations: [Deviation]
  /// Whether the slot's code was broken.
  public let codeBroken: Bool

  /// What was swallowed, or is to be.
  public let dose: SlotDose

  /// The kit that was taken, or is to be.
  public var takenKit: KitCode { dose.kit ?? occasion.kit }

  /// Whether a check-in was made, on the day or late.
  public var isRecorded: Bool { status == .recorded || status == .recordedLate }

  /// Whether the record says that nothing was taken.
  public var hasNoDose: Bool { dose.isNone }

  /// Whether a note says what was swallowed, so that the day is only to be rated: another kit taken as well would
  /// be a second dose.
  public var isOnlyToBeRated: Bool { !isRecorded && dose.isTaken }

  /// Whether the dose was swallowed, says a note, but not of which kit: nothing more is to be taken, and the kit is
  /// still to be named.
  public var isBegun: Bool { !isRecorded && dose.isUnnamed }

  /// Whether something was swallowed and nobody can say which kit it was.
  public var hasUnknownKit: Bool { dose.isUnknown }

  /// The kits that were taken for this slot by mistake, oldest first: what they hold is not what the slot's
  /// envelope says.
  ///
  /// Without those that were taken at another slot, as a later entry says.
  public var mistakenKits: [KitCode] {
    var kits: [KitCode] = []
    for case let kit? in deviations.filter({ $0.kind == .wrongKit }).map(\.kit)
    where kit != occasion.kit && !kits.contains(kit) && !dose.withdrawn.contains(kit) {
      kits.append(kit)
    }
    return kits
  }
}

extension SlotRecord {
  /// One row for every scheduled slot, from the entries of a journal.
  ///
  /// - Parameter today: the day to judge by; `nil` for a locked record, where nothing is open.
  public static func rows(
    of schedule: Schedule, entries: [JournalEntry], today: CalendarDay?
  ) -> [SlotRecord] {
    var checkIns: [Int: (CheckIn, CalendarDay)] = [:]
    var corrections: [Int: [Correction]] = [:]
    var deviations: [Int: [Deviation]] = [:]
    var broken: Set<Int> = []
    let packed = schedule.packed(by: entries)
    let doses = Doses(entries, schedule: packed)
    for entry in entries {
      switch entry.event {
      case .checkIn(let checkIn):
        checkIns[checkIn.slot] = (checkIn, entry.day)
      case .correction(let correction): corrections[correction.slot, default: []].append(correction)
      case .deviation(let deviation):
        guard let slot = deviation.slot else { break }
        deviations[slot, default: []].append(deviation)
      case .codeBreak(let slot, _): broken.insert(slot)
      case .opened, .adverseEvent, .kitList, .matching, .packed, .rehearsal, .look, .locked: break
      }
    }
    let pauses = Pauses(entries)
    let end = today == nil ? lastDay(of: entries, schedule) : nil
    return packed.occasions.map { occasion in
      let made = checkIns[occasion.slot]
      let delay = made.map { max(0, $0.1.ordinal - occasion.day.ordinal) } ?? 0
      var answers = made?.0.answers ?? [:]
      for correction in corrections[occasion.slot] ?? [] {
        answers[correction.item] = correction.answer
      }
      return SlotRecord(
        occasion: occasion,
        status: status(occasion, made != nil, delay, schedule.entryWindow, pauses, today, end),
        delay: delay,
        answers: answers, guess: made?.0.guess, kit: made?.0.kit,
        corrections: corrections[occasion.slot] ?? [],
        deviations: deviations[occasion.slot] ?? [],
        codeBroken: broken.contains(occasion.slot), dose: doses.dose(of: occasion.slot))
    }
  }

  private static func status(
    _ occasion: Occasion, _ isMade: Bool, _ delay: Int, _ window: Int, _ pauses: Pauses,
    _ today: CalendarDay?, _ end: CalendarDay?
  ) -> Status {
    if isMade { return delay == 0 ? .recorded : .recordedLate }
    guard let today else { return end.map { occasion.day > $0 } == true ? .upcoming : .missing }
    if today < occasion.day { return .upcoming }
    // The day itself can be rated until a pause that holds is known to be over.
    if let pause = pauses.pause(over: occasion.day), occasion.day < pause.to ?? today {
      return .missing
    }
    return today <= occasion.day.advanced(by: window) ? .open : .missing
  }
}
