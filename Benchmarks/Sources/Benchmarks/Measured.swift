import Foundation

/// One run of a program: how long it took, and how much memory it had at most.
struct Measured {
  let milliseconds: Double
  let megabytes: Double
  let status: Int32

  /// Runs a program without its output and waits for it.
  static func run(_ program: String, _ arguments: [String]) -> Measured {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [Int32(1), 2] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let start = ContinuousClock.now
    guard posix_spawnp(&child, program, &actions, nil, &words, environ) == 0 else {
      return Measured(milliseconds: 0, megabytes: 0, status: -1)
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    let took = (ContinuousClock.now - start) / .milliseconds(1)
    return Measured(
      milliseconds: took, megabytes: Double(usage.ru_maxrss) / 1024, status: status)
  }

  /// The median time and the greatest memory of several runs.
  static func median(of count: Int, _ body: (Int) -> Measured) -> Measured {
    let runs = (0..<count).map(body)
    let times = runs.map(\.milliseconds).sorted()
    return Measured(
      milliseconds: times[times.count / 2], megabytes: runs.map(\.megabytes).max() ?? 0,
      status: runs.map(\.status).first { $0 != 0 } ?? 0)
  }
}
