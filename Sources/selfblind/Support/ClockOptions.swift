import ArgumentParser
import BlindRecord
import Foundation

/// The clock by which an entry is made.
struct ClockOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take this instant for now; an entry that is made says so.",
      discussion: "For a simulation, or to transfer a diary from paper: 2026-03-01T21:30:00+01:00.",
      valueName: "instant"))
  var clock: String?

  @Option(
    help: ArgumentHelp(
      "The time zone you are in, such as Europe/Berlin; without it, the protocol's.",
      valueName: "name"))
  var zone: String?

  /// The system's clock, or the one that was set.
  ///
  /// - Parameters:
  ///   - standing: the zone where none is given: the protocol's.
  ///   - place: the zone where somebody says they are, which goes before both.
  func wallClock(zone standing: String, at place: String? = nil) throws -> WallClock {
    let name = place ?? zone ?? standing
    guard let clock else {
      guard let system = WallClock.system(zone: name) else { throw unknown(name) }
      return system
    }
    guard let (seconds, offset) = Moment.parse(clock) else {
      throw CommandRefusal(
        "--clock: found \"\(clock.prefix(40))\", expected YYYY-MM-DDTHH:MM:SSZ, or +HH:MM for Z")
    }
    if place == nil, zone == nil, !clock.hasSuffix("Z") {
      let name = "UTC" + clock.suffix(6)
      return .set(to: Moment(seconds: seconds, zone: name, offset: offset))
    }
    guard let moment = WallClock.moment(seconds: seconds, zone: name) else { throw unknown(name) }
    return .set(to: moment)
  }

  private func unknown(_ name: String) -> CommandRefusal {
    CommandRefusal(
      "the time zone \"\(name.prefix(40))\" is not known to the system",
      hint: "zones are named like Europe/Berlin; on Debian they come with the package tzdata")
  }
}
