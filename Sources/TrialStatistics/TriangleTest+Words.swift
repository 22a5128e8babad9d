extension TriangleTest {
  /// A chance as percent with one decimal, as the terminal and the pages say it: never a nought, and never a
  /// hundred, that it is not.
  package static func percent(_ chance: Double) -> String {
    let tenths = (chance * 1000).rounded()
    if tenths < 1, chance > 0 { return "less than 0.1 %" }
    if tenths > 999, chance < 1 { return "more than 99.9 %" }
    return "\(tenths / 10) %"
  }

  /// What the rule is worth, before a test: how often it errs on either side.
  package var worth: String {
    "who cannot tell fails with \(TriangleTest.percent(failsWhenAlike)), who notices the difference in half "
      + "of the rounds passes with \(TriangleTest.percent(passes(whenNoticedIn: 0.5)))"
  }
}
