import Foundation
import TrialDesign

/// What an analysis costs in time and memory, against length and resolution.
///
/// Without arguments every case runs in a process of its own, so that the peak memory is that of the
/// case, and a line of comma-separated values is printed for each. `--peers PYTHON SCRIPT` compares
/// with another program in the same run; `--planning [PYTHON SCRIPT]` simulates a thousand trials;
/// `--posterior` fits the Bayesian effect; `--pooling` pools trials; `--mixed [RSCRIPT SCRIPT]` fits
/// mixed models; `--picture CSV SVG` draws the lines. Not a test.
@main
struct Cost {
  static func main() async throws {
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == "--case", let index = Int(arguments[2]) {
      let timing = try Timing(CostCase.all[index].made().test)
      print(timing.milliseconds, timing.method)
      return
    }
    if arguments.count == 4, arguments[1] == "--peers" {
      return try Peers(python: arguments[2], script: arguments[3]).compare()
    }
    if arguments == [arguments[0], "--posterior"] { return try PosteriorCost.measure() }
    if arguments == [arguments[0], "--pooling"] { return try PoolingCost.measure() }
    if arguments.count >= 2, arguments[1] == "--mixed" {
      let peer = arguments.count == 4 ? (program: arguments[2], script: arguments[3]) : nil
      return try MixedCost.measure(peer: peer)
    }
    if arguments.count >= 2, arguments[1] == "--planning" {
      let peer = arguments.count == 4 ? (python: arguments[2], script: arguments[3]) : nil
      return try await Planning.measure(peer: peer)
    }
    if arguments.count == 4, arguments[1] == "--picture" {
      let text = try String(contentsOfFile: arguments[2], encoding: .utf8)
      try CostPicture(csv: text).svg.write(
        toFile: arguments[3], atomically: true, encoding: .utf8)
      return
    }
    let wish = arguments.dropFirst().first
    let head = "group,scheme,slots,ratings,method,milliseconds,megabytes\n"
    FileHandle.standardOutput.write(Data(head.utf8))
    for (index, item) in CostCase.all.enumerated() {
      let line =
        "\(item.group),\"\(item.name)\",\(item.scheme.slotCount),\(item.resolution.rawValue)"
      if let wish, !line.contains(wish) { continue }
      let run = Child.run(arguments[0], ["--case", "\(index)"])
      let words = run.output.split(whereSeparator: \.isWhitespace)
      guard run.status == 0, words.count == 2, let time = Double(words[0]) else {
        FileHandle.standardError.write(Data("\(line): failed\n".utf8))
        exit(1)
      }
      let shown = String(format: time < 10 ? "%.3f" : "%.1f", time)
      let row = "\(line),\(words[1]),\(shown),\(Int(run.megabytes.rounded()))\n"
      FileHandle.standardOutput.write(Data(row.utf8))
    }
  }
}
