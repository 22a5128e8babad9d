import Foundation

/// Gradient boosting of small trees for a yes-or-no question: finds what single numbers do not show, such as
/// two that mean something only together [Friedman 2001].
///
/// Trees of depth two, the loss of logistic regression, numbers in sixteen classes. It is no better than it
/// has to be: what it says is judged on trials that it has not learnt from.
struct BoostedTrees: Sendable {
  /// One tree: a first question, then one for each answer, then four leaves.
  private struct Tree: Sendable {
    var features = [0, 0, 0]
    var cuts: [UInt8] = [0, 0, 0]
    var leaves: [Float] = [0, 0, 0, 0]

    func leaf(_ row: UnsafeBufferPointer<UInt8>) -> Int {
      let side = row[features[0]] > cuts[0] ? 1 : 0
      return 2 * side + (row[features[1 + side]] > cuts[1 + side] ? 1 : 0)
    }
  }

  /// Numbers are put into so many classes.
  static let classes = 16
  private static let rate: Float = 0.2
  private var trees: [Tree] = []

  /// Learns from rows of classes and answers.
  ///
  /// - Parameters:
  ///   - rows: row after row, each of `width` classes.
  ///   - answers: yes or no, one a row.
  init(rows: [UInt8], width: Int, answers: [Bool], rounds: Int = 40) {
    guard width > 0, !answers.isEmpty else { return }
    var scores = [Float](repeating: 0, count: answers.count)
    for _ in 0..<rounds {
      let rest = answers.indices.map { place -> Float in
        (answers[place] ? 1 : 0) - 1 / (1 + exp(-scores[place]))
      }
      let tree = BoostedTrees.grow(rows, width, rest)
      trees.append(tree)
      rows.withUnsafeBufferPointer { rows in
        for place in scores.indices {
          let row = UnsafeBufferPointer(rebasing: rows[place * width..<(place + 1) * width])
          scores[place] += tree.leaves[tree.leaf(row)]
        }
      }
    }
  }

  /// How far the answer is yes: above 0 for yes.
  func score(_ row: UnsafeBufferPointer<UInt8>) -> Float {
    trees.reduce(0) { $0 + $1.leaves[$1.leaf(row)] }
  }

  private static func grow(_ rows: [UInt8], _ width: Int, _ rest: [Float]) -> Tree {
    var tree = Tree()
    let all = Array(rest.indices)
    // The best pair of questions, not the best first one: an exclusive or has no best first question.
    var best: Float = -1
    for first in firstCandidates(rows, width, rest, all) {
      let low = all.filter { rows[$0 * width + first.feature] <= first.cut }
      let high = all.filter { rows[$0 * width + first.feature] > first.cut }
      let (left, right) = (split(rows, width, rest, low), split(rows, width, rest, high))
      guard left.gain + right.gain > best else { continue }
      best = left.gain + right.gain
      tree.features = [first.feature, left.feature, right.feature]
      tree.cuts = [first.cut, left.cut, right.cut]
    }
    var sums = [Float](repeating: 0, count: 4)
    var weights = [Float](repeating: 1, count: 4)
    rows.withUnsafeBufferPointer { rows in
      for place in all {
        let row = UnsafeBufferPointer(rebasing: rows[place * width..<(place + 1) * width])
        let leaf = tree.leaf(row)
        sums[leaf] += rest[place]
        weights[leaf] += 0.25
      }
    }
    tree.leaves = zip(sums, weights).map { rate * $0 / $1 }
    return tree
  }

  /// For the first question: each number at its middle, and the best cut of all.
  private static func firstCandidates(
    _ rows: [UInt8], _ width: Int, _ rest: [Float], _ all: [Int]
  ) -> [(feature: Int, cut: UInt8)] {
    let best = split(rows, width, rest, all)
    return (0..<width).map { ($0, UInt8(classes / 2 - 1)) } + [(best.feature, best.cut)]
  }

  /// The cut of some rows that explains the most of what is left.
  private static func split(
    _ rows: [UInt8], _ width: Int, _ rest: [Float], _ places: [Int]
  ) -> (gain: Float, feature: Int, cut: UInt8) {
    var sums = [Float](repeating: 0, count: width * classes)
    var counts = [Float](repeating: 0, count: width * classes)
    rows.withUnsafeBufferPointer { rows in
      for place in places {
        for feature in 0..<width {
          let cell = feature * classes + Int(rows[place * width + feature])
          sums[cell] += rest[place]
          counts[cell] += 1
        }
      }
    }
    let total = places.reduce(Float(0)) { $0 + rest[$1] }
    let number = Float(places.count)
    var best: (gain: Float, feature: Int, cut: UInt8) = (0, 0, 0)
    for feature in 0..<width {
      var (sum, count): (Float, Float) = (0, 0)
      for cut in 0..<classes - 1 {
        sum += sums[feature * classes + cut]
        count += counts[feature * classes + cut]
        guard count > 20, number - count > 20 else { continue }
        let gain =
          sum * sum / count + (total - sum) * (total - sum) / (number - count)
          - total * total / number
        if gain > best.gain { best = (gain, feature, UInt8(cut)) }
      }
    }
    return best
  }
}
