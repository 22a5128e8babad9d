extension ReferenceSet {
  /// The two-arm set of one arm and the reference, given everything else.
  ///
  /// It holds the assignments of a scheme with more arms that are the real one wherever that has a
  /// third arm. Those slots are forced and not kept; the others have the reference (0) or the arm (1).
  /// Given where the third arms are, all draws of these assignments are equally likely, so a test over them is
  /// exact whatever the third arms do.
  ///
  /// - Parameters:
  ///   - layers: the scheme, `layers[slot][state][arm]`, as for `init(layers:)` with more arms.
  ///   - observed: the real assignment, arms numbered from 0.
  ///   - arm: the arm that is compared with arm 0.
  ///   - ends: as for `init(layers:ends:)`.
  public static func comparing(
    layers: [[[Int32]]], observed: [Int], arm: Int, ends: [UInt64] = []
  ) -> (reference: ReferenceSet, observed: [Int], kept: [Bool]) {
    let kept = observed.map { $0 == 0 || $0 == arm }
    let two = layers.enumerated().map { slot, layer in
      layer.map { next -> [Int32] in
        guard slot < observed.count, next.indices.contains(observed[slot]) else { return [-1, -1] }
        guard kept[slot] else { return [next[observed[slot]], -1] }
        return [next[0], next.indices.contains(arm) ? next[arm] : -1]
      }
    }
    return (ReferenceSet(layers: two, ends: ends), observed.map { $0 == arm ? 1 : 0 }, kept)
  }
}
