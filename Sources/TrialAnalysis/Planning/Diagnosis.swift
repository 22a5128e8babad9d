/// What a design would do if ratings came about as assumed: its operating characteristics.
///
/// Every simulated trial is drawn from the sealed scheme and analysed by the sealed plan, by the code
/// that makes the report. "Claims" are the answers in which the report says that ratings differ.
public struct Diagnosis: Sendable {
  /// Simulated trials that were asked for.
  public let requested: Int
  /// Those that were done before an interruption, if there was one.
  public let simulations: Int
  /// The seed: simulation i of it is the same trial wherever and whenever it is computed.
  public let seed: UInt64

  /// The share of claims, of either side, under the assumed effect.
  public let power: Diagnosand
  /// The share of claims without an effect; with a broken blind, what belief alone brings about.
  public let size: Diagnosand
  /// The share of "we cannot tell".
  public let cannotTell: Diagnosand
  /// The share of "no difference that would matter", where the plan names a threshold.
  public let noDifference: Diagnosand
  /// The mean width of the planned interval, where it has two bounds.
  public let width: Diagnosand
  /// The mean of estimate minus effect.
  public let bias: Diagnosand
  /// The share of planned intervals that hold the effect.
  public let coverage: Diagnosand
  /// The share of claims with the wrong side [Gelman and Carlin 2014].
  public let typeS: Diagnosand
  /// By how much claimed effects are exaggerated: the mean size of the estimate over the true one.
  public let typeM: Diagnosand
  /// The standard deviation of the estimates.
  public let estimateSD: Double?

  /// Draws that stood for the whole set in each test; `nil` where it was the plan's own.
  public let draws: Int?
  /// Simulated trials that could be analysed; under many missing days not all.
  public var analysed: Int { bias.count }

  /// What looks after every block would do; `nil` without a rule for stopping.
  public let monitoring: Monitoring?

  /// What a trial with looks would do, by the answer that is valid at any time.
  public struct Monitoring: Hashable, Sendable, Codable {
    /// The share that claims a difference under the assumed effect, stopped or at the end.
    public let power: Diagnosand
    /// The same without an effect.
    public let size: Diagnosand
    /// Days until the stop, or to the end.
    public let days: Diagnosand
    /// Days of the trial without looks.
    public let fixedDays: Int
  }

  /// Whether fewer trials were simulated than asked for.
  public var isInterrupted: Bool { simulations < requested }

  /// - Parameters:
  ///   - trials: what the plan said, in the order of the simulations.
  ///   - null: the same without an effect.
  init(
    _ trials: [SimulatedTrial], null: [SimulatedTrial], of planned: PlannedTrial, effect: Double,
    requested: Int, seed: UInt64
  ) {
    self.requested = requested
    self.seed = seed
    draws = planned.draws
    simulations = trials.count
    monitoring = planned.monitoring.map { _ in
      Monitoring(
        power: Diagnosand(share: trials.count { $0.stop != nil }, of: trials.count),
        size: Diagnosand(share: null.count { $0.stop != nil }, of: null.count),
        days: Diagnosand(
          mean: trials.map { Double($0.stop.map(planned.days) ?? planned.dayCount) }),
        fixedDays: planned.dayCount)
    }
    let claims = trials.filter { $0.claim != 0 }
    power = Diagnosand(share: claims.count, of: trials.count)
    size = Diagnosand(share: null.count { $0.claim != 0 }, of: null.count)
    cannotTell = Diagnosand(
      share: trials.count { $0.verdict == .cannotTell || $0.verdict == .notAfterComparisons },
      of: trials.count)
    noDifference = Diagnosand(
      share: trials.count { $0.verdict == .noRelevantEffect }, of: trials.count)
    let bounds = trials.compactMap(\.interval)
    width = Diagnosand(
      mean: bounds.compactMap { bounds in
        guard let lower = bounds.lower, let upper = bounds.upper else { return nil }
        return upper - lower
      })
    let errors = trials.compactMap(\.estimate).map { $0 - effect }
    bias = Diagnosand(mean: errors)
    estimateSD = errors.count > 1 ? bias.error.map { $0 * Double(errors.count).squareRoot() } : nil
    // A bound that is the effect to the last rounding holds it.
    let slack = 1e-9 * max(1, effect.magnitude)
    coverage = Diagnosand(
      share: bounds.count {
        ($0.lower ?? -.infinity) <= effect + slack && effect - slack <= ($0.upper ?? .infinity)
      }, of: bounds.count)
    guard effect != 0 else {
      typeS = Diagnosand(share: 0, of: 0)
      typeM = Diagnosand(mean: [])
      return
    }
    let side = effect > 0 ? 1 : -1
    typeS = Diagnosand(share: claims.count { $0.claim != side }, of: claims.count)
    typeM = Diagnosand(
      mean: claims.compactMap { $0.estimate.map { $0.magnitude / effect.magnitude } })
  }
}
