/// The trial's occasions as a calendar file (RFC 5545), to be imported into any calendar.
///
/// It follows from the schedule alone: every day has the same text, whatever its kit holds. Times are
/// "floating", which is the same time of day wherever the person is.
public struct TrialCalendar: Sendable {
  private let manifest: Manifest
  private let times: [Int]
  private let minutesBefore: Int

  /// A calendar.
  ///
  /// - Parameters:
  ///   - times: minutes after midnight at which to be reminded.
  ///   - minutesBefore: how long before a time the calendar rings.
  /// - Precondition: each time is within 0..<1440.
  public init(of manifest: Manifest, times: [Int], minutesBefore: Int = 0) {
    self.manifest = manifest
    self.times = Set(times).sorted()
    self.minutesBefore = minutesBefore
  }

  /// The file's text.
  public var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SelfBlind//\(ProgramVersion.text)//EN",
      "CALSCALE:GREGORIAN",
      "X-WR-CALNAME:\(TrialCalendar.escaped(manifest.title))",
    ]
    for occasion in manifest.schedule.occasions {
      for time in times { lines += event(occasion, time) }
    }
    lines.append("END:VCALENDAR")
    return lines.map(TrialCalendar.folded).joined(separator: "\r\n") + "\r\n"
  }

  private func event(_ occasion: Occasion, _ time: Int) -> [String] {
    let day = occasion.day.description.filter { $0 != "-" }
    let stamp = manifest.sealedAt.utc.filter { $0 != "-" && $0 != ":" }
    let count = manifest.schedule.occasions.count
    let clock = "\(padded(time / 60, 2))\(padded(time % 60, 2))"
    // By its own time, so that a file with one time more leaves the events of the others what they are.
    return [
      "BEGIN:VEVENT", "UID:\(manifest.trial)-\(occasion.slot)-\(clock)@selfblind",
      "DTSTAMP:\(stamp)", "DTSTART:\(day)T\(clock)00", "DURATION:PT5M",
      "SUMMARY:\(TrialCalendar.escaped(manifest.title)): slot \(occasion.slot) of \(count)",
      "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY",
      "DESCRIPTION:\(TrialCalendar.escaped(manifest.title))", "TRIGGER:-PT\(minutesBefore)M",
      "END:VALARM", "END:VEVENT",
    ]
  }

  /// RFC 5545, section 3.3.11.
  private static func escaped(_ text: String) -> String {
    // By scalars: with a combining mark behind it a comma is another character, and still a comma.
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if ["\\", ";", ","].contains(scalar) { result += "\\" }
      if scalar == "\n" { result += "\\n" } else { result.unicodeScalars.append(scalar) }
    }
  }

  /// Lines of at most 75 bytes, none of them within a character (section 3.1).
  private static func folded(_ line: String) -> String {
    var lines: [String] = []
    var current = ""
    for scalar in line.unicodeScalars {
      let width = current.utf8.count + String(scalar).utf8.count
      if width > (lines.isEmpty ? 75 : 74) {
        lines.append(current)
        current = ""
      }
      current.unicodeScalars.append(scalar)
    }
    return (lines + [current]).joined(separator: "\r\n ")
  }
}
