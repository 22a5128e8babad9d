import Foundation
import Testing
import TrialStatistics
import TrialTestSupport

/// Values with 20 digits made by Tests/Vectors/distributions.py.
@Suite("Distributions against mpmath")
struct DistributionVectorTests {
  private struct File: Decodable {
    let values: [Row]
  }

  private struct Row: Decodable {
    let family: String
    let parameters: [String]
    let x, below, above, density: String
    let probability, tail, quantile: String?

    func distribution() throws -> any ContinuousDistribution {
      let numbers = parameters.compactMap(Double.init)
      switch family {
      case "normal": return NormalDistribution()
      case "student": return try StudentDistribution(degrees: numbers[0])
      case "chi-square": return try ChiSquareDistribution(degrees: numbers[0])
      case "beta": return try BetaDistribution(numbers[0], numbers[1])
      default: return try FDistribution(numerator: numbers[0], denominator: numbers[1])
      }
    }
  }

  @Test("both tails, densities and quantiles, to 1e-12 of each, down to 1e-300")
  func vectors() throws {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/distributions.json")
    let rows = try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).values
    var worst: [String: Double] = [:]
    for row in rows {
      let one = try row.distribution()
      let x = try #require(Double(row.x))
      var pairs = [
        ("below", one.probability(below: x), row.below),
        ("above", one.probability(above: x), row.above),
        ("density", one.density(x), row.density),
      ]
      if let text = row.probability, let probability = Double(text), let wanted = row.quantile {
        pairs.append(
          (
            "quantile",
            row.tail == "above"
              ? one.quantile(above: probability) : one.quantile(below: probability), wanted
          ))
      }
      for (name, found, text) in pairs {
        let wanted = try #require(Double(text))
        // What does not fit in a normal number has no relative error.
        guard wanted.magnitude > 1e-300 else { continue }
        let error = ((found - wanted) / wanted).magnitude
        worst["\(row.family) \(name)", default: 0] = max(
          worst["\(row.family) \(name)"] ?? 0, error)
        #expect(error <= 1e-12, "\(row.family) \(row.parameters) \(x) \(name): \(found), \(text)")
      }
    }
    print(worst.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n"))
    #expect(rows.count > 700)
  }
}
