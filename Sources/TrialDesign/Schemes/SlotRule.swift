package import BigInt

/// A randomization rule, read slot by slot: what must be remembered, and what may come next.
///
/// A sequence of arms is in the reference set exactly when every step exists and the last state is
/// accepted. `SlotAutomaton` compiles a rule by trying every arm in every reachable state, so a rule
/// states its constraint once and in the most obvious way; dead ends need no thought.
package protocol SlotRule: Sendable {
  /// What the rule remembers of the past.
  associatedtype State: Hashable
  /// Slots in the trial.
  var slotCount: Int { get }
  /// Arms, numbered from 0; 0 is the reference.
  var armCount: Int { get }
  /// The state before the first slot.
  var start: State { get }
  /// The state after giving `arm` to `slot` (0-based), or `nil` where the rule forbids it.
  func next(_ state: State, arm: Int, slot: Int) -> State?
  /// Whether a sequence may end in a state.
  func accepts(_ state: State) -> Bool
  /// How many equally likely draws give one sequence that ends in an accepted state; at least 1.
  ///
  /// 1 in most rules. Where envelopes are drawn from a bowl that holds some of them twice, a sequence
  /// has as many draws as there are ways to take its envelopes.
  func draws(_ state: State) -> BigUInt
  /// How much a state holds, where that is more than a few numbers: what a limit is put on.
  func size(of state: State) -> Int
  /// Refuses parameters that make no sense, before anything is compiled.
  func validate() throws(SchemeError)
  /// The rule as an automaton. A demand with one answer for all, so that there is one compiled for
  /// each rule's own states: through `any SlotRule` every look at a state would be a call.
  func compiled() throws(SchemeError) -> SlotAutomaton
}

extension SlotRule {
  /// By default every end is accepted.
  package func accepts(_ state: State) -> Bool { true }

  /// By default each sequence is one draw.
  package func draws(_ state: State) -> BigUInt { 1 }

  /// By default states are small.
  package func size(of state: State) -> Int { 1 }

  package func compiled() throws(SchemeError) -> SlotAutomaton {
    try SlotAutomaton(compiling: self)
  }
}
