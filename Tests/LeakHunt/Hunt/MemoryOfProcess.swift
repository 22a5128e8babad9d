import Foundation

/// The writable memory of another process, as its owner with the right to trace could read it.
enum MemoryOfProcess {
  /// All of it.
  ///
  /// - Returns: `nil` where the system does not let this process look.
  static func read(_ process: pid_t) -> [UInt8]? {
    guard let maps = FileHandle(forReadingAtPath: "/proc/\(process)/maps"),
      let text = try? maps.readToEnd()
    else { return nil }
    let memory = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
    guard memory >= 0 else { return nil }
    defer { close(memory) }
    var all: [UInt8] = []
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, words[1].hasPrefix("rw"), ends[1] - ends[0] < 1 << 30 else { continue }
      var at = ends[0]
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      while at < ends[1] {
        let count = pread(memory, &buffer, min(buffer.count, Int(ends[1] - at)), off_t(at))
        guard count > 0 else { break }
        all += buffer[..<count]
        at += UInt(count)
      }
    }
    return all.isEmpty ? nil : all
  }
}
