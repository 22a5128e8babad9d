import BlindRecord
import Foundation
import TrialArchive
import TrialDesign
import TrialJournal
import TrialKits
import TrialSeal

/// A whole trial on a simulated participant, by the same library calls that the commands make.
///
/// The kit list is read inside `deliver`, as a packer would fill the capsules: what is left of it is
/// the simulated body, which feels what it swallows and cannot tell.
struct Demonstration {
  let folder: TrialFolder
  let seed: Int
  private let passphrase = Array("a demonstration hides nothing".utf8)
  /// What the other arm adds to the outcome, in tenths of its range.
  private let effect = 1.4

  init(folder: String, seed: Int) {
    self.folder = TrialFolder(path: folder)
    self.seed = seed
  }

  /// Runs all of it, printing the walk.
  func run(protocol bytes: [UInt8]) throws {
    try begin(bytes)
    let trial = try record()
    try finish(trial)
  }

  private func begin(_ bytes: [UInt8]) throws {
    try say("new", "--template caffeine")
    try folder.makeFolder()
    try folder.write(bytes, to: TrialFolder.Name.design)
    try Output.show("wrote \(folder.path)/\(TrialFolder.Name.design)")
    try say("check")
    for line in try CheckCommand.summary(of: folder.design()) { try Output.show(line) }
  }

  /// The seal and the blind phase; the journal is closed again when they end.
  private func record() throws -> SealedTrial {
    try say("seal", "--custody self")
    let design = try folder.design()
    let eve = try TrialFolder.time(
      on: design.days[0].advanced(by: -1), hour: 20, zone: design.zone)
    var body: SimulatedBody?
    // A demonstration need not be hard to guess, so its passphrase is stretched only a little.
    let (trial, journal) = try folder.seal(
      custody: .passphrase(passphrase, workFactor: 10), clock: eve, simulation: seed
    ) { list in
      body = SimulatedBody(list, design: design, seed: seed, effect: effect)
    }
    try Output.show("sealed: trial \(trial.manifest.trial), a simulated participant")
    try Output.show("  plan root \(trial.manifest.commitments.planRoot)")
    guard let body else { throw CommandRefusal("the kit list was not delivered") }
    try live(body, journal, trial)
    return trial
  }

  /// Every day of the trial, with the things that go wrong in every trial.
  private func live(_ body: SimulatedBody, _ journal: Journal, _ trial: SealedTrial) throws {
    let zone = trial.design.zone
    let slots = trial.manifest.schedule.occasions.count
    try say("checkin", "… guess=…  (\(slots) evenings)")
    let events: [(slot: Int, happen: (Journal, SealedTrial, WallClock) throws -> Void)] = [
      (slots / 4, travel), (slots / 2, correct), (slots * 2 / 3, ail),
      (slots * 2 / 3 + 1, breakCode),
    ]
    var next = 1
    for event in events where next <= event.slot {
      try TrialFolder.simulate(slots: next...event.slot, of: body, into: journal, zone: zone)
      // After breakfast, when also the late entries of the day before have been made.
      let day = trial.manifest.schedule.occasions[event.slot - 1].day.advanced(by: 1)
      try event.happen(journal, trial, TrialFolder.time(on: day, hour: 8, zone: zone))
      next = event.slot + 1
    }
    if next <= slots {
      try TrialFolder.simulate(slots: next...slots, of: body, into: journal, zone: zone)
    }
    try say("status")
    let today = trial.manifest.schedule.occasions[slots - 1].day
    let overview = StatusOverview(
      manifest: journal.manifest, rows: try journal.rows(today: today),
      entries: try journal.entries(), today: today, isLocked: false)
    try Output.show(overview.summary)
  }

  private func finish(_ trial: SealedTrial) throws {
    let schedule = trial.manifest.schedule
    let last = schedule.occasions[schedule.occasions.count - 1].day
    let after = try TrialFolder.time(
      on: last.advanced(by: schedule.entryWindow + 1), hour: 20, zone: trial.design.zone)
    try say("lock")
    let record = try folder.lock(reason: "all slots are over", clock: after)
    try Output.show("locked: \(record.entries.count) entries")
    try say("unblind")
    let unblinding = try folder.unblind(
      with: trial.unlock(passphrase: passphrase),
      prediction: "focus higher under caffeine by 0.5, 70 % sure", clock: after)
    try Output.show(
      "unblinded: \(unblinding.allocation.assignment.arms.count) slots, all commitments agree")
    try say("report")
    _ = try folder.writeReport()
    for file in ReportFile.allCases { try Output.show("wrote \(folder.path)/\(file.rawValue)") }
    try Output.show("open \(folder.path)/report.html")
    try say("verify")
    let verification = folder.verify()
    try Output.show(verification.transcript)
    try VerifyCommand.require(verification, folder.path)
  }

  private func say(_ command: String, _ rest: String = "") throws {
    try Output.show("\n$ selfblind \(command) \(folder.path)" + (rest.isEmpty ? "" : " " + rest))
  }
}

// MARK: - What goes wrong

extension Demonstration {
  private func travel(_ journal: Journal, _ trial: SealedTrial, _ clock: WallClock) throws {
    _ = try journal.append(
      Deviation(slot: nil, kind: .other, reason: "a night on a train, slept badly"), clock: clock)
    try Output.show(
      "  \(clock.now.day)  deviate --kind other --reason \"a night on a train, slept badly\"")
  }

  /// The latest rating was mistyped.
  private func correct(_ journal: Journal, _ trial: SealedTrial, _ clock: WallClock) throws {
    let rows = try journal.rows(today: clock.now.day)
    guard let row = rows.last(where: { $0.status == .recorded }),
      let item = trial.manifest.items.first(where: \.isNumeric),
      case .number(_, let upper, _, _) = item.kind, let given = row.answers[item.name]?.number
    else { return }
    // One step up, or down from the top.
    let step = given < upper ? 1 : -1
    let right = DecimalNumber(units: given.units + step, decimals: given.decimals)
    _ = try journal.append(
      Correction(
        slot: row.occasion.slot, item: item.name, answer: .number(right), reason: "mistyped"),
      clock: clock)
    try Output.show(
      "  \(clock.now.day)  checkin --correct --slot \(row.occasion.slot) \(item.name)=\(right) "
        + "--reason mistyped")
  }

  private func ail(_ journal: Journal, _ trial: SealedTrial, _ clock: WallClock) throws {
    _ = try journal.append(
      AdverseEvent(
        term: "palpitations", onset: clock.now.day, severity: .moderate, serious: false,
        action: "rested", outcome: "gone after an hour"), clock: clock)
    try Output.show("  \(clock.now.day)  deviate --adverse-event palpitations --severity moderate")
  }

  /// Opens the slot of the day before.
  private func breakCode(_ journal: Journal, _ trial: SealedTrial, _ clock: WallClock) throws {
    let yesterday = clock.now.day.advanced(by: -1)
    guard let slot = trial.manifest.schedule.occasion(on: yesterday)?.slot else { return }
    let receipt = try journal.announceCodeBreak(
      slot: slot, reason: "palpitations, asked by the doctor on call", clock: clock)
    let opened = try folder.breakCode(
      of: trial, with: trial.unlock(passphrase: passphrase), after: receipt)
    try Output.show(
      "  \(clock.now.day)  break-code --slot \(slot): it held \(opened.arm.name), "
        + "the others stay sealed")
  }
}
