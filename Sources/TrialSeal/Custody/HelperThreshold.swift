public import BlindRecord
import OpenSSLCrypto

/// Several helpers, of whom any `needed` open a seal together and fewer learn nothing.
///
/// The key of the trial is sealed once for every set of `needed` helpers, as an age file within an age
/// file: the outermost layer belongs to the helper with the highest number of the set, the innermost
/// to the one with the lowest. No new cryptography, and a stock `age` opens one layer after another.
public struct HelperThreshold: Sendable, Hashable {
  /// The most helpers: five have at most ten sets of three.
  public static let mostHelpers = 5

  /// The helpers' public keys; a helper's number is the place in this list, from 1.
  public let helpers: [AgeRecipient]
  /// How many of them are needed.
  public let needed: Int

  /// - Parameters:
  ///   - helpers: two to five different keys.
  ///   - needed: at least two, at most as many as there are.
  /// - Throws: `ThresholdError`.
  public init(helpers: [AgeRecipient], needed: Int) throws(ThresholdError) {
    guard (2...HelperThreshold.mostHelpers).contains(helpers.count) else {
      throw .helpers(helpers.count)
    }
    guard (2...helpers.count).contains(needed) else {
      throw .needed(needed, of: helpers.count)
    }
    for (place, helper) in helpers.enumerated() {
      if let first = helpers[..<place].firstIndex(of: helper) {
        throw .sameKey(first + 1, place + 1)
      }
    }
    self.helpers = helpers
    self.needed = needed
  }

  /// Every set of `needed` helpers, by ascending numbers from 1.
  var sets: [[Int]] { HelperThreshold.sets(of: needed, among: helpers.count) }

  /// Every set of that many numbers among 1...n, each ascending.
  static func sets(of needed: Int, among count: Int, from first: Int = 1) -> [[Int]] {
    guard needed > 0 else { return [[]] }
    guard first <= count else { return [] }
    return sets(of: needed - 1, among: count, from: first + 1).map { [first] + $0 }
      + sets(of: needed, among: count, from: first + 1)
  }

  /// Where the key for a set lies: `sealed/key-1-3.age`.
  static func path(of set: [Int]) -> String {
    "sealed/key-" + set.map(String.init).joined(separator: "-") + ".age"
  }

  /// The file of every set, each holding the same plaintext.
  func seal(_ plaintext: [UInt8]) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for set in sets {
      var layer = plaintext
      defer { wipe(&layer) }
      for helper in set {
        let outer = try AgeFile.encrypt(layer, to: [helpers[helper - 1]])
        wipe(&layer)
        layer = outer
      }
      files[HelperThreshold.path(of: set)] = layer
    }
    return files
  }

  /// The plaintext in the file of a set, opened by the identities of that set.
  ///
  /// - Parameter identities: in any order; those of other helpers are passed over.
  static func open(
    _ file: [UInt8], layers: Int, with identities: [AgeIdentity]
  ) throws(AgeError) -> [UInt8] {
    var layer = file
    for _ in 0..<layers {
      let inner = try AgeFile.decrypt(layer, with: identities)
      wipe(&layer)
      layer = inner
    }
    return layer
  }
}

/// A threshold that cannot be.
public enum ThresholdError: Refusal, Equatable {
  /// Too few or too many helpers.
  case helpers(Int)
  /// A number that is not between two and that of the helpers.
  case needed(Int, of: Int)
  /// Two helpers with one key.
  case sameKey(Int, Int)

  /// The sentence.
  public var message: String {
    switch self {
    case .helpers(let count):
      "custody threshold: found \(count) helper\(count == 1 ? "" : "s"), expected 2 to 5"
    case .needed(let needed, let count):
      "custody threshold: found \(needed) needed of \(count) helpers, expected 2 to \(count)"
    case .sameKey(let one, let other):
      "custody threshold: helpers \(one) and \(other) have the same key, expected different ones"
    }
  }
  /// What to do.
  public var hint: String? {
    switch self {
    case .helpers: "give --recipient once for each helper; for one helper use --custody helper"
    case .needed: "say with --needed how many have to come together"
    case .sameKey: "ask each helper for their own key"
    }
  }
}
