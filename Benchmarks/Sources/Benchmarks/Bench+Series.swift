import Foundation

/// Very many trials: lines of 28 days analysed exactly, and pooled.
extension Bench {
  /// How many trials; a minute of two processors.
  private static let trials = 100_000

  func series() {
    let (lines, answers) = ("\(place)/lines.ndjson", "\(place)/answers.ndjson")
    guard Bench.writeTrials(to: lines) else { return print("map: the lines could not be written") }
    for (workers, limit) in [(1, 240.0), (2, 120)] {
      try? FileManager.default.removeItem(atPath: answers)
      let run = Measured.run(
        program, ["map", lines, "--sums", "--workers", "\(workers)", "--output", answers])
      let name = "map, \(Bench.trials) trials of 28 days, \(workers) at once"
      report("\(name), time", run, run.milliseconds / 1000, limit: limit, "s")
      report("\(name), peak memory", run, run.megabytes, limit: 300, "MB")
    }
    let run = Measured.run(program, ["reduce", answers])
    report("reduce of their answers, time", run, run.milliseconds / 1000, limit: 5, "s")
    report("reduce of their answers, peak memory", run, run.megabytes, limit: 300, "MB")
  }

  /// Pairs of days with ratings from 0 to 10 and guesses; the same each time.
  private static func writeTrials(to path: String) -> Bool {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { return false }
    var dice = Dice(state: 7)
    for number in 0..<trials {
      var (arms, ratings, guesses): ([String], [String], [String]) = ([], [], [])
      var noise = 0
      for _ in 0..<14 {
        let isFirst = dice.roll(2) == 0
        for isActive in [isFirst, !isFirst] {
          noise = (2 * noise) / 5 + dice.roll(5) + dice.roll(5) - 4
          arms.append(isActive ? "\"active\"" : "\"placebo\"")
          let rating = max(0, min(10, 5 + noise + (isActive && dice.roll(2) == 0 ? 1 : 0)))
          ratings.append(dice.roll(33) == 0 ? "null" : "\(rating)")
          guesses.append(dice.roll(5) == 0 ? "\"dk\"" : "0.\(1 + dice.roll(9))")
        }
      }
      let line =
        #"{"id":"p\#(number)","design":{"arms":["placebo","active"],"scheme":{"pairs":{"count":14}}},"#
        + #""arms":[\#(arms.joined(separator: ","))],"outcomes":{"mood":[\#(ratings.joined(separator: ","))]},"#
        + #""guesses":[\#(guesses.joined(separator: ","))]}"# + "\n"
      file.write(Data(line.utf8))
    }
    try? file.close()
    return true
  }

  /// SplitMix64.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: UInt64) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % sides)
    }
  }
}
