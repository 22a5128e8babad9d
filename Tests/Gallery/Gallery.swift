import BlindRecord
import Foundation
import TrialAnalysis
import TrialArchive
import TrialDesign
import TrialJournal
import TrialKits
import TrialSeal
import TrialTestSupport

/// Finished trials of simulated people, one folder each, for whoever looks at reports.
///
/// `gallery FOLDER` writes them below a folder and prints their names; `gallery FOLDER year` writes one of
/// 365 slots instead. The drawings of the report are judged on these: `make reports`.
@main struct Gallery {
  static func main() throws {
    let isYear = CommandLine.arguments.count == 3 && CommandLine.arguments[2] == "year"
    guard CommandLine.arguments.count == 2 || isYear else {
      print("usage: gallery FOLDER [year]")
      exit(64)
    }
    let root = CommandLine.arguments[1]
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    for person in isYear ? [SimulatedPerson.year] : SimulatedPerson.all {
      try GalleryTrial(person, in: root).finish()
      print(person.name)
    }
  }
}

/// One trial of the gallery, from the protocol to the bundle.
struct GalleryTrial {
  private let person: SimulatedPerson
  private let folder: TrialFolder
  private let passphrase = Array("a gallery hides nothing".utf8)

  init(_ person: SimulatedPerson, in root: String) {
    self.person = person
    folder = TrialFolder(path: "\(root)/\(person.name)")
  }

  func finish() throws {
    try folder.makeFolder()
    try folder.write(person.text, to: TrialFolder.Name.design)
    let design = try folder.design()
    let eve = try TrialFolder.time(
      on: design.days[0].advanced(by: -1), hour: 20, zone: design.zone)
    var arms: [Int] = []
    let (trial, journal) = try folder.seal(
      custody: .passphrase(passphrase, workFactor: 4), clock: eve, simulation: person.seed
    ) { list in
      arms = list.read { _, arm in design.arms.firstIndex(of: arm) ?? 0 }
    }
    if trial.manifest.packing?.isAlone == true { try pack(trial, journal, clock: eve) }
    let stopped = try record(arms, trial, journal)
    try breakCodes(trial, journal, design)
    try journal.close()
    let last = stopped ?? design.days[design.days.count - 1]
    let end = try TrialFolder.time(
      on: last.advanced(by: design.entryWindow + 1), hour: 20, zone: design.zone)
    _ = try folder.lock(
      reason: stopped == nil ? "all slots are over" : "the monitor said that it may stop",
      clock: end)
    _ = try folder.unblind(
      with: trial.unlock(passphrase: passphrase), prediction: person.prediction, clock: end)
    if trial.manifest.packing?.isAlone == true {
      // What somebody finds who has mixed some of them up.
      let content = design.arms.map(\.name)
      let findings = try folder.sparesLeft().map {
        AuditFinding(spare: $0, content: content[$0 % content.count])
      }
      _ = try folder.audit(findings, clock: end)
    }
    _ = try folder.writeReport()
    _ = try folder.writeBundle(to: TrialFolder(path: folder.path + "-bundle"))
  }

  /// Fills and sorts every kit.
  private func pack(_ trial: SealedTrial, _ journal: Journal, clock: WallClock) throws {
    let session = try PackingSession.open(trial, in: folder.path)
    let labels = session.job.labels.prefix(session.job.kits)
    var rest = labels
    for arm in session.job.arms {
      for _ in 0..<arm.kits { _ = try session.scan(rest.removeFirst().text) }
      _ = try session.goOn()
    }
    _ = try session.goOn()
    for label in labels { _ = try session.scan(label.text) }
    _ = try session.goOn()
    try session.finish { _ = try journal.append($0, clock: clock) }
  }

  /// Asks as the key's holder does; whether the trial may stop.
  private func look(_ trial: SealedTrial, _ journal: Journal, _ clock: WallClock) throws -> Bool {
    let entries = try journal.entries()
    guard (try? MonitorLook.ready(trial, entries: entries, today: clock.now.day)) != nil else {
      return false
    }
    let look = try MonitorLook(
      of: trial, with: trial.unlock(passphrase: passphrase), entries: entries,
      today: clock.now.day)
    _ = try journal.append(lookAt: look.slots, mayStop: look.mayStop, clock: clock)
    return look.mayStop
  }

  /// Records every slot, or those until a look says that it may stop.
  ///
  /// - Returns: the day on which it was stopped.
  private func record(
    _ arms: [Int], _ trial: SealedTrial, _ journal: Journal
  ) throws -> CalendarDay? {
    let design = trial.design
    let schedule = KitIndex(trial.manifest, entries: try journal.entries()).schedule
    var noise = SimulationNoise(state: UInt64(person.seed))
    var carried = noise.normal()
    for (place, occasion) in schedule.occasions.enumerated() {
      carried =
        person.phi * carried + (1 - person.phi * person.phi).squareRoot() * noise.normal()
      let isActive = arms[place] == 1
      let clock = try TrialFolder.time(on: occasion.day, hour: 21, zone: design.zone)
      guard noise.unit() >= person.missing else {
        noise.skip(4)
        continue
      }
      let share = Double(place) / Double(max(1, arms.count - 1))
      let mood =
        5 + person.spread * carried + person.trend * (share - 0.5)
        + (isActive ? person.effect : 0)
      let guess = Int(min(95, max(5, 50 + (isActive ? 1 : -1) * person.leak + 12 * noise.normal())))
      let answers: [String: Answer] = [
        "mood": .number(DecimalNumber(units: Int(min(10, max(0, mood)).rounded()))),
        "sleep": .number(DecimalNumber(units: Int(70 + 8 * noise.normal()), decimals: 1)),
        "nap": .choice(noise.unit() < 0.7 ? "none" : "short"),
        "notes": .skipped(reason: nil),
      ]
      _ = try journal.append(
        CheckIn(
          slot: occasion.slot, kit: occasion.kit, answers: answers,
          guess: TreatmentGuess(percent: noise.unit() < 0.1 ? nil : guess)), clock: clock)
      if person.events.contains(occasion.slot) {
        _ = try journal.append(
          AdverseEvent(
            term: "headache", onset: occasion.day, severity: isActive ? .moderate : .mild,
            serious: false), clock: clock)
      }
      if design.plan.monitoring != nil, try look(trial, journal, clock) { return occasion.day }
    }
    return nil
  }

  private func breakCodes(
    _ trial: SealedTrial, _ journal: Journal, _ design: TrialProtocol
  ) throws {
    guard !person.breaks.isEmpty else { return }
    let last = design.days[design.days.count - 1].advanced(by: design.entryWindow + 1)
    for slot in person.breaks {
      let receipt = try journal.announceCodeBreak(
        slot: slot, reason: "asked by a doctor",
        clock: TrialFolder.time(on: last, hour: 8, zone: design.zone))
      _ = try folder.breakCode(
        of: trial, with: trial.unlock(passphrase: passphrase), after: receipt)
    }
  }
}
