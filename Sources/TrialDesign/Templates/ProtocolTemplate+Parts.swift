import BlindRecord

extension ProtocolTemplate {
  /// Whether slots are the study's four capsule days of each week.
  package var hasCapsuleDays: Bool { self == .citizenScience || self == .halfHalf }

  /// The first Monday on or after a day, so that the weeks of patterns are weeks of the calendar.
  func nextMonday(_ day: CalendarDay) -> CalendarDay { day.advanced(by: (8 - day.weekday) % 7) }

  /// The line that says which days have a slot.
  var rhythm: String {
    hasCapsuleDays
      ? "weekdays: [mon, tue, thu, fri]" : "every: 1                      # each day"
  }

  /// The items, indented.
  var form: String {
    switch self {
    case .caffeine:
      return rating("focus", "How well could you concentrate today?", "higher")
        + amount(
          "restless", "For how many minutes were you restless today?", 600, 0, "minutes", "lower")
        + notes
    case .supplement, .openArm, .packedAlone:
      return rating("mood", "How was your mood today?", "higher")
        + rating("energy", "How much energy did you have today?", "higher") + notes
    case .medicine:
      return rating("symptom", "How strong was the symptom today?", "lower")
        + rating("side-effects", "How strong were side effects today?", "lower") + notes
    case .light:
      return rating("sleepiness", "How sleepy are you now, before going to bed?", "higher")
        + amount(
          "delay", "How many minutes later than planned is it?", 240, 0, "minutes",
          "lower") + notes
    case .citizenScience, .halfHalf:
      return rating("mood", "How was your mood today?", "higher")
        + rating("focus", "How well could you concentrate today?", "higher") + notes
    case .blank: return rating("outcome", "How was it today?", "higher") + notes
    }
  }

  private var outcome: String {
    switch self {
    case .caffeine: "focus"
    case .light: "sleepiness"
    case .supplement, .citizenScience, .halfHalf, .openArm, .packedAlone: "mood"
    case .medicine: "symptom"
    case .blank: "outcome"
    }
  }

  /// The level of the intervals.
  ///
  /// A half-half trial has 24 draws, two of each of its commoner sequences, too few for more by itself: it
  /// is made for a series of people.
  private var level: String { self == .halfHalf ? "0.8" : "0.95" }

  /// The analysis, with its comments.
  var analysis: String {
    """
    # Fixed now, so that it cannot be chosen after the result is known.
    analysis:
      outcome: \(outcome)
      statistic: mean-difference    # or block-adjusted
      whitening: estimated          # none, estimated, or a number: days resemble the days before
      level: \(level)
      relevance: 1                  # the smallest difference that would matter to you

    """
  }

  /// Who fills the containers, with its comments; `nil` where a list goes to somebody else.
  ///
  /// A matching test compares two kinds of capsules; with more they are compared by pairs, beforehand.
  func packing(_ answers: ProtocolAnswers) -> String? {
    guard self == .packedAlone || self == .halfHalf else { return nil }
    let who = """
      # You fill and sort all kits yourself, with `selfblind pack`, and do not learn which slot holds
      # what.
      packing:
        by: participant               # or helper, or pharmacy: then they get a list
        spares: 3                     # of each arm: for lost kits; opened at the end, they show slips

      """
    guard answers.arms.count == 2 else { return who }
    return who + """
        # Before packing: can you tell the capsules apart? Three cups a round, two alike; passed with
        # at most so many right. Who cannot tell them apart at all is right in a third of the rounds.
        matching: {rounds: 12, mostRight: 7}

      """
  }

  private func rating(_ name: String, _ prompt: String, _ direction: String) -> String {
    """
      - name: \(name)
        prompt: \(prompt)
        type: number
        range: [0, 10]              # lowest and highest answer
        direction: \(direction)           # which way is better: higher, lower or neither

    """
  }

  private func amount(
    _ name: String, _ prompt: String, _ most: Int, _ decimals: Int, _ unit: String,
    _ direction: String
  ) -> String {
    """
      - name: \(name)
        prompt: \(prompt)
        type: number
        range: [0, \(most)]
        decimals: \(decimals)
        unit: \(unit)
        direction: \(direction)

    """
  }

  private var notes: String {
    """
      - name: notes
        prompt: Anything else about today?
        type: text
    """
  }
}
