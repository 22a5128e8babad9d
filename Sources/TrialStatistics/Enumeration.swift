/// Every assignment of a reference set, one after the other.
struct Enumeration {
  let reference: ReferenceSet

  /// The joint distribution, one cell per assignment.
  func cells(_ contrast: IntegerContrast) -> Cells<Double> {
    var cells = Cells<Double>()
    cells.reserveCapacity(Int(min(reference.count, 0x1p24)))
    follow(contrast, slot: 0, state: 0, sum: 0, overlap: 0, tally: .init(), into: &cells)
    return cells
  }

  private func follow(
    _ contrast: IntegerContrast, slot: Int, state: Int32, sum: Int64, overlap: Int64,
    tally: IntegerContrast.Tally, into cells: inout Cells<Double>
  ) {
    guard slot < reference.slotCount else {
      cells.append(contrast.finished(sum, overlap, tally), 1)
      return
    }
    for arm in 0...1 {
      guard let next = reference.next(slot, state, arm) else { continue }
      follow(
        contrast, slot: slot + 1, state: next, sum: sum + Int64(arm) * contrast.gain[slot],
        overlap: overlap + Int64(arm) * contrast.overlapGain[slot],
        tally: contrast.tally(tally, after: slot, arm: arm), into: &cells)
    }
  }
}
