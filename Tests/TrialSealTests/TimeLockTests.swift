import BigInt
import BlindRecord
import Foundation
import OpenSSLCrypto
import Testing
import TrialTestSupport

@testable import TrialSeal

/// The time lock: what it hides comes out after all its squarings, and not before.
@Suite struct TimeLockTests {
  @Test func bigNumbersAreThoseOfTheNaiveTwin() throws {
    let a = BigUInt("123456789012345678901234567890123456789")
    let m = BigUInt("987654321098765432109876543210987654321")
    let (one, modulus) = (try BigNumber(Array(a.serialize())), try BigNumber(Array(m.serialize())))
    var naive = a
    let machine = try RepeatedSquaring(one, modulo: modulus)
    for steps in [1, 2, 5, 40] {
      for _ in 0..<steps { naive = naive * naive % m }
      try machine.square(times: steps)
      #expect(try BigUInt(Data(machine.bytes(count: 20))) == naive)
    }
    let product = try one.times(modulus).bytes(count: 40)
    #expect(BigUInt(Data(product)) == a * m)
    #expect(try BigUInt(Data(one.minusOne().bytes(count: 20))) == a - 1)
    #expect(
      try BigUInt(Data(one.power(BigNumber([77]), modulo: modulus).bytes(count: 20)))
        == a.power(77, modulus: m))
    #expect(
      try BigUInt(Data(BigNumber.powerOfTwo(300, modulo: modulus).bytes(count: 20)))
        == BigUInt(2).power(300, modulus: m))
    #expect(UInt(a % 1001) == one.remainder(by: 1001))
    let prime = try BigNumber.prime(bits: 256)
    #expect(prime.bitWidth == 256)
    #expect(BigUInt(Data(try prime.bytes(count: 32))).isPrime())
    #expect(throws: CryptoError.self) { try RepeatedSquaring(one, modulo: BigNumber([4])) }
    #expect(throws: CryptoError.self) { try one.bytes(count: 3) }
  }

  @Test func theTrapdoorAndTheSquaringsGiveOneKey() throws {
    let (puzzle, identity) = try TimeLockPuzzle.make(seconds: 3, rate: 500)
    #expect(puzzle.squarings == 1_500)
    #expect(puzzle.seconds == 3)
    #expect(puzzle.fasterMachines == 32_000)
    // The naive twin: base^(2^t) modulo n by a big-integer library of another make.
    let modulus = BigUInt(Data(try #require(Hex.decode(puzzle.modulus))))
    var number = BigUInt(Data(try #require(Hex.decode(puzzle.base))))
    for _ in 0..<puzzle.squarings { number = number * number % modulus }
    let digits = Array(number.serialize())
    let answer = [UInt8](repeating: 0, count: 256 - digits.count) + digits
    #expect(try TimeLockPuzzle.identity(answer: answer) == identity)
    let solver = try TimeLockSolver(puzzle)
    try solver.advance(by: 1_499)
    #expect(try solver.identity() == nil)
    try solver.advance(by: 100)
    #expect(solver.left == 0)
    #expect(try solver.identity() == identity)
  }

  @Test func solvingGoesOnFromWhatWasKept() throws {
    let (puzzle, identity) = try TimeLockPuzzle.make(seconds: 1, rate: 900)
    var kept: [UInt8]?
    var done = 0
    while true {
      let solver =
        try kept.map { try TimeLockSolver(puzzle, progress: $0) } ?? TimeLockSolver(puzzle)
      #expect(solver.done == done)
      try solver.advance(by: 250)
      done = solver.done
      if let found = try solver.identity() {
        #expect(found == identity)
        break
      }
      kept = try solver.progress()
    }
    let bytes = try #require(kept)
    let (other, _) = try TimeLockPuzzle.make(seconds: 1, rate: 900)
    #expect(throws: TimeLockError.foreignProgress("that of another puzzle")) {
      try TimeLockSolver(other, progress: bytes)
    }
    for cut in [0, 10, bytes.count - 1] {
      #expect(throws: TimeLockError.foreignProgress("a file that is not whole")) {
        try TimeLockSolver(puzzle, progress: Array(bytes.prefix(cut)))
      }
    }
    let newer = String(decoding: bytes, as: UTF8.self).replacing("progress/v1", with: "progress/v2")
    #expect(
      throws: TimeLockError.foreignProgress("the format \"selfblind/timelock-progress/v2\"")
    ) { try TimeLockSolver(puzzle, progress: Array(newer.utf8)) }
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[place] ^= 1
      #expect(throws: TimeLockError.self) { try TimeLockSolver(puzzle, progress: changed) }
    }
  }

  @Test func aPuzzleThatLocksNothingIsRefused() throws {
    let (puzzle, _) = try TimeLockPuzzle.make(seconds: 1, rate: 10)
    let bytes = try puzzle.fileBytes()
    #expect(try TimeLockPuzzle(file: bytes) == puzzle)
    func refused(_ from: String, _ to: String, _ found: String) {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains(from))
      let error = #expect(throws: FormatError.self) {
        try TimeLockPuzzle(file: Array(text.replacing(from, with: to).utf8))
      }
      #expect(error?.found == found)
    }
    let prime = Hex.encode(try BigNumber.prime(bits: 2048).bytes(count: 256))
    refused(puzzle.modulus, prime, "a modulus whose factors anyone can find")
    let even = String(puzzle.modulus.dropLast()) + "4"
    refused(puzzle.modulus, even, "a modulus that is no product of two large primes")
    let modulus = BigUInt(Data(try #require(Hex.decode(puzzle.modulus))))
    let divisible = modulus - modulus % 7 + (modulus % 2 == (modulus % 7) % 2 ? 0 : 7)
    let three = divisible % 2 == 1 ? divisible : divisible - 7
    refused(
      puzzle.modulus, Hex.encode(Array(three.serialize())),
      "a modulus whose factors anyone can find")
    refused(
      puzzle.base, String(repeating: "0", count: 511) + "1", "a base that needs no squaring")
    refused(puzzle.base, "00", "numbers of another size")
    refused("\"squarings\":10", "\"squarings\":0", "a number of squarings that is none")
    refused("timelock/v1", "timelock/v0", "the format \"selfblind/timelock/v0\"")
    #expect(throws: TimeLockError.tooLong) {
      try TimeLockPuzzle.make(seconds: 1 << 40, rate: 1 << 30)
    }
  }

  @Test func theRateIsMeasured() throws {
    #expect(try TimeLockSolver.measureRate(seconds: 0.05) > 1_000)
  }

  @Test func aTrialUnderATimeLockOpensWithItsAnswerOnly() throws {
    let (trial, arms) = try CustodyTests.seal(.timelock(seconds: 2, rate: 400))
    let solver = try TimeLockSolver(try #require(trial.committed.puzzle))
    try solver.advance(by: 799)
    #expect(try solver.identity() == nil)
    try solver.advance(by: 1)
    let identity = try #require(try solver.identity())
    #expect(trial.committed.fits(identity))
    #expect(try CustodyTests.arms(trial, trial.unlock(identity: identity)) == arms)
    #expect(throws: SealError.otherCustody(custody: "timelock")) {
      try trial.unlock(passphrase: Array("abc".utf8))
    }
    #expect(trial.committed.holders.isEmpty)
  }
}
