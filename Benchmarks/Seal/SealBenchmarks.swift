import Foundation

/// Times of the seal and of the log, each against its limit in the same run.
///
/// Arguments name what is wanted: tree, sealing, journal; without any, all.
///
/// Not a test: a slow machine is not a fault. What depends on the processor is compared with what
/// `openssl speed` measures just before on the same processor.
@main struct SealBenchmarks {
  static func main() async throws {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "selfblind-seal-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let wanted = Set(CommandLine.arguments.dropFirst())
    func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains(name) }
    if isWanted("tree") { await TreeBenchmark.run() }
    if isWanted("sealing") { try SealingBenchmark.run() }
    if isWanted("journal") {
      try JournalBenchmark(place: place.appending(path: "ten-years").path).run()
    }
  }
}

/// One line, at once, also into a file or a pipe.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// One line of the table: what was measured, its limit, their ratio.
func report(_ name: String, _ value: Double, limit: Double, _ unit: String) {
  func shown(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
  let ratio = (value / limit * 100).rounded() / 100
  say("\(name): \(shown(value)) \(unit), limit \(shown(limit)), ratio \(ratio)")
}

/// The shortest of several runs in milliseconds: of this process's own time on the processor, so that
/// what else runs on the machine does not count, or by the clock for what uses all processors.
func shortest<Value>(
  of runs: Int, byClock: Bool = false, _ body: () throws -> Value
) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<runs {
    let start = milliseconds(byClock ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID)
    _ = try body()
    best = min(best, milliseconds(byClock ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID) - start)
  }
  return best
}

private func milliseconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
}
