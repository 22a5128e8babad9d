/// What the plan says about effects that outlast their slot.
public struct CarryOverResult: Hashable, Sendable {
  /// The effect without the first slots after each change of arm.
  public struct Row: Hashable, Sendable {
    /// Slots left out after each change.
    public let dropped: Int
    /// Ratings that remain.
    public let ratings: Int
    /// The test over them; `nil` where it cannot be computed.
    public let test: EffectTest?
    /// Why it is missing, where it is.
    public let note: String?
  }

  /// The arm of the slot before, fitted beside the slot's own.
  public struct Lag: Hashable, Sendable {
    /// The coefficient of the slot before: what an arm adds one slot later, in the outcome's unit.
    public let coefficient: Double
    /// The effect of the slot's own arm with the lag beside it.
    public let effect: Double
    /// The two-sided p-value of the coefficient over the reference set.
    public let p: Double
    /// The slots in the fit: those with a rating, and with one of the two arms in the slot before.
    public let slots: Int
    /// What is left of them after every number that is fitted.
    public let degrees: Int

    /// The fewest degrees of freedom that are enough: with fewer, the two numbers say more of the noise
    /// of a few slots than of the arms.
    static let fewestDegrees = 5
  }

  /// The Bayesian effect with the lag as a column.
  public struct LagBayes: Hashable, Sendable, Codable {
    /// Posterior mean of the coefficient of the slot before.
    public let mean: Double
    /// The lower end of its interval at the plan's level.
    public let lower: Double
    /// The upper end.
    public let upper: Double
  }

  /// The lag in the randomization test; `nil` where the plan has none or it cannot be computed.
  public let lag: Lag?
  /// The lag in the Bayesian model.
  public let lagBayes: LagBayes?
  /// The sensitivity table, from nothing left out upwards.
  public let rows: [Row]
  /// Why something is missing, where something is.
  public let note: String?
}
