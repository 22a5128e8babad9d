import Foundation

/// A process of its own: what it printed, and the most memory it held.
struct Child {
  let output: String
  let megabytes: Double
  let status: Int32

  static func run(_ program: String, _ arguments: [String]) -> Child {
    let failed = Child(output: "", megabytes: 0, status: -1)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return failed }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let started = posix_spawnp(&child, program, &actions, nil, &words, environ)
    close(ends[1])
    let reader = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    guard started == 0 else { return failed }
    let data = reader.readDataToEndOfFile()
    var status: Int32 = 0
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    return Child(
      output: String(decoding: data, as: UTF8.self),
      megabytes: Double(usage.ru_maxrss) / 1024, status: status)
  }
}
