import Foundation
import OpenSSLCrypto

/// A secret that nothing in the blind phase may hold, and a name for it that can be shown.
package struct Canary: Sendable {
  /// What it is.
  package let name: String
  /// Its bytes.
  package let bytes: [UInt8]

  /// A canary.
  package init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The forms in which a leak would show it: raw, hex, reversed, base64 in its three phases, UTF-16.
  package var forms: [[UInt8]] {
    let hex = Hex.encode(bytes)
    var forms = [bytes, Array(hex.utf8), Array(hex.uppercased().utf8), bytes.reversed()]
    // Base64 of a text inside a longer one has three phases; the middle of each is stable.
    for phase in 0..<3 {
      let text = Data([UInt8](repeating: 0, count: phase) + bytes).base64EncodedString()
      forms.append(Array(text.utf8.dropFirst(4).dropLast(4)))
    }
    forms.append(bytes.flatMap { [$0, 0] })
    return forms.filter { $0.count >= 6 }
  }

  /// Whether some bytes hold it in any form.
  package func isIn(_ haystack: [UInt8]) -> Bool {
    !CanaryIndex([self]).found(in: haystack).isEmpty
  }

  /// What holds which secret.
  package static func search(_ exhibits: [Exhibit], for secrets: Secrets) -> [String] {
    let index = CanaryIndex(secrets.hidden + secrets.arms)
    let names = (secrets.hidden + secrets.arms).map(\.name)
    return exhibits.flatMap { exhibit in
      index.found(in: exhibit.bytes).sorted()
        .filter { !exhibit.namesArms || $0 < secrets.hidden.count }
        .map { "\(exhibit.name) holds \(names[$0])" }
    }
  }
}

/// The secrets of a trial, known to the hunt once it was unblinded.
package struct Secrets: Sendable {
  /// The arms' names, which occur nowhere else.
  package let arms: [Canary]
  /// Share, seed, salts, the plan as a text, keys.
  package let hidden: [Canary]

  /// The secrets.
  package init(arms: [Canary], hidden: [Canary]) {
    self.arms = arms
    self.hidden = hidden
  }

  private struct File: Decodable {
    struct Slot: Decodable {
      let arm: String
      let salt: String
    }
    let seed: String
    let share: String
    let plan: [Slot]
  }

  /// Reads them from `unblinding.json`.
  ///
  /// - Parameter keys: what else is known to be secret.
  init(unblinding file: [UInt8], arms names: [String], keys: [Canary]) throws {
    let file = try JSONDecoder().decode(File.self, from: Data(file))
    func bytes(_ hex: String) -> [UInt8] { Hex.decode(hex) ?? [] }
    let numbers = file.plan.map { UInt8(names.firstIndex(of: $0.arm) ?? 0) }
    var plans = [
      ("the plan as letters", numbers.map { 0x41 + $0 }),
      ("the plan with commas", Array(numbers.map { "\($0)" }.joined(separator: ",").utf8)),
    ]
    // A dozen zeros and ones are found by chance in the memory of any process.
    if numbers.count >= 20 {
      plans += [("the plan as bytes", numbers), ("the plan as digits", numbers.map { 0x30 + $0 })]
    }
    if names.count == 2, numbers.count >= 20 {
      var packed = [UInt8](repeating: 0, count: (numbers.count + 7) / 8)
      for (slot, arm) in numbers.enumerated() { packed[slot / 8] |= arm << UInt8(slot % 8) }
      // Four bytes are found by chance in some megabytes: only as text.
      plans.append(("the plan as a number", Array(Hex.encode(packed).utf8)))
    }
    self.arms = names.map { Canary("the arm \($0)", Array($0.utf8)) }
    hidden =
      [Canary("the share", bytes(file.share)), Canary("the seed", bytes(file.seed))]
      + file.plan.enumerated().map { Canary("the salt of slot \($0 + 1)", bytes($1.salt)) }
      + plans.map { Canary($0, $1) } + keys
  }
}
