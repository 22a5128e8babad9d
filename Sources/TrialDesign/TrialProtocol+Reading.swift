import BigInt
import BlindRecord
import Foundation

extension TrialProtocol {
  /// The keys of a protocol file, in the order in which they are best written.
  static let keys = [
    "selfblind", "title", "arms", "scheme", "schedule", "items", "guess", "analysis", "packing",
    "safety",
  ]

  /// Reads the bytes of a protocol file.
  ///
  /// - Parameter file: the file as it is to be named in faults.
  /// - Throws: `ProtocolFaults` with everything that is wrong.
  public init(bytes: [UInt8], file: String) throws(ProtocolFaults) {
    let faults = FaultList(file: file)
    guard let root = YAMLText.read(bytes, faults: faults),
      let read = ProtocolReader(faults: faults).trial(root, bytes: bytes), faults.isEmpty
    else { throw faults.error }
    self = read
  }

  /// Reads a protocol file.
  ///
  /// - Throws: `ProtocolFaults` with everything that is wrong, or `FormatError` when there is no
  ///   readable file.
  public init(contentsOf path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw FormatError(
        path, found: "no file that can be read", expected: "a protocol file",
        hint: "selfblind new writes one")
    }
    defer { try? handle.close() }
    let bytes: [UInt8]
    do {
      // One byte more than allowed is enough to refuse a file of any length.
      bytes = Array(try handle.read(upToCount: YAMLText.mostBytes + 1) ?? Data())
    } catch {
      throw FormatError(path, found: "something that cannot be read", expected: "a protocol file")
    }
    try self.init(bytes: bytes, file: path)
  }
}

extension ProtocolReader {
  /// The whole protocol; every part is read, whatever was wrong with the others.
  func trial(_ root: YAMLNode, bytes: [UInt8]) -> TrialProtocol? {
    guard isReadable(root, needsFormat: true),
      let fields = fields(root, "the protocol", known: TrialProtocol.keys)
    else { return nil }
    let title = text(
      fields.required("title", expected: "title: what the trial is called"), "title", limit: 200)
    let arms = arms(fields.required("arms", expected: "arms: [reference, other]"))
    let schemeNode = fields.required("scheme", expected: "scheme: such as pairs: {count: 14}")
    let compiled = scheme(schemeNode, arms: arms)
    let schedule = schedule(
      fields.required("schedule", expected: "schedule: start, zone, every or weekdays"),
      scheme: compiled?.scheme)
    let items = items(fields.required("items", expected: "items: what is asked every day"))
    let guess = fields["guess"].map { text($0, "the question for the guess") }
    let plan = plan(
      fields.required("analysis", expected: "analysis: outcome, statistic, whitening, level"),
      items: items)
    let packing = fields["packing"].flatMap { self.packing($0, arms: arms) }
    let safety = safety(
      fields.required(
        "safety", expected: "safety: stoppingRules, emergencyContact, clinicianAsked, lawful",
        hint: "a protocol without its safety part cannot be sealed"))
    if let (scheme, automaton) = compiled, let schemeNode, let plan {
      checkReach(scheme, automaton, schemeNode, plan.plan)
      checkColumns(scheme, schemeNode, plan.plan, days: schedule?.days)
      checkMonitoring(scheme, schemeNode, plan.plan, items)
      check(plan.plan, root, for: scheme, automaton)
    }
    guard let title, let arms, let (scheme, automaton) = compiled, let schedule, let items,
      let plan, let safety,
      faults.isEmpty
    else { return nil }
    return TrialProtocol(
      bytes: bytes, title: title, arms: arms, scheme: scheme, automaton: automaton,
      days: schedule.days, zone: schedule.zone, entryWindow: schedule.entryWindow, items: items,
      guessPrompt: guess.flatMap { $0 }, plan: plan.plan, packing: packing,
      safety: safety)
  }

  /// Whether the format line names a version that is read; a newer one is the only fault then.
  func isReadable(_ root: YAMLNode, needsFormat: Bool) -> Bool {
    guard case .mapping(let entries) = root.kind else { return true }
    for (key, value) in entries {
      guard case .scalar("selfblind", _) = key.kind else { continue }
      let newest = TrialProtocol.formatVersion
      if case .scalar(let text, isPlain: true) = value.kind, let version = Int(text),
        version > newest
      {
        faults.add(
          value, found: "the format selfblind: \(version)", expected: "selfblind: \(newest)",
          hint: "the file was written for a newer selfblind; use that version")
        return false
      }
      if case .scalar("\(newest)", isPlain: true) = value.kind { return true }
      faults.add(value, expected: "the format: \(newest)")
      return true
    }
    guard needsFormat else { return true }
    faults.add(
      root, found: "no line selfblind: 1", expected: "selfblind: 1 as the first line",
      hint: "selfblind new writes a protocol to start from")
    // A file of something else is not read further.
    return entries.contains { entry in
      if case .scalar(let key, _) = entry.key.kind {
        TrialProtocol.keys.contains(key)
      } else {
        false
      }
    }
  }

  /// Refuses designs that leave an arm out, or that cannot reach their level.
  private func checkReach(
    _ scheme: RandomizationScheme, _ automaton: SlotAutomaton, _ node: YAMLNode,
    _ plan: AnalysisPlan
  ) {
    if (0..<scheme.armCount).contains(where: automaton.leavesOut) {
      faults.add(
        node, found: "a scheme that may leave an arm without a slot",
        expected: "every arm in every sequence", hint: "a coin needs fewest: 1 or more")
    }
    let reach = DesignReach(plan, automaton)
    let fewest = reach.fewest
    let count = reach.largestCount(scheme, automaton)
    guard count < fewest else { return }
    let smallest = reach.smallestP(count)
    faults.add(
      node,
      found: found(count, scheme, automaton) + ", so that the smallest p-value is "
        + (smallest >= 1 ? "1" : "\((smallest * 10_000).rounded() / 10_000)")
        + (reach.comparisons > 1 ? " after allowing for \(reach.comparisons) comparisons" : ""),
      expected: "at least \(fewest) for the level \(reach.level)",
      hint: reach.smallest(like: scheme).map {
        "the smallest design of this kind that can is \($0)"
      }
        ?? "choose a scheme with more sequences")
  }

  /// The number of sequences that is too small, in words.
  private func found(
    _ count: BigUInt, _ scheme: RandomizationScheme, _ automaton: SlotAutomaton
  ) -> String {
    let noun = count == 1 ? "sequence" : "sequences"
    if scheme.armCount == 2, let most = automaton.ends.max(), most > 1 {
      return "\(automaton.count) draws, \(most) of them for the commonest sequence"
    }
    if count == automaton.count { return "\(count) possible \(noun)" }
    let varies = scheme.fewestOfContrasts == nil
    return
      "\(varies ? "at most " : "")\(count) \(noun) for one contrast, given the other arms' slots"
  }
}
