// error: 'draw' is inaccessible due to 'package' protection level
import TrialDesign
func draw(_ scheme: RandomizationScheme, _ source: inout some UniformSource) throws -> Assignment {
  try scheme.draw(from: &source)
}
