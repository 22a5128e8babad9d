import OpenSSLCrypto

/// The order of the cups of one matching test, which follows from a secret (packing.md, section 10).
///
/// Each round has three cups, two of which hold the same; in half of the rounds the odd one holds the
/// first of the two contents. Shows nothing of itself.
package struct MatchingOrder: Sendable, CustomReflectable {
  /// The secret's length in bytes.
  package static let secretLength = 32

  /// For each round, the odd cup, 1 to 3.
  package let odd: [Int]
  /// The cups by content, each as `3 * (round - 1) + cup`, in the order in which they are given out.
  package let tickets: [[Int]]
  /// The commitment to the secret, in hex.
  package let commitment: String

  /// Derives the order.
  ///
  /// - Precondition: `rounds` is even.
  package init(secret: [UInt8], trial: String, rounds: Int) throws {
    let identity = Hex.decode(trial) ?? []
    commitment = Hex.encode(sha256(Array("selfblind/matching/v1\0".utf8) + identity + secret))
    let stream = try SeedStream(seed: secret, for: .matching)
    let oddContents = try (0..<rounds).map { $0 % 2 }.shuffled(by: stream)
    let odd = try (0..<rounds).map { _ in try stream.uniform(below: 3) + 1 }
    self.odd = odd
    tickets = try [0, 1].map { content in
      try (0..<3 * rounds).filter { place in
        let isOdd = place % 3 + 1 == odd[place / 3]
        return isOdd == (oddContents[place / 3] == content)
      }.map { $0 + 1 }.shuffled(by: stream)
    }
  }

  /// A new secret from the system.
  package static func newSecret() throws -> [UInt8] { try randomBytes(secretLength) }

  /// The secret in hex, for the record after the answers.
  package static func text(of secret: [UInt8]) -> String { Hex.encode(secret) }

  /// In how many rounds the odd cup was named.
  package func right(_ answers: [Int]) -> Int {
    zip(odd, answers).count { $0 == $1 }
  }

  /// Opens a result of the record: whether the secret is the committed one and the count is right.
  package static func isRight(
    _ secret: String, commitment: String, answers: [Int], right: Int, trial: String
  ) -> Bool {
    guard let bytes = Hex.decode(secret), bytes.count == secretLength,
      let order = try? MatchingOrder(secret: bytes, trial: trial, rounds: answers.count)
    else { return false }
    return order.commitment == commitment && order.right(answers) == right
  }

  /// Nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
