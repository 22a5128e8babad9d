import BigInt
import TrialDesign

/// What must hold of protocols and designs.
enum DesignProperties {
  /// A protocol that is read is whole, and says the same with other line ends.
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    if let design = try read(bytes) {
      try hold(design.bytes == bytes, "other bytes than were read")
      try hold(design.days.count == design.scheme.slotCount, "not one day for each slot")
      try hold(zip(design.days, design.days.dropFirst()).allSatisfy { $0 < $1 }, "days go back")
      try hold(design.arms.count >= 2 && design.outcome != nil, "no arms or no outcome")
      let count = try? design.scheme.automaton().count
      try hold(count.map { $0 > 1 } == true, "a scheme of one sequence or none")
      if !bytes.contains(0x0D), bytes.count < 1 << 16 {
        let other = try read(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
        try hold(other.map(said) == said(design), "says something else with CRLF")
      }
    }
    if let open = try? OpenDesign(bytes: bytes, file: "design.yaml") {
      try hold((try? open.scheme.automaton()) != nil, "a scheme without a reference set")
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
