import BlindRecord

/// The design of a trial that was run elsewhere: arms, scheme and analysis, without a seal.
///
/// The vocabulary is that of a protocol file. A whole protocol file is a design too; its other parts
/// are not read then. A design need not reach its level: it has been carried out already.
public struct OpenDesign: Sendable {
  /// The arms, the reference first.
  public let arms: [Arm]
  /// How the arms were given, and the set they were drawn from.
  public let scheme: RandomizationScheme
  /// That set, compiled once for all that ask.
  public let automaton: SlotAutomaton
  /// The analysis; its outcome is empty where the file names none.
  public let plan: AnalysisPlan

  /// Makes a design.
  ///
  /// - Throws: `SchemeError` when the scheme has no reference set.
  public init(
    arms: [Arm], scheme: RandomizationScheme, plan: AnalysisPlan
  ) throws(SchemeError) {
    self.init(arms: arms, scheme: scheme, automaton: try scheme.automaton(), plan: plan)
  }

  private init(
    arms: [Arm], scheme: RandomizationScheme, automaton: SlotAutomaton, plan: AnalysisPlan
  ) {
    self.arms = arms
    self.scheme = scheme
    self.automaton = automaton
    self.plan = plan
  }

  /// Reads the bytes of a design file.
  ///
  /// - Throws: `ProtocolFaults` with everything that is wrong.
  public init(bytes: [UInt8], file: String) throws(ProtocolFaults) {
    let faults = FaultList(file: file)
    let reader = ProtocolReader(faults: faults)
    guard let root = YAMLText.read(bytes, faults: faults),
      reader.isReadable(root, needsFormat: false)
    else { throw faults.error }
    try self.init(root: root, reader: reader)
  }

  /// Reads a design's keys and values.
  init(root: YAMLNode, reader: ProtocolReader) throws(ProtocolFaults) {
    let faults = reader.faults
    guard let fields = reader.fields(root, "the design", known: TrialProtocol.keys)
    else { throw faults.error }
    let arms = reader.arms(fields.required("arms", expected: "arms: [reference, other]"))
    let node = fields.required("scheme", expected: "scheme: such as pairs: {count: 14}")
    let compiled = reader.scheme(node, arms: arms)
    let plan = reader.openPlan(fields["analysis"])
    if let (scheme, automaton) = compiled, let plan {
      if let node, automaton.count == 1 {
        faults.add(
          node, found: "a scheme with one assignment",
          expected: "at least two: nothing was randomized, so nothing can be tested")
      }
      reader.check(plan, root, for: scheme, automaton)
    }
    guard let arms, let (scheme, automaton) = compiled, let plan, faults.isEmpty else {
      throw faults.error
    }
    self.init(arms: arms, scheme: scheme, automaton: automaton, plan: plan)
  }
}
