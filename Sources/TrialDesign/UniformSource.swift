package import BigInt

/// Where a uniformly distributed rank comes from.
package protocol UniformSource {
  /// A number from 0 up to but without `bound`, each equally likely.
  mutating func uniform(below bound: BigUInt) throws -> BigUInt
}
