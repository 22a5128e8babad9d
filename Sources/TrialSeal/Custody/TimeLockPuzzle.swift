public import BlindRecord
import OpenSSLCrypto

/// A puzzle that takes one processor a known number of steps, whoever is in a hurry.
///
/// base^(2^squarings) modulo the product of two primes that nobody knows any more; who knew them made
/// the answer in seconds (Rivest, Shamir and Wagner, Time-lock puzzles and timed-release crypto,
/// 1996, section 2.1). The answer gives the key of the trial. Content of `sealed/timelock.json`.
public struct TimeLockPuzzle: Hashable, Sendable, Codable {
  /// The format's name and version.
  public static let format = "selfblind/timelock/v1"
  /// The bits of the modulus.
  public static let modulusBits = 2048
  /// Squarings a second of the fastest machine that is known to have solved such a puzzle: LCS35, 2046
  /// bits and 79,685,186,856,218 squarings, in about two months on programmable hardware in 2019.
  public static let fastestKnown = 16_000_000

  /// The format's name and version.
  public let format: String
  /// The product of two primes, in hex.
  public let modulus: String
  /// The number that is squared, in hex.
  public let base: String
  /// How many times.
  public let squarings: Int
  /// The squarings a second that were measured on the machine that made it.
  public let measuredRate: Int
  /// How many times as fast the fastest known machine is, rounded up.
  public let fasterMachines: Int

  static let byteCount = modulusBits / 8

  /// Seconds on the machine it was made on.
  public var seconds: Int { squarings / max(1, measuredRate) }

  /// Makes a puzzle, and the key that its answer gives.
  ///
  /// The primes are overwritten before this returns.
  ///
  /// - Parameters:
  ///   - seconds: how long the machine on which `rate` was measured will take; at least 1.
  ///   - rate: squarings a second (`TimeLockSolver.measureRate`).
  public static func make(
    seconds: Int, rate: Int
  ) throws -> (puzzle: TimeLockPuzzle, identity: AgeIdentity) {
    let (squarings, overflows) = max(1, seconds).multipliedReportingOverflow(by: max(1, rate))
    guard !overflows, squarings < 1 << 53 else {
      throw TimeLockError.tooLong
    }
    let (p, q) = (try BigNumber.prime(bits: 1024), try BigNumber.prime(bits: 1024))
    let modulus = try p.times(q)
    let order = try p.minusOne().times(q.minusOne())
    // A random number of 2040 bits lies below every modulus of 2048.
    let base = try BigNumber(randomBytes(byteCount - 1))
    let shortcut = try BigNumber.powerOfTwo(squarings, modulo: order)
    var answer = try base.power(shortcut, modulo: modulus).bytes(count: byteCount)
    defer { wipe(&answer) }
    let puzzle = TimeLockPuzzle(
      format: format, modulus: Hex.encode(try modulus.bytes(count: byteCount)),
      base: Hex.encode(try base.bytes(count: byteCount)), squarings: squarings,
      measuredRate: max(1, rate),
      fasterMachines: max(1, (fastestKnown + max(1, rate) - 1) / max(1, rate)))
    return (puzzle, try identity(answer: answer))
  }

  /// The key that the answer gives: HKDF of its 256 bytes (seal.md, section 5).
  static func identity(answer: [UInt8]) throws -> AgeIdentity {
    var secret = try hkdfSHA256(ikm: answer, info: Array("selfblind/timelock/v1".utf8))
    defer { wipe(&secret) }
    return try AgeIdentity(secret: secret)
  }

  /// The bytes of the file.
  func fileBytes() throws -> [UInt8] { try CommittedJSON.encode(self, endsLine: true) }

  /// Reads the file, and checks what can be checked of a puzzle without its answer.
  ///
  /// A modulus that is a prime, or that has a small factor, would be no lock at all.
  ///
  /// - Throws: `FormatError`.
  public init(file bytes: [UInt8], path: String = "sealed/timelock.json") throws {
    let puzzle = try CommittedJSON.decode(
      TimeLockPuzzle.self, from: bytes, place: path, endsLine: true)
    func refuse(_ found: String, _ expected: String) -> FormatError {
      FormatError(path, found: found, expected: expected)
    }
    guard puzzle.format == TimeLockPuzzle.format else {
      throw refuse("the format \"\(puzzle.format.prefix(60))\"", "\"\(TimeLockPuzzle.format)\"")
    }
    guard let modulusBytes = Hex.decode(puzzle.modulus), let baseBytes = Hex.decode(puzzle.base),
      modulusBytes.count == TimeLockPuzzle.byteCount, baseBytes.count == TimeLockPuzzle.byteCount
    else { throw refuse("numbers of another size", "\(TimeLockPuzzle.modulusBits) bits in hex") }
    let (modulus, base) = (try BigNumber(modulusBytes), try BigNumber(baseBytes))
    guard modulus.bitWidth == TimeLockPuzzle.modulusBits, modulus.isOdd else {
      throw refuse("a modulus that is no product of two large primes", "2048 bits, odd")
    }
    guard try BigNumber([1]) < base, try base < modulus.minusOne() else {
      throw refuse("a base that needs no squaring", "a number between 1 and the modulus")
    }
    let hasSmallFactor = (3..<20_000).contains { $0 % 2 == 1 && modulus.remainder(by: $0) == 0 }
    // Fermat: 2^(n-1) is 1 modulo every odd prime.
    let isPrime = try BigNumber([2]).power(modulus.minusOne(), modulo: modulus) == BigNumber([1])
    guard !hasSmallFactor, !isPrime else {
      throw refuse("a modulus whose factors anyone can find", "a product of two large primes")
    }
    guard (1..<(1 << 53)).contains(puzzle.squarings), puzzle.measuredRate > 0,
      puzzle.fasterMachines > 0
    else { throw refuse("a number of squarings that is none", "at least 1") }
    self = puzzle
  }

  private init(
    format: String, modulus: String, base: String, squarings: Int, measuredRate: Int,
    fasterMachines: Int
  ) {
    self.format = format
    self.modulus = modulus
    self.base = base
    self.squarings = squarings
    self.measuredRate = measuredRate
    self.fasterMachines = fasterMachines
  }
}

/// Why a time lock was not made or not solved.
public enum TimeLockError: Refusal, Equatable {
  /// More squarings than a number can say.
  case tooLong
  /// The progress file belongs to another puzzle, or was cut off.
  case foreignProgress(String)
  /// The answer does not give the trial's key: a fault of the machine on the way.
  case wrongAnswer

  /// The sentence.
  public var message: String {
    switch self {
    case .tooLong: "the time lock: found more hours than can be counted, expected fewer"
    case .foreignProgress(let what): "the progress of the time lock: found \(what)"
    case .wrongAnswer: "the time lock: the answer does not give the key of this trial"
    }
  }
  /// What to do.
  public var hint: String? {
    switch self {
    case .tooLong: nil
    case .foreignProgress: "remove the file to begin anew, or name another with --progress"
    case .wrongAnswer: "the machine made a mistake on the way; remove the progress and begin anew"
    }
  }
}
