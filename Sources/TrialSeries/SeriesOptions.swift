/// What a series is asked for.
package struct SeriesOptions: Sendable {
  /// The outcome to pool; `nil` for the one that most trials have as primary.
  package var outcome: String?
  /// The arm to pool; `nil` for the commonest.
  package var arm: String?
  /// The level of the intervals.
  package var level = 0.95
  /// The scale of the half-normal prior of the standard deviation between trials; `nil` for half of the
  /// median standard deviation of ratings under the reference.
  package var tauScale: Double?
  /// Whether trials that were not sealed by this program are pooled.
  package var allowsUnverified = false
  /// The seed of the randomization test, where it draws.
  package var seed: UInt64 = 1

  /// The usual ones.
  package init() {}
}
