import BlindRecord
import Synchronization
import TrialAnalysis
import TrialDesign

/// The designs that were compiled last: trials of one study share one.
///
/// The key is the bytes of the design as they stand in the line, so what is found is what would have been
/// compiled; whether it is found changes the time alone.
final class DesignCache: Sendable {
  private static let most = 64
  private let compiled = Mutex<[ArraySlice<UInt8>: CompiledDesign]>([:])

  /// The design of a line.
  ///
  /// - Throws: `LineFault` without one; `ProtocolFaults`, `SchemeError`.
  func design(of node: JSONNode, _ line: [UInt8]) throws -> CompiledDesign {
    guard let json = node["design"], !json.isNull else {
      throw LineFault("design", nil, expected: "an object with arms, scheme and analysis")
    }
    let key = ArraySlice(Array(line[json.bytes]))
    if let known = compiled.withLock({ $0[key] }) { return known }
    let design = try CompiledDesign(OpenDesign(json: json, place: "design"))
    compiled.withLock { compiled in
      if compiled.count >= DesignCache.most { compiled.removeAll() }
      compiled[key] = design
    }
    return design
  }
}
