import TrialDesign

/// L2 and L3: everything that one trial showed before its unblinding, and what was secret in it.
package struct SearchedTrial: Sendable {
  /// What was run.
  package let kind: LeakHunt.Kind
  /// What nothing of it may hold.
  package let secrets: Secrets
  /// What stands before a digest and is public: the protocol's digest first, then the identity.
  package let publicBytes: [[UInt8]]
  /// Everything that was shown or left.
  package let exhibits: [Exhibit]

  /// Whether the memory of processes could be read at all.
  package var sawMemory: Bool { exhibits.contains { $0.name.hasPrefix("memory of checkin") } }

  /// What holds which secret.
  package var leaks: [String] { Canary.search(exhibits, for: secrets) }

  /// Tries to guess the public values of the trial.
  ///
  /// - Parameters:
  ///   - instants: when the sealing may have been, in seconds of 1970.
  ///   - further: exhibits of a control.
  package func guessed(around instants: [Int], with further: [Exhibit] = []) throws -> BruteForce {
    var force = BruteForce(exhibits.filter { !$0.name.hasPrefix("memory") } + further)
    let plans = try kind.automaton().assignments().map(\.arms)
    force.guess(plans: plans, arms: kind.design.arms, prefixes: publicBytes)
    force.guess(slots: kind.design.slots, arms: kind.design.arms, prefixes: publicBytes)
    for instant in instants {
      force.guess(clockAround: instant, protocolDigest: publicBytes[0])
    }
    return force
  }
}
