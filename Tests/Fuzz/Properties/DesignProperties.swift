import BigInt
import TrialDesign

/// What must hold of protocols and designs.
enum DesignProperties {
  /// A protocol that is read is whole, and says the same with other line ends.
  static func checkProtocol(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let design = try read(bytes) else { return }
    try hold(design.bytes == bytes, "other bytes than were read")
    try hold(design.days.count == design.scheme.slotCount, "not one day for each slot")
    try hold(zip(design.days, design.days.dropFirst()).allSatisfy { $0 < $1 }, "days go back")
    try hold(design.arms.count >= 2 && design.outcome != nil, "no arms or no outcome")
    try hold(design.automaton.count > 1, "a scheme of one sequence or none")
    if !bytes.contains(0x0D), bytes.count < 1 << 16 {
      let other = try read(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
      try hold(other.map(said) == said(design), "says something else with CRLF")
    }
  }

  /// A design that is read has a set, and says the same with other line ends.
  static func checkDesign(_ bytes: [UInt8]) throws(BrokenProperty) {
    func read(_ bytes: [UInt8]) throws(BrokenProperty) -> OpenDesign? {
      do { return try OpenDesign(bytes: bytes, file: "design.yaml") } catch {
        try hold(!error.faults.isEmpty, "refused without a fault")
        return nil
      }
    }
    guard let design = try read(bytes) else { return }
    try hold(design.automaton.count > 0, "a scheme without a reference set")
    if !bytes.contains(0x0D), bytes.count < 1 << 16 {
      let other = try read(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
      let same = other.map { "\($0.arms) \($0.scheme) \($0.plan)" }
      try hold(
        same == "\(design.arms) \(design.scheme) \(design.plan)", "says something else with CRLF")
    }
  }

  private static func read(_ bytes: [UInt8]) throws(BrokenProperty) -> TrialProtocol? {
    do { return try TrialProtocol(bytes: bytes, file: "protocol.yaml") } catch {
      try hold(!error.faults.isEmpty, "refused without a fault")
      for fault in error.faults {
        try hold(fault.line > 0 && fault.column > 0, "a fault at line \(fault.line)")
      }
      return nil
    }
  }

  private static func said(_ design: TrialProtocol) -> String {
    "\(design.title) \(design.arms) \(design.scheme) \(design.days) \(design.zone) "
      + "\(design.entryWindow) \(design.items) \(design.guessPrompt ?? "") \(design.plan) "
      + "\(design.safety)"
  }
}
