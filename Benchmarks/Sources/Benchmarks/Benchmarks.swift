import Foundation

/// Times, memory and forced writes of the command line, each against its limit in the same run.
///
/// Not a test: a slow machine is not a fault. Prints one line per figure and its share of the limit.
@main struct Benchmarks {
  static func main() throws {
    guard let program = CommandLine.arguments.dropFirst().first else {
      return print("usage: Benchmarks PATH-OF-SELFBLIND")
    }
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("selfblind-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let bench = Bench(program: program, place: place.path)
    bench.help()
    bench.seal()
    bench.checkIn()
    bench.verifyYear()
    let (fives, twos) = (Bench.commas("5"), Bench.commas("2"))
    bench.reportYear(
      "blocks of five", scheme: "blocks: {sizes: [\(fives)], active: [\(twos)]}")
    bench.reportYear("any order", scheme: "complete: {slots: 365, active: 182}")
    bench.reportPlans()
    bench.series()
  }
}

struct Bench {
  let program: String
  let place: String
  /// A public key whose secret nobody needs.
  static let recipient = "age1x4gj34ajx33ayuvdweur85xewfc8tylszhedjn9ghh5wzwp84asss72k66"

  /// Seventy-three times the same number.
  static func commas(_ number: String) -> String {
    Array(repeating: number, count: 73).joined(separator: ", ")
  }

  func help() {
    let run = Measured.median(of: 41) { _ in Measured.run(program, ["--help"]) }
    report("--help, time", run, run.milliseconds, limit: 30, "ms")
    report("--help, peak memory", run, run.megabytes, limit: 40, "MB")
  }

  func seal() {
    let run = Measured.median(of: 11) { number in
      let folder = "\(place)/seal-\(number)"
      make(folder, slots: 56)
      return Measured.run(program, sealing(folder))
    }
    report("seal, 56 slots, no passphrase", run, run.milliseconds, limit: 100, "ms")
  }

  /// Forced writes: one process that opens the journal, adds an entry and closes it, and what each
  /// further entry costs in a journal that is open (two corrections in one process against one).
  func checkIn() {
    let folder = "\(place)/fsync"
    make(folder, slots: 28)
    _ = Measured.run(program, sealing(folder))
    _ = record(folder, day: 0)
    let timed = Measured.median(of: 20) { record(folder, day: 1 + $0) }
    report("checkin, time of the whole process", timed, timed.milliseconds, limit: 100, "ms")
    let one = forcedWrites(correction(folder, day: 20, items: 1))
    let two = forcedWrites(correction(folder, day: 20, items: 2))
    guard let one, let two else {
      return print("checkin, forced writes: not counted, strace is not installed")
    }
    print("checkin, forced writes of the whole process, opening and closing the journal: \(one)")
    report("checkin, forced writes of an entry", timed, Double(two - one), limit: 1, "")
  }

  /// How often a run forces its writes to the disk.
  private func forcedWrites(_ arguments: [String]) -> Int? {
    let log = "\(place)/strace"
    _ = Measured.run(
      "strace", ["-f", "-e", "trace=fsync,fdatasync", "-o", log, program] + arguments)
    let text = try? String(contentsOfFile: log, encoding: .utf8)
    return text?.split(separator: "\n").filter { $0.contains("sync(") }.count
  }

  func verifyYear() {
    let folder = "\(place)/year"
    make(folder, slots: 365)
    _ = Measured.run(program, sealing(folder))
    var recorded = 0
    for day in 0..<365 {
      recorded += record(folder, day: day).status == 0 ? 1 : 0
      if day % 18 == 17 {
        _ = Measured.run(program, correction(folder, day: day, items: 1))
      }
    }
    let run = Measured.median(of: 11) { _ in Measured.run(program, ["verify", folder]) }
    report(
      "verify, \(recorded) slots, 3 items, corrections", run, run.milliseconds, limit: 200, "ms")
  }
}

extension Bench {
  /// The whole report of a sealed year: the record and what was opened checked again, three items
  /// analysed, figures and text, three files.
  ///
  /// - Parameter scheme: what the year is drawn by, in a line of the protocol.
  func reportYear(_ name: String, scheme: String) {
    let folder = "\(place)/report-\(name.prefix(6))"
    make(folder, slots: 365, scheme: scheme)
    finish(folder, name, (0..<365).map { arguments(folder, day: $0) }, days: 365)
    let run = measureReport(folder, "report of 365 slots, \(name)", limit: 300)
    let page = "\(folder)/report.html"
    let size = (try? FileManager.default.attributesOfItem(atPath: page)[.size]) as? Int ?? 0
    report("the page of that", run, Double(size) / 1000, limit: 1500, "kB")
  }

  /// Reports of plans that ask for more, with ratings that hang together and days that are missing: what the
  /// templates have, and everything at once.
  func reportPlans() {
    let plans = [
      (
        "the templates' plan, 364 slots", 364, "blocks: {each: [2, 2], repeat: 91}",
        "placebo, active", "statistic: mean-difference, whitening: estimated, adjust: [trend]"
      ),
      (
        "three arms, two outcomes, adjusted, carry-over, 30 slots", 30,
        "blocks: {each: [2, 2, 2], repeat: 5}", "placebo, active, other",
        "alsoTested: [energy], statistic: mean-difference, whitening: estimated, "
          + "adjust: [trend, weekday], carryOver: {lag: true, dropUpTo: 2}"
      ),
    ]
    for (place, (name, slots, scheme, arms, analysis)) in plans.enumerated() {
      let folder = "\(self.place)/plan-\(place)"
      make(folder, slots: slots, scheme: scheme, arms: arms, analysis: analysis)
      finish(
        folder, name, (0..<slots).compactMap { noisyArguments(folder, day: $0) }, days: slots)
      measureReport(folder, "report, \(name)", limit: 1000)
      let run = Measured.median(of: 5) { _ in Measured.run(program, ["verify", folder]) }
      report("verify, \(name)", run, run.milliseconds, limit: 1000, "ms")
    }
  }

  /// Seals, records, locks and opens a trial.
  private func finish(_ folder: String, _ name: String, _ days: [[String]], days count: Int) {
    let passphrase = "\(place)/passphrase"
    try? Data("a benchmark hides nothing\n".utf8).write(to: URL(fileURLWithPath: passphrase))
    let steps =
      [sealing(folder, passphrase: passphrase)] + days + [
        [
          "lock", folder, "--reason", "all days are over", "--clock",
          Bench.day(count + 2) + "T20:00:00Z",
        ],
        [
          "unblind", folder, "--passphrase-file", passphrase, "--prediction", "nothing",
          "--clock", Bench.day(count + 3) + "T20:00:00Z",
        ],
      ]
    let failed = steps.count { Measured.run(program, $0).status != 0 }
    if failed > 0 { print("report, \(name): \(failed) steps before it FAILED") }
  }

  @discardableResult private func measureReport(
    _ folder: String, _ name: String, limit: Double
  ) -> Measured {
    let run = Measured.median(of: 11) { _ in Measured.run(program, ["report", folder]) }
    report(name, run, run.milliseconds, limit: limit, "ms")
    return run
  }

  func report(
    _ name: String, _ run: Measured, _ value: Double, limit: Double, _ unit: String
  ) {
    let shown = (value * 10).rounded() / 10
    let ratio = (value / limit * 100).rounded() / 100
    let failed = run.status == 0 ? "" : "  FAILED with status \(run.status)"
    print("\(name): \(shown) \(unit), limit \(Int(limit)), ratio \(ratio)\(failed)")
  }
}
