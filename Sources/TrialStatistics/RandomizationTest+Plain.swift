extension RandomizationTest {
  /// The result without whitening: integers all the way.
  func plainResult() throws(StatisticsError) -> RandomizationResult {
    var outcome = outcome
    var contrast = contrast(outcome)
    for _ in 0..<5 where contrast == nil {
      outcome = outcome.coarser()
      contrast = self.contrast(outcome)
    }
    guard let contrast else { throw .blockSizesTooDifferent }
    guard contrast.statistic(of: observed).weight > 0 else { throw .noBlockWithBothArms }
    if let drawing {
      var sampler = Sampler(reference, seed: drawing.seed)
      let cells = sampler.cells(contrast, draws: drawing.count, observed: observed)
      return evaluate(cells, contrast, outcome, draws: drawing.count)
    }
    var result = result(contrast, outcome)
    result.roundingUnit = outcome.roundingUnit
    return result
  }

  /// The result by the cheapest exact route, and by draws where there is none.
  private func result(_ given: IntegerContrast, _ outcome: ExactOutcome) -> RandomizationResult {
    let complete = CompleteCount(given, reference)
    if let complete, complete.isSmall(for: reference) { return counted(complete, given, outcome) }
    let forms =
      given.closings.isEmpty ? [given] : [given, self.contrast(outcome, carrying: true) ?? given]
    let (contrast, work) = cheapest(forms)
    let listed = reference.count * Double(reference.slotCount)
    if reference.count <= Limits.enumerated, listed < work.additions || !work.fits {
      return evaluate(Enumeration(reference: reference).cells(contrast), contrast, outcome)
    }
    if let complete, complete.fits, complete.additions < work.additions || !work.fits {
      return counted(complete, given, outcome)
    }
    if work.fits { return counted(contrast, room: work.room, outcome) }
    if let linear = LinearContrast(contrast, observed: observed, outcome: outcome),
      reference.count < 0x1p53, MeetInTheMiddle(reference, linear).size <= MeetInTheMiddle.limit
    {
      return result(linear)
    }
    var sampler = Sampler(reference)
    let cells = sampler.cells(contrast, draws: Limits.draws, observed: observed)
    let drawn = evaluate(cells, contrast, outcome, draws: Limits.draws)
    return bare(forms, outcome)?.taking(limitsOf: drawn, draws: Limits.draws) ?? drawn
  }

  /// The result without limits of outcomes that can be held exactly; `nil` for others, and where even
  /// that would be too much.
  func plainTails() -> RandomizationResult? {
    guard let contrast = contrast(outcome), contrast.statistic(of: observed).weight > 0 else {
      return nil
    }
    return bare([contrast], outcome)
  }

  /// The p-values by sums alone: without the overlaps, which only the intervals need, the lattice has one
  /// row for each key.
  private func bare(_ forms: [IntegerContrast], _ outcome: ExactOutcome) -> RandomizationResult? {
    let forms = forms.map(\.withoutOverlaps)
    if let complete = CompleteCount(forms[0], reference), complete.fits {
      return counted(complete, forms[0], outcome)
    }
    let (contrast, work) = cheapest(forms)
    return work.fits ? counted(contrast, room: work.room, outcome) : nil
  }

  /// The form of a contrast whose lattice takes the fewest additions.
  private func cheapest(_ forms: [IntegerContrast]) -> (IntegerContrast, LatticeWork) {
    var best = (forms[0], LatticeWork(forms[0], reference))
    for form in forms.dropFirst() {
      let work = LatticeWork(form, reference)
      if work.additions < best.1.additions { best = (form, work) }
    }
    return best
  }

  /// The result of counting all assignments in a lattice.
  ///
  /// - Parameter room: cells to make room for.
  func counted(
    _ contrast: IntegerContrast, room: Int, _ outcome: ExactOutcome
  ) -> RandomizationResult {
    if reference.count > 0x1p53, reference.exactCount != nil {
      return evaluate(
        LatticeRecursion<UInt128>.counted(contrast, reference, cells: room), contrast, outcome)
    }
    return evaluate(
      LatticeRecursion<Double>.counted(contrast, reference, cells: room), contrast, outcome)
  }

  /// The result of counting a completely randomized set by groups.
  private func counted(
    _ complete: CompleteCount, _ contrast: IntegerContrast, _ outcome: ExactOutcome
  ) -> RandomizationResult {
    reference.count > 0x1p53 && reference.exactCount != nil
      ? evaluate(complete.counted() as Lattice<UInt128>, contrast, outcome)
      : evaluate(complete.counted() as Lattice<Double>, contrast, outcome)
  }

  func contrast(_ outcome: ExactOutcome, carrying: Bool = false) -> IntegerContrast? {
    IntegerContrast.make(
      units: outcome.units, used: used, observed: observed, reference: reference, blocks: blocks,
      carrying: carrying)
  }

  /// The answers from a lattice: by rows, or cell by cell where the integers are too large.
  func evaluate<Count: PathWeight>(
    _ lattice: consuming Lattice<Count>, _ contrast: IntegerContrast, _ outcome: ExactOutcome
  ) -> RandomizationResult {
    let target = contrast.statistic(of: observed)
    guard RowEvaluation.fits(lattice, contrast, target) else {
      return evaluate(Cells(lattice, contrast), contrast, outcome)
    }
    let answer = RowEvaluation(lattice, contrast, observed: target, outcome: outcome)
    return result(answer, draws: nil)
  }

  func evaluate<Count: PathWeight>(
    _ cells: Cells<Count>, _ contrast: IntegerContrast, _ outcome: ExactOutcome, draws: Int? = nil
  ) -> RandomizationResult {
    let answer = CellEvaluation(
      cells, observed: contrast.statistic(of: observed), outcome: outcome)
    return result(answer, draws: draws)
  }
}

extension IntegerContrast {
  /// The same statistic without the overlap with the observed assignment: enough for p-values at no
  /// effect, which leave the sums alone to be followed.
  var withoutOverlaps: IntegerContrast {
    var finish = finish
    finish.overlapOffset = 0
    return IntegerContrast(
      gain: gain, overlapGain: gain.map { _ in 0 }, used: used, counted: counted,
      closings: closings.map { $0?.withoutOverlaps }, single: single?.withoutOverlaps,
      finish: finish)
  }
}

extension IntegerContrast.Closing {
  fileprivate var withoutOverlaps: IntegerContrast.Closing {
    IntegerContrast.Closing(
      observed: observed, scale: scale, sum: sum, active: 0, carries: carries)
  }
}

extension RandomizationResult {
  /// The same p-values and distribution, with the intervals and the Hodges-Lehmann value of draws.
  fileprivate func taking(limitsOf drawn: RandomizationResult, draws: Int) -> RandomizationResult {
    var result = self
    result.hodgesLehmann = drawn.hodgesLehmann
    result.interval = drawn.interval
    result.intervalAbsolute = drawn.intervalAbsolute
    result.intervalDraws = draws
    return result
  }
}
