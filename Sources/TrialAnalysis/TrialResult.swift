import BlindRecord
import TrialDesign

/// The sealed plan applied to an unblinded record, or a declared plan to an open data set.
///
/// There is no plan argument anywhere: the analysis is part of what was sealed.
public struct TrialResult: Sendable {
  /// The trial's title, or the data file's name.
  public let title: String
  /// Where the record came from.
  public let provenance: Provenance
  /// The scheme in words.
  public let scheme: String
  /// The statistic and whitening in words.
  public let statistic: String
  /// Whether the autocorrelation that is taken out was estimated from the ratings.
  public let estimatesAutocorrelation: Bool
  /// The plan, line by line.
  public let plan: [PlanLine]
  /// The level of the intervals.
  public let level: Double
  /// The smallest difference that matters, as the protocol has it.
  public let relevance: Double?
  /// The primary analysis: slots as scheduled.
  public let primary: OutcomeResult
  /// The further outcomes of the plan, tested together with the primary one.
  public let alsoTested: [OutcomeResult]
  /// The same without slots whose blind or kit was in doubt, where there are any.
  public let sensitivity: [OutcomeResult]
  /// Other numeric items: exploratory.
  public let exploratory: [OutcomeResult]
  /// The guesses made blind, where there are any.
  public let guesses: GuessResult?
  /// Slots whose guess is left out: a code break had made the arm known when it was written.
  public let guessesLeftOut: [Int]
  /// The looks during the trial; `nil` where the plan has no rule for stopping.
  public let monitoring: MonitoringResult?
  /// Every slot, planned and actual.
  public let slots: [SlotLine]
  /// The primary outcome by block or week.
  public let blocks: [BlockLine]
  /// Whether the blocks are those of the scheme; else they are runs of seven slots.
  public let blocksAreDesigned: Bool
  /// How the record was kept.
  public let adherence: Adherence
  /// Answers that were deliberately not given, with their reasons.
  public let skipped: [SkippedAnswer]
  /// What guesses rested on, as far as that was written down.
  public let guessReasons: [GuessReason]
  /// Corrected answers, in the order they were written down.
  public let corrections: [CorrectionLine]
  /// Departures from the protocol, in the order they were written down.
  public let deviations: [DeviationLine]
  /// Opened slots.
  public let codeBreaks: [CodeBreakLine]
  /// Adverse events, in the order they were written down.
  public let adverseEvents: [AdverseEventLine]
  /// What became of the kits; `nil` where nothing is said of them.
  public let kits: KitsResult?
  /// What the statistic allows for beside the plain difference of the means, in words.
  public let adjustment: String?
  /// The answer in plain words.
  public let answer: PlainAnswer
  /// The answer of every comparison of the plan.
  ///
  /// The primary outcome's arms come first, then those of the further outcomes. Where there is one
  /// comparison only, it is `answer`.
  public let answers: [PlainAnswer]

  /// The arms' names, the reference first.
  public var arms: [String] { primary.arms.map(\.arm) }
}

extension TrialResult {
  /// The analysis of an open data set: nothing of it was sealed by this program.
  ///
  /// - Throws: `RecordFault` when the primary outcome cannot be analysed.
  public init(_ declared: DeclaredRecord) throws {
    let input = declared.input
    let tested = input.planned(declared.tested.map { ($0, nil) })
    if let fault = declared.untestable(tested[0]) {
      throw RecordFault(declared.file, 1, found: fault.found, expected: fault.expected)
    }
    let name = declared.file.split(separator: "/").last.map(String.init) ?? declared.file
    try self.init(
      input, title: name, provenance: .declared(file: name),
      relevance: input.plan.relevance?.value, tested: tested, sensitivity: [],
      exploratory: declared.others.map { input.outcome($0, item: nil) },
      slots: declared.slotLines,
      corrections: [], deviations: [], codeBreaks: [], adverseEvents: [])
  }

  /// Puts together what every source shares.
  ///
  /// - Parameter tested: the outcomes of the plan, the primary one first.
  init(
    _ input: AnalysisInput, title: String, provenance: Provenance, relevance: Double?,
    tested: [OutcomeResult], sensitivity: [OutcomeResult], exploratory: [OutcomeResult],
    slots: [SlotLine], corrections: [CorrectionLine], deviations: [DeviationLine],
    codeBreaks: [CodeBreakLine], adverseEvents: [AdverseEventLine], kits: KitsResult? = nil,
    monitoring: MonitoringResult? = nil, skipped: [SkippedAnswer] = [],
    guessReasons: [GuessReason] = []
  ) throws {
    self.title = title
    self.provenance = provenance
    scheme = input.schemeInWords
    statistic = input.statisticInWords
    estimatesAutocorrelation = input.plan.whitening == .estimated
    plan = input.planLines(tested.map(\.inFull))
    level = input.plan.level
    self.relevance = relevance
    primary = tested[0]
    alsoTested = Array(tested.dropFirst())
    self.sensitivity = sensitivity
    self.exploratory = exploratory
    guesses = try GuessResult(slots, input)
    guessesLeftOut = slots.filter { $0.guess != $0.blindGuess }.map(\.slot)
    self.slots = slots
    blocks = input.blockLines(slots)
    blocksAreDesigned = input.scheme.blocks.count > 1
    adherence = Adherence(slots)
    self.skipped = skipped
    self.guessReasons = guessReasons
    self.corrections = corrections
    self.deviations = deviations
    self.codeBreaks = codeBreaks
    self.adverseEvents = adverseEvents
    self.kits = kits
    self.monitoring = monitoring
    let words = input.adjustmentInWords
    adjustment = words
    let relevant = { (outcome: OutcomeResult) in outcome.name == tested[0].name ? relevance : nil }
    let answers = tested.map { outcome in
      outcome.contrasts.map {
        PlainAnswer(
          outcome, $0, relevance: relevant(outcome),
          adjustment: words.map { AdjustmentWords(text: $0) },
          slotWord: input.days == nil ? "slot" : "day")
      }
    }
    self.answers = answers.flatMap { $0 }
    answer = PlainAnswer.whole(tested[0], answers[0])
  }
}

extension Adherence {
  init(_ slots: [SlotLine]) {
    scheduled = slots.count
    onTheDay = slots.count { $0.status == .recorded || ($0.status == nil && $0.value != nil) }
    late = slots.count { $0.status == .recordedLate }
    missing = slots.count { $0.status == .missing || ($0.status == nil && $0.value == nil) }
    unanswered = slots.count {
      ($0.status == .recorded || $0.status == .recordedLate) && $0.value == nil
    }
    dropped = slots.count { !$0.kept }
    analysed = slots.count(where: \.isAnalysed)
    wrongKit = slots.count { $0.otherKit != nil }
    codeBroken = slots.count(where: \.codeBroken)
    corrections = slots.reduce(0) { $0 + $1.corrections }
  }
}
