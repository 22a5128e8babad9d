public import BlindRecord

/// Why a declared scheme has no reference set.
public enum SchemeError: Refusal, Equatable {
  /// The scheme has no slot.
  case noSlots
  /// More slots than this version takes.
  case tooManySlots(Int)
  /// Fewer than two arms.
  case tooFewArms
  /// A number that must be at least some value is less: its name, what it is, the least.
  case tooSmall(String, Int, least: Int)
  /// A block gives an arm to none of its slots: its 1-based number.
  case unbalancedBlock(Int)
  /// A listed assignment or a pattern has another length than the first: its 1-based number.
  case unequalLength(Int)
  /// A listed assignment or a pattern occurs twice: the 1-based number of the later one.
  case repeated(Int)
  /// A pattern gives no slot to an arm other than the reference: its 1-based number.
  case emptyPattern(Int)
  /// An assignment of the set leaves an arm without a slot.
  case armLeftOut
  /// No assignment satisfies the rule.
  case impossible
  /// The rule must remember more states than this version takes.
  case tooManyStates
  /// A source of random numbers returned a number outside its range.
  case foreignNumber

  /// Most slots that a trial may have.
  public static let mostSlots = 1000

  /// What was found, and what was expected.
  public var message: String {
    switch self {
    case .noSlots: "a scheme without slots, expected at least two slots"
    case .tooManySlots(let count):
      "a scheme of \(count) slots, expected at most \(SchemeError.mostSlots)"
    case .tooFewArms: "a scheme with fewer than two arms, expected two arms"
    case .tooSmall(let name, let found, let least):
      "\(found) as \(name), expected at least \(least)"
    case .unbalancedBlock(let block):
      "block \(block) gives one arm no slot, expected at least one slot of every arm in each block"
    case .unequalLength(let place):
      "sequence \(place) has another length than the first, expected equal lengths"
    case .repeated(let place): "sequence \(place) occurs twice, expected different sequences"
    case .emptyPattern(let place):
      "pattern \(place) is the reference week itself, expected a slot of the other arm in it"
    case .armLeftOut:
      "a sequence that leaves an arm without a counted slot, expected every arm in every sequence"
    case .impossible: "a rule that no sequence satisfies, expected at least two possible sequences"
    case .tooManyStates: "a rule with more than a million states, expected a simpler rule"
    case .foreignNumber: "a random number outside its range, expected one below the set's count"
    }
  }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .impossible: "loosen the rule: fewer slots of one arm, or a longer run"
    case .tooManySlots: "plan a shorter trial, or several trials"
    default: nil
    }
  }
}
