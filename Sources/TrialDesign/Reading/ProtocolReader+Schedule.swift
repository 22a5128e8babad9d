import BlindRecord

extension ProtocolReader {
  /// When the slots are.
  struct ScheduleRule {
    let days: [CalendarDay]
    let zone: String
    let entryWindow: Int
  }

  /// The days of a week as they are written, Monday first.
  private enum Weekday: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    /// Monday 1 to Sunday 7.
    var number: Int { (Weekday.allCases.firstIndex(of: self) ?? 0) + 1 }
  }

  /// The schedule: start, zone, `every` or `weekdays`, optional `end`, and the entry window.
  func schedule(_ node: YAMLNode?, scheme: RandomizationScheme?) -> ScheduleRule? {
    guard
      let fields = fields(
        node, "schedule", known: ["start", "end", "zone", "every", "weekdays", "entryWindow"])
    else { return nil }
    let start = day(
      fields.required("start", expected: "start: the first day as YYYY-MM-DD"), "start")
    let end = fields["end"].flatMap { day($0, "end") }
    let zone = zone(fields.required("zone", expected: "zone: such as Europe/Berlin"))
    let window =
      fields["entryWindow"] == nil ? 0 : whole(fields["entryWindow"], "entryWindow", in: 0...14)
    guard let steps = steps(fields), let start, let zone, let window, let scheme else { return nil }
    let days = ProtocolReader.days(scheme.slotCount, from: start, steps)
    if let end, let last = days.last, last > end {
      faults.add(
        fields["end"] ?? fields.node,
        found: "\(days.count { $0 <= end }) days for \(days.count) slots",
        expected: "an end on \(last) or later")
      return nil
    }
    guard isAligned(fields, start: start, steps, scheme) else { return nil }
    return ScheduleRule(days: days, zone: zone, entryWindow: window)
  }

  /// How the days follow each other.
  private enum Steps {
    case every(Int)
    case weekdays(Set<Int>)
  }

  private func steps(_ fields: Fields) -> Steps? {
    switch (fields["every"], fields["weekdays"]) {
    case (let every?, nil): return whole(every, "every", in: 1...60).map { .every($0) }
    case (nil, let node?):
      guard
        let days = list(
          node, "weekdays", most: 7, each: { word($0, "a weekday", as: Weekday.self) })
      else { return nil }
      guard Set(days).count == days.count else {
        faults.add(node, found: "a weekday twice", expected: "different weekdays")
        return nil
      }
      return .weekdays(Set(days.map(\.number)))
    case (nil, nil):
      faults.add(
        fields.node, found: "schedule without every and weekdays",
        expected: "every: 1 for each day, or weekdays: [mon, thu]")
    case (_?, let node?):
      faults.add(node, found: "weekdays beside every", expected: "one of the two")
    }
    return nil
  }

  private static func days(_ count: Int, from start: CalendarDay, _ steps: Steps) -> [CalendarDay] {
    switch steps {
    case .every(let days): return (0..<count).map { start.advanced(by: $0 * days) }
    case .weekdays(let weekdays):
      var result: [CalendarDay] = []
      var day = start
      while result.count < count, !weekdays.isEmpty {
        if weekdays.contains(day.weekday) { result.append(day) }
        day = day.advanced(by: 1)
      }
      return result
    }
  }

  /// Whether the weeks of a weekly scheme are weeks of the schedule.
  private func isAligned(
    _ fields: Fields, start: CalendarDay, _ steps: Steps, _ scheme: RandomizationScheme
  ) -> Bool {
    guard case .weekly(let weekly) = scheme else { return true }
    guard case .weekdays(let weekdays) = steps, weekdays.count == weekly.slotsPerWeek else {
      faults.add(
        fields["weekdays"] ?? fields["every"] ?? fields.node,
        found: "a schedule that does not fit the patterns",
        expected: "\(weekly.slotsPerWeek) weekdays, one for each letter of a pattern")
      return false
    }
    guard let first = weekdays.min(), start.weekday == first else {
      faults.add(
        fields["start"] ?? fields.node, found: "a start in the middle of a week",
        expected: "a start on the first of the weekdays")
      return false
    }
    return true
  }

  private func day(_ node: YAMLNode?, _ what: String) -> CalendarDay? {
    guard let node else { return nil }
    let expected = "\(what) as a day of the calendar, YYYY-MM-DD"
    guard case .scalar(let text, _) = node.kind, let day = CalendarDay(text) else {
      faults.add(node, expected: expected)
      return nil
    }
    guard (2000...2199).contains(day.components.year) else {
      faults.add(node, expected: "\(what) between 2000 and 2199")
      return nil
    }
    return day
  }

  private func zone(_ node: YAMLNode?) -> String? {
    guard let node else { return nil }
    let expected = "the name of a time zone, such as Europe/Berlin or UTC"
    guard case .scalar(let name, _) = node.kind, name == "UTC" || name.contains("/"),
      !name.hasPrefix("/"), !name.contains(".."),
      name.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "/_+-".utf8.contains(byte)
      }),
      WallClock.system(zone: name) != nil
    else {
      faults.add(node, expected: expected)
      return nil
    }
    return name
  }
}
