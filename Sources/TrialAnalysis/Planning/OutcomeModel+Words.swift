import TrialStatistics

extension OutcomeModel {
  /// What is assumed, line by line.
  public var words: [String] {
    var lines = ["an effect of \(ShownNumber.text(effect))"]
    switch noise {
    case .known(let sd, let phi):
      lines.append(
        "noise with the standard deviation \(ShownNumber.text(sd)) and an autocorrelation of "
          + "\(ShownNumber.text(phi)) from one day to the next")
    case .estimated(let found):
      lines.append(
        "noise from \(found.count) ratings: standard deviation \(found.sd.words), autocorrelation "
          + "\(found.autocorrelation.words); every simulated trial draws its own from what is known"
      )
    }
    if trend != 0 { lines.append("a trend of \(ShownNumber.text(trend)) a day") }
    if missing > 0 { lines.append("\(ShownNumber.percent(missing)) of the slots missing") }
    if carryOver > 0 {
      lines.append("\(ShownNumber.percent(carryOver)) of the effect left in the slot after")
    }
    if expectancy != 0 {
      lines.append(
        "belief adds \(ShownNumber.text(expectancy)), and the arm is recognized in "
          + "\(ShownNumber.percent(recognized)) of the slots")
    }
    return lines
  }

  /// What the assumptions should make one think of.
  public var cautions: [String] {
    var lines: [String] = []
    let phi: Double
    switch noise {
    case .known(_, let given): phi = given
    case .estimated(let found): phi = found.autocorrelation.median
    }
    if phi < -0.1 {
      lines.append(
        "a negative autocorrelation means that good and bad days alternate; that is rare in daily "
          + "ratings, so look for a cause first, such as a habit every other day")
    }
    if case .estimated(let found) = noise, found.sd.upper > 1.6 * found.sd.lower {
      lines.append(
        "the run-in is short: the standard deviation is known to a factor of "
          + "\(ShownNumber.text(found.sd.upper / found.sd.lower, digits: 2)) only; two to three weeks "
          + "say more")
    }
    return lines
  }
}

extension NoiseEstimate.Range {
  /// "1.2 (0.9 to 1.6)".
  var words: String {
    "\(ShownNumber.text(median)) (80 %: \(ShownNumber.text(lower)) to \(ShownNumber.text(upper)))"
  }
}
