// error: 'draw' is inaccessible due to 'package' protection level
import TrialDesign

func draw(_ automaton: SlotAutomaton) throws -> Assignment {
  var source = SystemRandomNumberGenerator()
  return try automaton.draw(from: &source)
}
