/// One outcome under one analysis set: every arm described, and each against the reference.
public struct OutcomeResult: Sendable {
  /// The outcome's name.
  public let name: String
  /// The question as it was asked, or the name.
  public let prompt: String
  /// The answers that can be given, as in "0 to 10"; `nil` where no item says.
  public internal(set) var scale: String?
  /// The unit, where the item has one.
  public let unit: String?
  /// Which set of slots: "as scheduled", or a sensitivity analysis in a few words.
  public let set: String
  /// Every arm described, the reference first.
  public let arms: [ArmSummary]
  /// Each other arm against the reference; with two arms exactly one.
  public internal(set) var contrasts: [Contrast]
  /// One test of all arms together, with more than two of them.
  public internal(set) var global: GlobalTest?

  /// The name, and the question with its scale where there is one that says more.
  public var inFull: String {
    prompt == name ? name : "\(name): “\(prompt)”" + (scale.map { ", \($0)" } ?? "")
  }

  /// The randomization test of the first contrast, the only one with two arms.
  public var test: EffectTest? { contrasts.first?.test }
  /// The Bayesian effect of the first contrast.
  public var bayes: BayesEffect? { contrasts.first?.bayes }
  /// The plain difference of the means of the first contrast.
  public var meanDifference: Double? { contrasts.first?.meanDifference }
  /// Why something is missing from the first contrast, where something is.
  public var note: String? { contrasts.first?.note }
  /// Ratings in the analysis, over all arms.
  public var count: Int { arms.reduce(0) { $0 + $1.count } }
  /// Which way is better by the protocol; `nil` where it does not say.
  public internal(set) var better: PlainAnswer.Direction?

  /// Ratings that a contrast compares: those of its arm and of the reference.
  package func count(of contrast: Contrast) -> Int {
    arms.filter { $0.arm == contrast.name || $0.arm == contrast.reference }
      .reduce(0) { $0 + $1.count }
  }

  /// The value of every rating that a contrast compares, where they are two or more and all the same.
  func onlyValue(of contrast: Contrast) -> Double? {
    let both = arms.filter { $0.arm == contrast.name || $0.arm == contrast.reference }
    guard both.count == 2, both.allSatisfy({ $0.count > 1 }), let value = both[0].lowest,
      both.allSatisfy({ $0.lowest == value && $0.highest == value })
    else { return nil }
    return value
  }

  /// Whether a contrast has an interval from 0 to 0 because no rating ever moved: then it has no width
  /// by construction, and says nothing of how precise the trial was.
  public func hasStillInterval(_ contrast: Contrast) -> Bool {
    guard let interval = contrast.test?.planned.interval, onlyValue(of: contrast) != nil else {
      return false
    }
    return interval.lower == 0 && interval.upper == 0
  }
}

/// One arm's ratings, described.
public struct ArmSummary: Hashable, Sendable, Codable {
  /// The arm's name.
  public let arm: String
  /// Ratings in the analysis.
  public let count: Int
  /// Their mean.
  public let mean: Double?
  /// Their standard deviation (n - 1).
  public let sd: Double?
  /// The smallest.
  public let lowest: Double?
  /// The largest.
  public let highest: Double?

  init(arm: String, values: [Double]) {
    self.arm = arm
    count = values.count
    let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    self.mean = mean
    if let mean, values.count > 1 {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      sd = (squares / Double(values.count - 1)).squareRoot()
    } else {
      sd = nil
    }
    lowest = values.min()
    highest = values.max()
  }
}
