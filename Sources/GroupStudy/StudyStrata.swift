import TrialDesign
import TrialStatistics

/// The rows in four groups by arm and guess, and the contrasts between them.
package struct StudyStrata: Encodable, Sendable {
  /// One group.
  package struct Group: Encodable, Sendable {
    /// The arm, and what was guessed.
    package let arm, guess: String
    /// Rows and persons.
    package let rows, persons: Int
    /// The mean of the rows and their standard deviation.
    package let mean, sd: Double?
  }

  /// The four groups: the first arm guessed as such, guessed as the second; the second likewise.
  package let groups: [Group]
  /// The model's mean of each group, covariates at their means.
  package let cells: [StudyContrast]
  /// The second arm minus the first, among rows with the same guess: first guess, second guess.
  package let withinGuess: [StudyContrast]
  /// Guessed the second arm minus guessed the first, among rows of the same arm: first, second.
  package let withinArm: [StudyContrast]
  /// How much the first two differ.
  package let interaction: StudyContrast?
  /// The whole model.
  package let model: StudyModel?
  /// Why there are no contrasts.
  package let refusal: String?
  /// The fit itself, and the weights of the four means in it.
  let fitted: RandomInterceptModel?
  let weights: [[Double]]

  private enum CodingKeys: String, CodingKey {
    case groups, cells, withinGuess, withinArm, interaction, model, refusal
  }

  init(_ fit: StudyFit, _ rows: StudyRows) {
    let counted = StudyStrata.groups(fit, rows)
    let least = fit.analysis.smallestStratum
    if let small = counted.first(where: { $0.rows < least }) {
      self.init(
        groups: counted,
        refusal: "\(small.arm) guessed as \(small.guess): found \(small.rows) "
          + "\(small.rows == 1 ? "row" : "rows"), expected at least \(least) in each of the four "
          + "groups of arm and guess")
      return
    }
    let result = Result { () throws(MixedModelError) in
      try StudyStrata(fit, rows, counted)
    }
    switch result {
    case .success(let strata): self = strata
    case .failure(let error):
      self.init(groups: counted, refusal: StudyEffect.sentence(error, rows, fit))
    }
  }

  private init(groups: [Group], refusal: String) {
    self.groups = groups
    (cells, withinGuess, withinArm, interaction) = ([], [], [], nil)
    (model, fitted, weights) = (nil, nil, [])
    self.refusal = refusal
  }

  private init(
    _ fit: StudyFit, _ rows: StudyRows, _ groups: [Group]
  ) throws(MixedModelError) {
    let model = try fit.model(rows, [fit.arm(rows), fit.said(rows), fit.interaction(rows)])
    let (active, guess, both) = (fit.active, fit.guess, fit.both)
    let names = fit.arms
    self.groups = groups
    withinGuess = [
      try fit.contrast(model, "\(active) minus \(names[0]), guessed \(names[0])", [active: 1]),
      try fit.contrast(
        model, "\(active) minus \(names[0]), guessed \(active)", [active: 1, both: 1]),
    ]
    withinArm = [
      try fit.contrast(model, "guessed \(active) minus \(names[0]), \(names[0])", [guess: 1]),
      try fit.contrast(
        model, "guessed \(active) minus \(names[0]), \(active)", [guess: 1, both: 1]),
    ]
    interaction = try fit.contrast(model, "difference of both", [both: 1])
    var cells: [StudyContrast] = []
    var weights: [[Double]] = []
    for (place, group) in groups.enumerated() {
      var named = Dictionary(
        zip(model.design.names, model.design.means), uniquingKeysWith: { first, _ in first })
      named[active] = place >= 2 ? 1 : 0
      named[guess] = place % 2 == 1 ? 1 : 0
      named[both] = place == 3 ? 1 : 0
      cells.append(
        try fit.contrast(model, "\(group.arm) guessed as \(group.guess)", named))
      weights.append(model.design.names.map { named[$0] ?? 0 })
    }
    self.cells = cells
    self.weights = weights
    self.model = try fit.line(model)
    fitted = model
    refusal = nil
  }

  private static func groups(_ fit: StudyFit, _ rows: StudyRows) -> [Group] {
    let guessed = rows.guessed
    return (0..<4).map { place in
      let own = guessed.filter { $0.stratum == place }
      let size = Double(own.count)
      let mean = own.isEmpty ? nil : own.reduce(0) { $0 + $1.value } / size
      let squares = mean.map { mean in
        own.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
      }
      return Group(
        arm: fit.arms[place / 2], guess: fit.arms[place % 2], rows: own.count,
        persons: Set(own.map(\.person)).count, mean: mean,
        sd: own.count > 1 ? squares.map { ($0 / (size - 1)).squareRoot() } : nil)
    }
  }
}
