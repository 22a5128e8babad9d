import BlindRecord
import MerkleLog
import OpenSSLCrypto

/// Solves a time lock, step by step, so that it can stop and go on.
///
/// The steps follow each other: a second processor does not help. What is kept in between is a number
/// that is worth nothing without the steps that are left.
public final class TimeLockSolver {
  /// The puzzle.
  public let puzzle: TimeLockPuzzle
  /// How many squarings are done.
  public private(set) var done: Int
  private let machine: RepeatedSquaring

  /// Begins.
  public convenience init(_ puzzle: TimeLockPuzzle) throws {
    try self.init(puzzle, done: 0, number: Hex.decode(puzzle.base) ?? [])
  }

  /// Goes on from what `progress` gave before.
  ///
  /// - Throws: `TimeLockError.foreignProgress`.
  public convenience init(_ puzzle: TimeLockPuzzle, progress bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let format = TimeLockSolver.format
    guard lines[0] == format || !lines[0].hasPrefix("selfblind/timelock-progress/") else {
      throw TimeLockError.foreignProgress(
        "the format \"\(lines[0].prefix(40).filter { !$0.isNewline })\"")
    }
    guard lines.count == 6, lines[5].isEmpty, lines[0] == format,
      lines[4] == "digest \(contentDigest(Array(lines[..<4].joined(separator: "\n").utf8)))"
    else { throw TimeLockError.foreignProgress("a file that is not whole") }
    guard lines[1] == "puzzle \(try TimeLockSolver.digest(of: puzzle))" else {
      throw TimeLockError.foreignProgress("that of another puzzle")
    }
    guard lines[2].hasPrefix("squarings "), let done = Int(lines[2].dropFirst(10)),
      (0...puzzle.squarings).contains(done), lines[3].hasPrefix("number "),
      let number = Hex.decode(String(lines[3].dropFirst(7)))
    else { throw TimeLockError.foreignProgress("lines of another form") }
    try self.init(puzzle, done: done, number: number)
  }

  private init(_ puzzle: TimeLockPuzzle, done: Int, number: [UInt8]) throws {
    self.puzzle = puzzle
    self.done = done
    machine = try RepeatedSquaring(
      BigNumber(number), modulo: BigNumber(Hex.decode(puzzle.modulus) ?? []))
  }

  /// How many squarings are left.
  public var left: Int { puzzle.squarings - done }

  /// Does up to that many squarings.
  public func advance(by count: Int) throws {
    let steps = min(max(0, count), left)
    try machine.square(times: steps)
    done += steps
  }

  /// What has to be kept to go on later.
  public func progress() throws -> [UInt8] {
    let number = try machine.bytes(count: TimeLockPuzzle.byteCount)
    let lines = [
      TimeLockSolver.format, "puzzle \(try TimeLockSolver.digest(of: puzzle))",
      "squarings \(done)", "number \(Hex.encode(number))",
    ].joined(separator: "\n")
    return Array((lines + "\ndigest \(contentDigest(Array(lines.utf8)))\n").utf8)
  }

  /// The key that the answer gives, when nothing is left to do.
  ///
  /// - Returns: `nil` before that.
  public func identity() throws -> AgeIdentity? {
    guard left == 0 else { return nil }
    var answer = try machine.bytes(count: TimeLockPuzzle.byteCount)
    defer { wipe(&answer) }
    return try TimeLockPuzzle.identity(answer: answer)
  }

  /// Squarings a second on this machine, measured for about that long.
  ///
  /// The best of several short runs: other programs only slow one down.
  public static func measureRate(seconds: Double = 2) throws -> Int {
    let bytes = [UInt8](repeating: 0xFF, count: TimeLockPuzzle.byteCount)
    let machine = try RepeatedSquaring(BigNumber([0x53, 0x42]), modulo: BigNumber(bytes))
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var best = 0.0
    repeat {
      let steps = 20_000
      let time = try clock.measure { try machine.square(times: steps) }
      let taken = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
      best = max(best, Double(steps) / max(taken, 1e-9))
    } while clock.now < end
    return max(1, Int(best))
  }

  private static let format = "selfblind/timelock-progress/v1"

  private static func digest(of puzzle: TimeLockPuzzle) throws -> String {
    contentDigest(try puzzle.fileBytes())
  }
}
