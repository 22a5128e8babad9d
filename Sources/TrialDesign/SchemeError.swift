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
  /// Some sequence is given by more draws than another by a factor beyond 2⁶⁴.
  case tooManyDraws
  /// A source of random numbers returned a number outside its range.
  case foreignNumber

  /// Most slots that a trial may have: ten years of days, and some.
  public static let mostSlots = 4000

  /// What was found.
  var found: String {
    switch self {
    case .noSlots: "a scheme without slots"
    case .tooManySlots(let count): "a scheme of \(count) slots"
    case .tooFewArms: "a scheme with fewer than two arms"
    case .tooSmall(let name, let found, _): "\(found) as \(name)"
    case .unbalancedBlock(let block): "no slot of one arm in block \(block)"
    case .unequalLength(let place): "another length in sequence \(place) than in the first"
    case .repeated(let place): "sequence \(place) twice"
    case .emptyPattern(let place): "only the reference in pattern \(place)"
    case .armLeftOut: "a sequence that leaves an arm without a counted slot"
    case .impossible: "a rule that no sequence satisfies"
    case .tooManyStates: "a rule with more than a million states"
    case .tooManyDraws: "a bowl that gives one sequence 2⁶⁴ times as often as another"
    case .foreignNumber: "a random number outside its range"
    }
  }

  /// What was expected instead.
  var expected: String {
    switch self {
    case .noSlots: "at least one slot"
    case .tooManySlots: "at most \(SchemeError.mostSlots)"
    case .tooFewArms: "at least two arms"
    case .tooSmall(_, _, let least): "at least \(least)"
    case .unbalancedBlock: "at least one slot of every arm in each block"
    case .unequalLength: "equal lengths"
    case .repeated: "different sequences"
    case .emptyPattern: "a slot of another arm in every pattern"
    case .armLeftOut: "every arm in every sequence"
    case .impossible: "a rule that some sequence satisfies"
    case .tooManyStates: "a simpler rule"
    case .tooManyDraws: "a smaller bowl"
    case .foreignNumber: "one below the number of sequences"
    }
  }

  /// What was found, and what was expected.
  public var message: String { "found \(found), expected \(expected)" }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .impossible: "loosen the rule: fewer slots of one arm, or a longer run"
    case .tooManyStates: "fewer slots, fewer arms, or fewer different blocks in a shuffled order"
    case .tooManySlots: "plan a shorter trial, or several trials"
    default: nil
    }
  }
}
