import Foundation
import Testing

@testable import TrialSeries

/// Lines of a file, however they come: in pieces, without an end, too long.
struct LineSourceTests {
  /// Writes pieces into a pipe, one after the other.
  private func lines(_ pieces: [[UInt8]], atMost most: Int = 100) throws -> [[UInt8]?] {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let writer = Thread {
      for piece in pieces {
        var done = 0
        while done < piece.count {
          let count = piece[done...].withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
          guard count > 0 else { break }
          done += count
        }
      }
      close(writing)
    }
    writer.start()
    let source = LineSource(descriptor: reading)
    var found: [[UInt8]?] = []
    while let batch = try source.batch(atMost: most) {
      #expect(!batch.isEmpty && batch.count <= most)
      found += batch
    }
    #expect(try source.batch(atMost: most) == nil)
    return found
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func whateverThePiecesAre() throws {
    let text = "one\n\ntwo\nthree"
    let wanted = ["one", "", "two", "three"].map(bytes)
    for size in 1...text.utf8.count {
      let all = bytes(text)
      let pieces = stride(from: 0, to: all.count, by: size).map {
        Array(all[$0..<min(all.count, $0 + size)])
      }
      #expect(try lines(pieces).map { $0 } == wanted, "pieces of \(size)")
      #expect(try lines(pieces, atMost: 1) == wanted)
    }
    #expect(try lines([]).isEmpty)
    #expect(try lines([bytes("\n")]) == [[]])
    #expect(try lines([bytes("a\n")]) == [bytes("a")])
  }

  @Test func aLineBeyondTheLimitIsOneAnswer() throws {
    let long = [UInt8](repeating: 0x61, count: 3 * LineTask.longestLine)
    let found = try lines([bytes("a\n"), long, bytes("\nb\n"), long])
    #expect(found.count == 4)
    #expect(found[0] == bytes("a") && found[1] == nil && found[2] == bytes("b") && found[3] == nil)
    let limit = [UInt8](repeating: 0x61, count: LineTask.longestLine)
    #expect(try lines([limit, bytes("\n")]) == [limit])
    #expect(try lines([limit, bytes("b\nc\n")]) == [nil, bytes("c")])
  }

  @Test("as many answers as lines, in their order, with any number of workers")
  func stream() throws {
    let text = (0..<500).map { "\($0)\n" }.joined()
    for workers in [1, 2, 3, 8] {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("lines-\(UUID().uuidString)")
      try Data(text.utf8).write(to: url)
      defer { try? FileManager.default.removeItem(at: url) }
      let file = try FileHandle(forReadingFrom: url)
      var written: [UInt8] = []
      var seen: [Int] = []
      let tally = try LineStream.run(
        LineSource(descriptor: file.fileDescriptor), workers: workers, batch: 64,
        answer: { line in
          // The later of two neighbours is often done first.
          if (line?.last ?? 0) % 2 == 0 { usleep(50) }
          return (line ?? []) + [0x0A]
        }, write: { written += $0 },
        progress: { tally in
          seen.append(tally.answered)
          return true
        })
      #expect(written == Array(text.utf8), "\(workers) workers")
      #expect(tally == LineStream.Tally(answered: 500, refused: 0, isInterrupted: false))
      #expect(seen == seen.sorted() && seen.last == 500)
    }
  }
}
