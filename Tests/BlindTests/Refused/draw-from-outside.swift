// error: 'draw' is inaccessible due to 'package' protection level
import TrialDesign

func draw(_ scheme: RandomizationScheme) throws -> Assignment {
  var source = SystemRandomNumberGenerator()
  return try scheme.draw(from: &source)
}
