/// Who turns the allocation into containers, and with how many spares (protocol.md, section 8).
public struct PackingPart: Hashable, Sendable {
  /// Who packs.
  public enum Packer: String, Hashable, Sendable, CaseIterable {
    /// Another person, who reads the kit list.
    case helper
    /// A pharmacist, who reads the kit list.
    case pharmacy
    /// The participant alone, scan-to-slot.
    case participant
  }

  /// When the capsules count as looking alike: a triangle test with a limit of right answers.
  public struct MatchingRule: Hashable, Sendable {
    /// Rounds of three cups, two of which hold the same; even.
    public let rounds: Int
    /// The most rounds in which the odd cup may be found.
    public let mostRight: Int

    /// Makes a rule.
    public init(rounds: Int, mostRight: Int) {
      self.rounds = rounds
      self.mostRight = mostRight
    }
  }

  /// Most spares of each arm.
  public static let mostSpares = 20
  /// The sizes of a matching test.
  public static let rounds = 6...60

  /// Who packs.
  public let packer: Packer
  /// Spares of each arm.
  public let spares: Int
  /// The matching test; `nil` where none is demanded.
  public let matching: MatchingRule?

  /// Makes the part.
  public init(packer: Packer, spares: Int, matching: MatchingRule?) {
    self.packer = packer
    self.spares = spares
    self.matching = matching
  }
}

extension SlotAutomaton {
  /// The most slots that some assignment gives to each arm.
  package var mostSlotsByArm: [Int] {
    (0..<armCount).map { arm in
      var before: [Int] = [0]
      for (slot, layer) in layers.enumerated() {
        var following = completions[slot + 1].map { _ in -1 }
        for (state, row) in layer.enumerated() where before[state] >= 0 {
          for (other, next) in row.enumerated() where next >= 0 {
            let slots = before[state] + (other == arm ? 1 : 0)
            following[Int(next)] = Swift.max(following[Int(next)], slots)
          }
        }
        before = following
      }
      return before.max() ?? 0
    }
  }
}

extension TrialProtocol {
  /// Kits of each arm that a participant fills alone: the most that any allocation needs, and spares.
  ///
  /// The number tells nothing, as it follows from the protocol (packing.md, section 3).
  package func kitsToFillAlone(spares: Int) -> [Int] {
    automaton.mostSlotsByArm.map { $0 + spares }
  }
}
