/// A commented protocol to start from.
public enum ProtocolTemplate: String, CaseIterable, Sendable {
  /// Caffeine and focus.
  case caffeine
  /// A supplement and mood.
  case supplement
  /// A prescribed medicine, with the clinician who prescribed it.
  case medicine
  /// Screen light in the evening, and sleepiness at bedtime.
  case light
  /// The four-week capsule scheme of the self-blinding citizen-science study.
  case citizenScience = "citizen-science"
  /// The half-half group of the same study: two weeks of capsules out of a bowl, two of placebo, in turn.
  case halfHalf = "half-half"
  /// A supplement, a placebo and nothing at all: what the pill does, and what taking one does.
  case openArm = "open-arm"
  /// Capsules that the participant fills and sorts alone.
  case packedAlone = "packed-alone"
  /// The shortest protocol that can be sealed.
  case blank

  /// What the template is for, in one line.
  public var summary: String {
    switch self {
    case .caffeine: "caffeine and focus: 28 days in two blocks"
    case .supplement: "supplement and mood: six pairs of five-day periods, two days of washout"
    case .medicine: "prescribed medicine with a clinician: six pairs of weeks"
    case .light: "screen light and sleepiness: 28 evenings, any order"
    case .citizenScience: "four weeks of capsules on four weekdays, day patterns within weeks"
    case .halfHalf: "the half-half group of the citizen-science study: day patterns out of a bowl"
    case .openArm: "a supplement, a placebo and nothing at all: 42 days in two blocks"
    case .packedAlone: "capsules that you pack alone, with a matching test: 28 days in two blocks"
    case .blank: "the shortest protocol that can be sealed"
    }
  }

  /// The title that is proposed.
  public var title: String {
    switch self {
    case .caffeine: "Caffeine in the morning and my focus"
    case .supplement: "A supplement and my mood"
    case .medicine: "A prescribed medicine and my symptoms"
    case .light: "Evening screen light and my sleepiness"
    case .citizenScience, .halfHalf: "Four weeks of capsules and my mood"
    case .openArm: "A supplement, a placebo or nothing, and my mood"
    case .packedAlone: "Capsules that I pack alone, and my mood"
    case .blank: "My trial"
    }
  }

  /// The arms' names that are proposed, the reference first.
  public var arms: [String] {
    switch self {
    case .caffeine: ["placebo", "caffeine"]
    case .supplement: ["placebo", "supplement"]
    case .medicine: ["comparator", "medicine"]
    case .light: ["clear glasses", "amber glasses"]
    case .citizenScience, .halfHalf: ["placebo", "microdose"]
    case .openArm: ["placebo", "supplement", "nothing"]
    case .packedAlone: ["placebo", "supplement"]
    case .blank: ["reference", "active"]
    }
  }

  /// The place of the arm without a pill among the arms; `nil` where every arm has one.
  public var placeWithoutPill: Int? { self == .openArm ? 2 : nil }

  /// How many arms the template can be written for.
  ///
  /// The patterns of `citizenScience` and `halfHalf` are those of two arms, and `openArm` is about just three. The one
  /// long block of `light` has too many states beyond four.
  public var armCounts: ClosedRange<Int> {
    switch self {
    case .citizenScience, .halfHalf: 2...2
    case .openArm: 3...3
    case .light: 2...4
    case .caffeine, .supplement, .medicine, .packedAlone, .blank: 2...TrialProtocol.mostArms
    }
  }

  /// Stopping rules that are proposed; a person should add their own.
  public var stoppingRules: [String] {
    switch self {
    case .caffeine:
      ["Stop after a racing heart, chest pain or two nights without sleep."]
    case .medicine:
      [
        "Stop when the symptoms get worse than they were before the trial.",
        "Stop when the clinician says so.",
      ]
    case .citizenScience, .halfHalf:
      [
        "Stop when mood or anxiety gets clearly worse for three days.",
        "Stop after anything that frightens me or people near me.",
      ]
    case .supplement, .light, .openArm, .packedAlone, .blank: ["Stop when anything feels wrong."]
    }
  }

  /// The protocol with a person's answers in it, as the text of a commented file.
  ///
  /// Texts are quoted, so that no answer can change the file's structure. An answer that is wrong,
  /// such as arms of the same name, is found by reading the file, with its place.
  public func text(_ answers: ProtocolAnswers) -> String {
    let start = hasCapsuleDays ? nextMonday(answers.start) : answers.start
    let arms = answers.arms.enumerated().map { place, name in
      place == placeWithoutPill ? "{name: \(yamlQuoted(name)), pill: none}" : yamlQuoted(name)
    }.joined(separator: ", ")
    let rules = answers.stoppingRules.map { "    - \(yamlQuoted($0))" }
    let head = """
      # A protocol of SelfBlind: all that is fixed before the first dose.
      # Change it freely, then run: selfblind check
      # Once it is sealed it is not changed any more; lines that start with # are for you.
      selfblind: 1
      title: \(yamlQuoted(answers.title))

      # The first arm is the reference; effects are the other arm minus this one. Names are labels:
      # write neither amounts nor where something comes from.
      arms: [\(arms)]

      \(design(answers))
      schedule:
        start: \(start)             # the first day
        zone: \(yamlQuoted(answers.zone))
        \(rhythm)
        entryWindow: 1                # days after which an entry is still taken, marked as late

      # What is asked every day, in this order. An answer counts for what was taken on its day: ask
      # about the time after it. A night is asked about on the next morning, for the day before.
      items:
      \(form)

      # Asked after the ratings, before anything is revealed; remove the line to ask for no guess.
      guess: How likely is it that you did not get the reference today?

      \(analysis)

      """
    let tail = """
      # Without this part nothing is sealed. Stopping the trial is always allowed.
      safety:
        stoppingRules:
      \(rules.joined(separator: "\n"))
        emergencyContact: \(yamlQuoted(answers.emergencyContact))
        clinicianAsked: \(answers.clinicianAsked.rawValue)      # yes, no or not-needed
        lawful: \(answers.lawful)                   # what is taken is lawful where you live

      """
    return head + (packing(answers).map { $0 + "\n" } ?? "") + tail
  }
}
