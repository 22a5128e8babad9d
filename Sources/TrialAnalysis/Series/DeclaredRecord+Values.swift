package import BlindRecord
import TrialDesign

/// The values of one trial, slot by slot, as texts: nothing of them was checked yet.
package struct DeclaredValues: Sendable {
  /// The names of the arms.
  package var arms: [String]
  /// The outcomes in the order of the source; `nil` is missing.
  package var outcomes: [(name: String, cells: [String?])]
  /// A probability, `dk`, or `nil` for not asked; `nil` for all where nobody was asked.
  package var guesses: [String?]?
  /// The outcome to analyse as the primary one; `nil` for the design's, else the first.
  package var outcome: String?

  /// Collects the values.
  package init(
    arms: [String], outcomes: [(name: String, cells: [String?])], guesses: [String?]?,
    outcome: String?
  ) {
    self.arms = arms
    self.outcomes = outcomes
    self.guesses = guesses
    self.outcome = outcome
  }
}

extension DeclaredRecord {
  /// A trial that was run elsewhere, from values instead of a table.
  ///
  /// What is taken and what is refused is that of a table.
  ///
  /// - Throws: `FormatError` with the place in the values: `arms[3]`, `outcomes.mood[3]`, from 1.
  package init(
    name: String, design: CompiledDesign, values: DeclaredValues
  ) throws(FormatError) {
    let plan = design.design.plan
    let slots = design.design.scheme.slotCount
    let observed = try values.observed(design.design.arms.map(\.name), slots: slots)
    let named = values.outcome ?? (plan.outcome.isEmpty ? nil : plan.outcome)
    let primary = try values.place(of: named)
    // Another outcome than the design's as primary is another analysis: then nothing is joined.
    let isPlanned = values.outcome == nil || values.outcome == plan.outcome
    var also: [Int] = []
    for name in isPlanned ? plan.alsoTested : [] {
      let place = try values.place(of: name)
      guard place != primary else {
        throw FormatError(
          "outcomes", found: "\(quoted(name)) as the outcome and in alsoTested",
          expected: "every outcome once")
      }
      also.append(place)
    }
    var series: [OutcomeSeries] = []
    for place in values.outcomes.indices { series.append(try values.series(place, slots: slots)) }
    let input = design.input.observing(observed)
    if let slot = input.automaton.contains(Assignment(arms: observed)) {
      throw FormatError(
        "arms[\(slot + 1)]", found: quoted(values.arms[min(slot, slots - 1)]),
        expected: "an assignment that the scheme \(design.design.scheme.name) can give",
        hint: "slot \(slot + 1) is the first that cannot be; is it the design of this trial?")
    }
    self.init(
      file: name, outcome: series[primary], alsoTested: also.map { series[$0] },
      others: series.indices.filter { $0 != primary && !also.contains($0) }.map { series[$0] },
      guesses: try values.guesses(slots: slots), input: input)
  }
}

extension DeclaredValues {
  fileprivate func check(_ place: String, _ count: Int, slots: Int) throws(FormatError) {
    guard count == slots else {
      throw FormatError(
        place, found: counted(count, "slot"), expected: "\(slots), as the design has",
        hint: "one value for each slot, in order; a missed slot is null")
    }
  }

  fileprivate func observed(_ names: [String], slots: Int) throws(FormatError) -> [Int] {
    try check("arms", arms.count, slots: slots)
    var observed: [Int] = []
    observed.reserveCapacity(slots)
    for (slot, name) in arms.enumerated() {
      guard let arm = names.firstIndex(of: name) else {
        throw FormatError(
          "arms[\(slot + 1)]", found: "the arm \(quoted(name))",
          expected: names.joined(separator: " or "))
      }
      observed.append(arm)
    }
    return observed
  }

  fileprivate func place(of name: String?) throws(FormatError) -> Int {
    guard let name else {
      guard !outcomes.isEmpty else {
        throw FormatError(
          "outcomes", found: "no outcome", expected: "a name and a list of numbers")
      }
      return 0
    }
    guard let place = outcomes.firstIndex(where: { $0.name == name }) else {
      let names = outcomes.map(\.name).joined(separator: ", ")
      throw FormatError(
        "outcomes", found: "no outcome \(quoted(name))", expected: "one of \(names)")
    }
    return place
  }

  fileprivate func series(_ place: Int, slots: Int) throws(FormatError) -> OutcomeSeries {
    let (name, cells) = outcomes[place]
    try check("outcomes.\(name)", cells.count, slots: slots)
    var numbers: [ExactDecimal?] = []
    numbers.reserveCapacity(slots)
    for (slot, cell) in cells.enumerated() {
      guard let cell else {
        numbers.append(nil)
        continue
      }
      guard let number = ExactDecimal(cell) else {
        throw FormatError(
          "outcomes.\(name)[\(slot + 1)]", found: quoted(cell),
          expected: "a number, or null where it is missing",
          hint: "numbers from 1e-50 to 1e50 in size are taken; choose another unit")
      }
      numbers.append(number)
    }
    return OutcomeSeries(name: name, cells: numbers)
  }

  fileprivate func guesses(slots: Int) throws(FormatError) -> [SlotLine.Guess] {
    guard let guesses else { return Array(repeating: .none, count: slots) }
    try check("guesses", guesses.count, slots: slots)
    var read: [SlotLine.Guess] = []
    for (slot, text) in guesses.enumerated() {
      switch text {
      case nil: read.append(.none)
      case "dk"?: read.append(.unknown)
      case let text?:
        guard let number = ExactDecimal(text), (0...1).contains(number.value) else {
          throw FormatError(
            "guesses[\(slot + 1)]", found: quoted(text),
            expected: "a probability from 0 to 1, \"dk\", or null")
        }
        read.append(.probability(number.value))
      }
    }
    return read
  }
}
