/// The pauses of a trial: on their days nothing is taken and nothing asked.
///
/// The day on which a pause begins and that on which it ends can still be rated; the days between them
/// pass by for good, since what a slot holds is drawn for its day.
package struct Pauses: Hashable, Sendable {
  /// A pause, by the days on which its beginning and its end were recorded.
  package struct Pause: Hashable, Sendable {
    /// The day on which it began.
    package let from: CalendarDay
    /// The day on which it ended; `nil` while it holds.
    package var to: CalendarDay?
  }

  private var all: [Pause] = []

  /// No pause yet.
  package init() {}

  /// The pauses of a record.
  package init(_ entries: [JournalEntry]) {
    for entry in entries {
      if case .deviation(let deviation) = entry.event { take(deviation, on: entry.day) }
    }
  }

  /// Takes a deviation into account, without asking whether it was allowed.
  package mutating func take(_ deviation: Deviation, on day: CalendarDay) {
    switch deviation.kind {
    case .paused where since == nil: all.append(Pause(from: day, to: nil))
    case .resumed where since != nil: all[all.count - 1].to = day
    default: break
    }
  }

  /// The day on which the pause that holds began; `nil` while the trial runs.
  package var since: CalendarDay? {
    all.last.flatMap { $0.to == nil ? $0.from : nil }
  }

  /// The pause on whose days nothing is recorded that a day belongs to; `nil` for other days.
  package func pause(over day: CalendarDay) -> Pause? {
    all.first { pause in
      pause.from < day && pause.to.map { day < $0 } ?? true
    }
  }
}
