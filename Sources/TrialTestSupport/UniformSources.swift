package import BigInt
package import TrialDesign

/// Returns a stated rank: with every rank below the count, a draw is shown to be uniform.
package struct RankSource: UniformSource {
  private let rank: BigUInt
  /// The bound that was asked for last.
  package private(set) var bound: BigUInt = 0

  /// A source of one rank.
  package init(rank: BigUInt) { self.rank = rank }

  /// A source of one small rank.
  package init(_ rank: Int) { self.init(rank: BigUInt(rank)) }

  /// The rank, whatever the bound.
  package mutating func uniform(below bound: BigUInt) throws -> BigUInt {
    self.bound = bound
    return rank
  }
}

/// The rule of allocation.md, section 2, over listed words.
package struct WordSource: UniformSource {
  /// The words that were not taken yet.
  package private(set) var words: [UInt32]

  /// A source of words.
  package init(words: [UInt32]) { self.words = words }

  /// The next numbers are taken until one is below the limit.
  package mutating func uniform(below bound: BigUInt) throws -> BigUInt {
    let count = Swift.max(1, ((bound - 1).bitWidth + 31) / 32)
    let limit = (BigUInt(1) << (32 * count)) / bound * bound
    while words.count >= count {
      let number = words.prefix(count).reversed().reduce(BigUInt(0)) { $0 << 32 | BigUInt($1) }
      words.removeFirst(count)
      if number < limit { return number % bound }
    }
    throw SchemeError.foreignNumber
  }
}

extension SlotAutomaton {
  /// The number of assignments in decimal digits.
  package var countText: String { String(count) }

  /// The rank of an assignment in decimal digits.
  package func rankText(of assignment: Assignment) -> String? {
    rank(of: assignment).map { String($0) }
  }

  /// How many draws give an assignment of a small set.
  package func drawCount(of assignment: Assignment) -> Int { Int(draws(of: assignment)) }

  /// Every assignment in order, each as often as it is drawn; for small sets.
  package var everyDraw: [Assignment] {
    assignments().flatMap { repeatElement($0, count: drawCount(of: $0)) }
  }

  /// Every rank below the count, in order; for small sets.
  package var ranks: [BigUInt] { (0..<(Int(count))).map { BigUInt($0) } }
}

extension SlotAutomaton {
  /// The last assignment of the lexicographic order.
  package var last: Assignment { assignment(rank: count - 1) }
}
