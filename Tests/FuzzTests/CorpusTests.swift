import Foundation
import FuzzProperties
import Testing
import TrialTestSupport

/// Every input of the corpus, and what libFuzzer once found, under the checks of its target.
///
/// Changed and cut inputs are tried as well, so that a build without libFuzzer looks a little way
/// around them.
@Suite struct CorpusTests {
  static let corpus = SharedFiles.packageRoot.appending(path: "Tests/Fuzz/Corpus")

  @Test(arguments: FuzzTarget.allCases)
  func holdsForEveryInputAndItsNeighbours(_ target: FuzzTarget) throws {
    let folder = Self.corpus.appending(path: target.rawValue)
    let stored = try SharedFiles.files(below: folder).map(SharedFiles.bytes)
    #expect(!stored.isEmpty, "no input of \(target.rawValue)")
    for input in try stored + FuzzSeeds.inputs(of: target) {
      try target.check(input)
      for place in Self.places(in: input.count) {
        var changed = input
        changed[place] ^= 1 << UInt8(place % 7)
        try target.check(changed)
        try target.check(Array(input.prefix(place)))
        try target.check(Array(input.prefix(place)) + input.dropFirst(place + 1))
      }
    }
  }

  /// The checks can fail: each of these values is one that the code never gives.
  @Test func everySeedIsReadToItsEnd() throws {
    for target in FuzzTarget.allCases {
      #expect(try !FuzzSeeds.inputs(of: target).isEmpty, "\(target.rawValue)")
    }
  }

  /// At most twenty places, spread over the input, the last among them.
  private static func places(in count: Int) -> [Int] {
    guard count > 0 else { return [] }
    let step = max(1, count / 19)
    return Array(stride(from: 0, to: count, by: step)) + [count - 1]
  }
}
