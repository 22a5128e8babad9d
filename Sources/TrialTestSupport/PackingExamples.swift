/// Protocols with a packing part, as the bytes of a file.
package enum PackingExamples {
  /// Twenty days of a coin, so that the numbers by arm are not known; packed alone, three spares.
  package static let alone = with(
    "packing: {by: participant, spares: 3, matching: {rounds: 6, mostRight: 3}}",
    scheme: "coin: {slots: 20, fewest: 4}")

  /// Thirty days of three arms, one without a pill; packed alone, two spares.
  package static let threeArms = with(
    "packing: {by: participant, spares: 2}", scheme: "blocks: {each: [2, 2, 2], repeat: 5}",
    arms: ExampleProtocols.canaryArms + ["{name: \(ExampleProtocols.emptyArm), pill: none}"])

  /// Six days that a helper packs, one spare.
  package static let helper = with(
    "packing: {by: helper, spares: 1}", scheme: "pairs: {count: 3}", level: "0.5")

  private static func with(
    _ part: String, scheme: String, arms: [String] = ExampleProtocols.canaryArms,
    level: String = "0.95"
  ) -> [UInt8] {
    ExampleProtocols.text(scheme: scheme, arms: arms, level: level) + Array((part + "\n").utf8)
  }
}
