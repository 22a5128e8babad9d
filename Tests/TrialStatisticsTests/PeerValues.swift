import Foundation
import TrialTestSupport

/// A tree of values computed by other programs, read where the shared folder is present.
@dynamicMemberLookup
struct PeerValues {
  private let value: Any?

  /// The file at `path` below the shared folder, or `nil` where it is missing.
  init?(_ path: String) throws {
    guard let url = SharedFiles.url(path) else { return nil }
    value = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
  }

  /// Values by R packages.
  static func r() throws -> PeerValues? {
    try PeerValues("reference/statistics/expected/stats_peers_R.json")?.expected
  }

  /// Values by scipy, statsmodels and mpmath.
  static func python() throws -> PeerValues? {
    try PeerValues("reference/statistics/expected/stats_peers_py.json")?.expected
  }

  /// The data that both were given.
  static func inputs() throws -> PeerValues? {
    try PeerValues("reference/statistics/inputs/stats_inputs.json")
  }

  private init(value: Any?) { self.value = value }

  subscript(dynamicMember name: String) -> PeerValues { self[name] }
  subscript(name: String) -> PeerValues {
    PeerValues(value: (value as? [String: Any])?[name])
  }
  subscript(index: Int) -> PeerValues { list[index] }

  /// The members of a list.
  var list: [PeerValues] { (value as? [Any] ?? []).map { PeerValues(value: $0) } }
  /// The names of a dictionary, sorted.
  var names: [String] { ((value as? [String: Any])?.keys).map { $0.sorted() } ?? [] }
  /// The number, which most files hold as text; NaN if there is none.
  var number: Double {
    if let text = value as? String {
      return text == "Inf" ? .infinity : text == "-Inf" ? -.infinity : Double(text) ?? .nan
    }
    return (value as? NSNumber)?.doubleValue ?? .nan
  }
  /// A list of numbers.
  var numbers: [Double] { list.map(\.number) }
  /// The texts of this list beside the numbers of another.
  func names(of other: PeerValues) -> [(name: String, value: Double)] {
    zip(list, other.numbers).map { ($0.value as? String ?? "", $1) }
  }
  /// Whether nothing is here.
  var isMissing: Bool { value == nil }
}

/// Whether two numbers agree to a relative difference; equal infinities and zeros do.
func agree(_ found: Double, _ wanted: Double, _ tolerance: Double = 1e-12) -> Bool {
  found == wanted || (found - wanted).magnitude <= tolerance * wanted.magnitude
}
