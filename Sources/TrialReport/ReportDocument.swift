import BlindRecord
import FoundationEssentials
import TrialAnalysis

/// The JSON form of a report.
struct ReportDocument: Encodable {
  private let format = "selfblind/report/v1"
  private let program = ProgramVersion.text
  private let title: String
  private let seal: SealFacts?
  private let declaredFile: String?
  private let scheme: String
  private let statistic: String
  private let level: Double
  private let relevance: Double?
  private let plan: [PlanLine]
  private let answer: PlainAnswer
  private let answers: [PlainAnswer]
  private let predictionCompared: String?
  private let primary: Outcome
  private let alsoTested: [Outcome]
  private let sensitivity: [Outcome]
  private let exploratory: [Outcome]
  private let monitoring: MonitoringResult?
  private let guesses: Guesses?
  private let guessesLeftOut: [Int]
  private let slots: [Slot]
  private let blocks: [BlockLine]
  private let adherence: Adherence
  private let corrections: [CorrectionLine]
  private let deviations: [DeviationLine]
  private let codeBreaks: [CodeBreakLine]
  private let adverseEvents: [AdverseEventLine]
  private let kits: KitsResult?
  // Left out where there is nothing to say, as the other optional parts are.
  private let cautions: [String]?
  private let skipped: [SkippedAnswer]?
  private let guessReasons: [GuessReason]?

  private struct Outcome: Encodable {
    let set: String
    let unit: String?
    let arms: [ArmSummary]
    let meanDifference: Double?
    let analysis: AnalysisSummary
    let distribution: [EffectTest.Bar]?
    let distributions: [String: [EffectTest.Bar]]?
    let beside: [Beside]?
    let note: String?

    init(_ outcome: OutcomeResult, guesses: GuessResult? = nil) {
      set = outcome.set
      unit = outcome.unit
      arms = outcome.arms
      meanDifference = outcome.meanDifference
      analysis = AnalysisSummary(outcome, guesses: guesses)
      let isOne = outcome.contrasts.count == 1
      distribution = isOne ? outcome.test?.distribution : nil
      distributions =
        isOne
        ? nil
        : Dictionary(
          outcome.contrasts.map { ($0.name, $0.test?.distribution ?? []) },
          uniquingKeysWith: { first, _ in first })
      let beside = outcome.contrasts.compactMap(Beside.init)
      self.beside = beside.isEmpty ? nil : beside
      note = outcome.note
    }
  }

  /// What stands beside the planned test of one contrast.
  private struct Beside: Encodable {
    let arm: String
    let naive: NaiveComparison?
    let further: FurtherSlots?
    let posterior: [DensityPoint]?

    init?(_ contrast: Contrast) {
      arm = contrast.name
      naive = contrast.naive
      further = contrast.further
      posterior = contrast.bayes.flatMap { $0.density.isEmpty ? nil : $0.density }
      if naive == nil, further == nil, posterior == nil { return nil }
    }
  }

  private struct Guesses: Encodable {
    let arms: [GuessResult.ArmGuesses]
    let answered: Int
    let rightShare: Double?
    let baseRate: Double?
    let bestGuesser: Double
    let calibration: [CalibrationGroup]
  }

  private struct Slot: Encodable {
    let slot: Int
    let day: CalendarDay?
    let kit: String?
    let arm: String
    let otherKit: String?
    let otherArm: String?
    let status: SlotRecord.Status?
    let delay: Int
    let kept: Bool
    let value: Double?
    let guess: Double?
    let guessUnknown: Bool
    let block: Int
    let corrections: Int
    let deviations: [Deviation.Kind]
    let codeBroken: Bool
    let revealedBy: Int?
    let guessedKnowing: Bool
    let ratedKnowing: Bool

    init(_ line: SlotLine, _ arms: [String]) {
      slot = line.slot
      day = line.day
      kit = line.kit
      arm = arms[line.arm]
      otherKit = line.otherKit
      otherArm = line.otherArm.map { arms[$0] }
      status = line.status
      delay = line.delay
      kept = line.kept
      value = line.value
      if case .probability(let share) = line.guess { guess = share } else { guess = nil }
      guessUnknown = line.guess == .unknown
      block = line.block + 1
      corrections = line.corrections
      deviations = line.deviations
      codeBroken = line.codeBroken
      revealedBy = line.revealedBy
      guessedKnowing = line.guessedKnowing
      ratedKnowing = line.ratedKnowing
    }
  }

  /// The object as stored, with sorted keys.
  static func bytes(of result: TrialResult) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(ReportDocument(result))) + [0x0A]
  }

  private init(_ result: TrialResult) {
    title = result.title
    switch result.provenance {
    case .sealed(let facts): (seal, declaredFile) = (facts, nil)
    case .declared(let file): (seal, declaredFile) = (nil, file)
    }
    scheme = result.scheme
    statistic = result.statistic
    level = result.level
    relevance = result.relevance
    plan = result.plan
    answer = result.answer
    answers = result.answers
    predictionCompared = result.predictionCompared
    primary = Outcome(result.primary, guesses: result.guesses)
    alsoTested = result.alsoTested.map { Outcome($0) }
    sensitivity = result.sensitivity.map { Outcome($0) }
    exploratory = result.exploratory.map { Outcome($0) }
    monitoring = result.monitoring
    guesses = result.guesses.map {
      Guesses(
        arms: $0.arms, answered: $0.answered, rightShare: $0.rightShare, baseRate: $0.baseRate,
        bestGuesser: $0.bestGuesser, calibration: $0.calibration)
    }
    guessesLeftOut = result.guessesLeftOut
    let arms = result.arms
    slots = result.slots.map { Slot($0, arms) }
    blocks = result.blocks
    adherence = result.adherence
    corrections = result.corrections
    deviations = result.deviations
    codeBreaks = result.codeBreaks
    adverseEvents = result.adverseEvents
    kits = result.kits
    cautions = result.cautions.isEmpty ? nil : result.cautions
    skipped = result.skipped.isEmpty ? nil : result.skipped
    guessReasons = result.guessReasons.isEmpty ? nil : result.guessReasons
  }
}
