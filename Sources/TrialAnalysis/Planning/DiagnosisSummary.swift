import TrialStatistics

/// A diagnosis as one JSON object; figures that nothing is known about are `null`.
public struct DiagnosisSummary: Encodable, Sendable {
  private let diagnosis: Diagnosis
  private let model: OutcomeModel

  /// The summary of a diagnosis under a model.
  public init(_ diagnosis: Diagnosis, model: OutcomeModel) {
    self.diagnosis = diagnosis
    self.model = model
  }

  private enum CodingKeys: String, CodingKey {
    case seed, simulations, requested, interrupted, draws, assumed, power, size, cannotTell,
      noDifference,
      width, bias
    case coverage, typeS, typeM, estimateSD, monitoring
  }

  /// Writes the object.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(diagnosis.seed, forKey: .seed)
    try fields.encode(diagnosis.simulations, forKey: .simulations)
    try fields.encode(diagnosis.requested, forKey: .requested)
    try fields.encode(diagnosis.isInterrupted, forKey: .interrupted)
    try fields.encodeIfPresent(diagnosis.draws, forKey: .draws)
    try fields.encode(Assumed(model: model), forKey: .assumed)
    try fields.encode(diagnosis.power, forKey: .power)
    try fields.encode(diagnosis.size, forKey: .size)
    try fields.encode(diagnosis.cannotTell, forKey: .cannotTell)
    try fields.encode(diagnosis.noDifference, forKey: .noDifference)
    try fields.encode(diagnosis.width, forKey: .width)
    try fields.encode(diagnosis.bias, forKey: .bias)
    try fields.encode(diagnosis.coverage, forKey: .coverage)
    try fields.encode(diagnosis.typeS, forKey: .typeS)
    try fields.encode(diagnosis.typeM, forKey: .typeM)
    try fields.encode(diagnosis.estimateSD, forKey: .estimateSD)
    try fields.encodeIfPresent(diagnosis.monitoring, forKey: .monitoring)
  }
}

/// What was assumed, as JSON.
private struct Assumed: Encodable {
  let model: OutcomeModel

  private enum CodingKeys: String, CodingKey {
    case effect, mean, sd, autocorrelation, runIn, trend, missing, carryOver, recognized, expectancy
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(model.effect, forKey: .effect)
    try fields.encode(model.mean, forKey: .mean)
    switch model.noise {
    case .known(let sd, let phi):
      try fields.encode(sd, forKey: .sd)
      try fields.encode(phi, forKey: .autocorrelation)
    case .estimated(let found):
      try fields.encode(found.sd, forKey: .sd)
      try fields.encode(found.autocorrelation, forKey: .autocorrelation)
      try fields.encode(found.count, forKey: .runIn)
    }
    try fields.encode(model.trend, forKey: .trend)
    try fields.encode(model.missing, forKey: .missing)
    try fields.encode(model.carryOver, forKey: .carryOver)
    try fields.encode(model.recognized, forKey: .recognized)
    try fields.encode(model.expectancy, forKey: .expectancy)
  }
}

extension DesignComparison: Encodable {
  private enum CodingKeys: String, CodingKey {
    case power, longest, simulations, draws, interrupted, designs, recommended, reason
  }
  private enum LineKeys: String, CodingKey {
    case name, points, slots, days, scheme, doses, minutes, bestGuesser, reaches
  }

  /// Writes the object.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(target.power, forKey: .power)
    try fields.encode(target.longest, forKey: .longest)
    try fields.encode(target.simulations, forKey: .simulations)
    try fields.encode(draws, forKey: .draws)
    try fields.encode(isInterrupted, forKey: .interrupted)
    var list = fields.nestedUnkeyedContainer(forKey: .designs)
    for line in lines {
      var inner = list.nestedContainer(keyedBy: LineKeys.self)
      try inner.encode(line.name, forKey: .name)
      try inner.encode(line.points, forKey: .points)
      try inner.encode(line.shortest != nil, forKey: .reaches)
      guard let shortest = line.shortest else { continue }
      try inner.encode(shortest.point.slots, forKey: .slots)
      try inner.encode(shortest.point.days, forKey: .days)
      try inner.encode(shortest.scheme, forKey: .scheme)
      try inner.encode(shortest.doses, forKey: .doses)
      try inner.encode(shortest.minutes, forKey: .minutes)
      try inner.encode(shortest.bestGuesser, forKey: .bestGuesser)
    }
    let best = recommendation
    try fields.encode(best?.line.name, forKey: .recommended)
    try fields.encode(best?.reason, forKey: .reason)
  }
}
