import Foundation

/// Trials to measure on.
extension Bench {
  /// 2031-01-01, the day of slot 1.
  private static let first = 1_924_992_000.0

  static func day(_ number: Int) -> String {
    String(Date(timeIntervalSince1970: first + Double(number) * 86_400).ISO8601Format().prefix(10))
  }

  /// A folder with a protocol of that many slots and three items.
  ///
  /// - Parameters:
  ///   - scheme: half of the slots in any order, unless given.
  ///   - analysis: what the analysis has beside outcome and level.
  func make(
    _ folder: String, slots: Int, scheme: String? = nil, arms: String = "placebo, active",
    analysis: String = "statistic: mean-difference, whitening: none"
  ) {
    let items = ["mood", "sleep", "energy"].map {
      "  - {name: \($0), prompt: \"How was your \($0)?\", type: number, range: [0, 10]}"
    }
    let text = """
      selfblind: 1
      title: A benchmark
      arms: [\(arms)]
      scheme:
        \(scheme ?? "complete: {slots: \(slots), active: \(slots / 2)}")
      schedule: {start: \(Bench.day(0)), zone: UTC, every: 1, entryWindow: 1}
      items:
      \(items.joined(separator: "\n"))
      guess: How likely is it that it was not the reference?
      analysis: {outcome: mood, level: 0.95, \(analysis)}
      safety:
        stoppingRules: [Stop when anything feels wrong.]
        emergencyContact: nobody, this is a benchmark
        clinicianAsked: not-needed
        lawful: true

      """
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/protocol.yaml"))
  }

  /// The arguments that seal a folder to a public key.
  func sealing(_ folder: String) -> [String] {
    [
      "seal", folder, "--custody", "helper", "--recipient", Bench.recipient, "--clock",
      Bench.day(-1) + "T20:00:00Z",
    ]
  }

  /// The arguments that seal a folder with a passphrase that is hardly stretched.
  func sealing(_ folder: String, passphrase: String) -> [String] {
    [
      "seal", folder, "--custody", "self", "--passphrase-file", passphrase, "--work-factor", "1",
      "--clock", Bench.day(-1) + "T20:00:00Z",
    ]
  }

  /// The arguments of a check-in on a day, counted from 0.
  func arguments(_ folder: String, day: Int) -> [String] {
    [
      "checkin", folder, "mood=\(day % 11)", "sleep=\(day % 7)", "energy=\(day % 5)", "guess=60",
      "--clock", Bench.day(day) + "T21:00:00Z",
    ]
  }

  /// The arguments of a check-in with ratings that hang together from day to day; none on one day in twelve.
  func noisyArguments(_ folder: String, day: Int) -> [String]? {
    guard day % 12 != 7 else { return nil }
    let mood = 5 + 3 * sin(Double(day) / 2) + Double(day * 7 % 5 - 2)
    return [
      "checkin", folder, "mood=\(Int(max(0, min(10, mood.rounded()))))", "sleep=\(day * 5 % 7)",
      "energy=\(day * 3 % 11)", "guess=\(day * 13 % 101)", "--clock", Bench.day(day) + "T21:00:00Z",
    ]
  }

  /// Records one day.
  func record(_ folder: String, day: Int) -> Measured {
    Measured.run(program, arguments(folder, day: day))
  }

  /// The arguments that correct answers of a day, a minute later.
  func correction(_ folder: String, day: Int, items: Int) -> [String] {
    ["checkin", folder] + ["mood=5", "sleep=5", "energy=5"].prefix(items)
      + ["--correct", "--reason", "mistyped", "--clock", Bench.day(day) + "T21:01:00Z"]
  }
}
