public import TrialDesign

/// Small, complete protocols for tests, as the bytes of a file.
public enum ExampleProtocols {
  /// Arm names that occur nowhere else; what a leak hunt searches for.
  public static let canaryArms = ["zanzibarine", "quokkadrine"]

  /// The name of an arm without a pill, as rare as the canaries.
  public static let emptyArm = "xylofonium"

  /// Six slots in three pairs at level 0.5: the smallest design that a test can walk through.
  public static let small = text(scheme: "pairs: {count: 3}", level: "0.5")

  /// Fourteen pairs of days, with a choice, a text, a guess and a relevant difference.
  public static let pairs = text(scheme: "pairs: {count: 14}")

  /// Seven blocks of four days.
  public static let blocks = text(
    scheme: "blocks: {sizes: [4, 4, 4, 4, 4, 4, 4], active: [2, 2, 2, 2, 2, 2, 2]}",
    statistic: "block-adjusted")

  /// Twenty-eight of fifty-six days, any order.
  public static let complete = text(scheme: "complete: {slots: 56, active: 28}")

  /// Eight pairs of weeks, the first two days of each left out.
  public static let periods = text(scheme: "periods: {pairs: 8, length: 7, drop: 2}")

  /// Thirty slots in blocks of six: two arms with a pill, and one without.
  public static let threeArms = text(
    scheme: "blocks: {each: [2, 2, 2], repeat: 5}",
    arms: canaryArms + ["{name: \(emptyArm), pill: none}"])

  /// A year of days in blocks of five.
  public static let year = text(
    scheme: "blocks: {sizes: [\(commas("5", 73))], active: [\(commas("2", 73))]}")

  /// A protocol with the given parts.
  ///
  /// - Parameters:
  ///   - scheme: the scheme as in a file, on one line.
  ///   - arms: the arms as in a file, reference first; the canaries by default.
  public static func text(
    scheme: String, arms: [String] = canaryArms, statistic: String = "mean-difference",
    whitening: String = "none", level: String = "0.95", start: String = "2026-03-02",
    zone: String = "Europe/Berlin", entryWindow: Int = 1
  ) -> [UInt8] {
    Array(
      """
      selfblind: 1
      title: A trial made for tests
      arms: [\(arms.joined(separator: ", "))]
      scheme:
        \(scheme)
      schedule:
        start: \(start)
        zone: \(zone)
        every: 1
        entryWindow: \(entryWindow)
      items:
        - name: mood
          prompt: How was your mood today?
          type: number
          range: [0, 10]
          direction: higher
        - name: sleep
          prompt: How many hours did you sleep?
          type: number
          range: [0, 24]
          decimals: 1
          unit: hours
        - name: nap
          prompt: Did you take a nap?
          type: choice
          options: [none, short, long]
        - name: notes
          prompt: Anything else?
          type: text
      guess: How likely is it that today's kit was not the reference?
      analysis:
        outcome: mood
        statistic: \(statistic)
        whitening: \(whitening)
        level: \(level)
        relevance: 1
      safety:
        stoppingRules:
          - Stop when anything feels wrong.
        emergencyContact: A friend, +49 30 000000
        clinicianAsked: not-needed
        lawful: true

      """.utf8)
  }

  /// A protocol that has been read.
  ///
  /// - Throws: `ProtocolFaults` when the example is not a protocol any more.
  public static func read(_ bytes: [UInt8]) throws -> TrialProtocol {
    try TrialProtocol(bytes: bytes, file: "protocol.yaml")
  }

  private static func commas(_ text: String, _ count: Int) -> String {
    Array(repeating: text, count: count).joined(separator: ", ")
  }
}
