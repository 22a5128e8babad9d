import TrialDesign

extension AnalysisInput {
  /// The scheme's blocks, or runs of seven slots where it has none.
  var tableBlocks: [Range<Int>] {
    let designed = scheme.blocks
    if designed.count > 1 { return designed }
    let slots = observed.count
    return stride(from: 0, to: slots, by: 7).map { $0..<min(slots, $0 + 7) }
  }

  /// The block of a slot (both 0-based).
  func blockIndex(_ slot: Int) -> Int {
    tableBlocks.firstIndex { $0.contains(slot) } ?? 0
  }

  /// The means of the primary outcome by block.
  func blockLines(_ slots: [SlotLine]) -> [BlockLine] {
    tableBlocks.enumerated().map { number, range in
      let inside = slots[range]
      let values = arms.indices.map { arm in
        inside.filter { $0.arm == arm && $0.isAnalysed }.compactMap(\.value)
      }
      let means = values.map { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }
      var difference: Double?
      if means.count == 2, let reference = means[0], let active = means[1] {
        difference = active - reference
      }
      return BlockLine(
        number: number + 1, first: range.lowerBound + 1, last: range.upperBound,
        planned: arms.indices.map { arm in inside.count { $0.arm == arm } },
        rated: values.map(\.count), means: means, difference: difference)
    }
  }
}
