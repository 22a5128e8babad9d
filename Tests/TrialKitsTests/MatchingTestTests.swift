import BlindRecord
import Foundation
import Testing
import TrialKits
import TrialTestSupport

@testable import TrialSeal

/// The triangle test alone: a sealed order, the same machine, an answer that is opened last.
@Suite struct MatchingTestTests {
  @Test func theOrderIsBalancedAndCommitted() throws {
    let secret = Array(repeating: UInt8(3), count: 32)
    let order = try MatchingOrder(secret: secret, trial: "00112233aabbccdd", rounds: 12)
    #expect(order.tickets.map(\.count) == [18, 18])
    #expect(order.tickets.joined().sorted() == Array(1...36))
    for (round, odd) in order.odd.enumerated() {
      let cups = (1...3).map { 3 * round + $0 }
      let first = Set(order.tickets[0]).intersection(cups)
      let alone = first.count == 1 ? first : Set(cups).subtracting(first)
      #expect(alone == [3 * round + odd], "round \(round + 1)")
    }
    #expect(order.right(order.odd) == 12)
    let answers = order.odd.map { $0 % 3 + 1 }
    #expect(order.right(answers) == 0)
    let text = MatchingOrder.text(of: secret)
    func isRight(_ right: Int, _ trial: String) -> Bool {
      MatchingOrder.isRight(
        text, commitment: order.commitment, answers: answers, right: right, trial: trial)
    }
    #expect(isRight(0, "00112233aabbccdd"))
    #expect(!isRight(1, "00112233aabbccdd"))
    #expect(!isRight(0, "00112233aabbccde"))
  }

  @Test func aTestIsResumedAtEveryStep() throws {
    let packing = try SamplePacking()
    let rule = Manifest.Packing.Matching(rounds: 6, mostRight: 3)
    var notes: [MatchingNote] = []
    func open() throws -> MatchingTest {
      try MatchingTest(
        packing.matchingJob, rule: rule, number: 1, isBegun: !notes.isEmpty,
        commitment: notes.last?.commitment, in: packing.folder)
    }
    let first = try open()
    #expect(first.announcement != nil)
    #expect(first.arms == ["placebo", "caffeine"])
    let cups = packing.matchingJob.cups
    for content in 0..<2 {
      for cup in cups[(9 * content)..<(9 * content + 9)] {
        #expect(try first.scan(cup.text) { notes.append($0) } == .registered)
      }
      #expect(try first.scanned(cups[0].text) == nil, "nothing is scanned while clearing")
      try first.goOn()
    }
    try first.goOn()
    var random = SplitMix(seed: 2)
    var places: Set<[Int]> = []
    for cup in cups[..<18].shuffled(using: &random) {
      guard case .cup(let round, let number) = try first.scan(cup.text, announce: never) else {
        Issue.record("no place")
        continue
      }
      places.insert([round, number])
    }
    #expect(places.count == 18)
    try first.goOn()
    for round in 1...6 {
      #expect(first.step == .answer(round: round))
      try first.answer(round % 3 + 1)
    }
    let note = try first.result(cues: ["smell"])
    let result = try #require(note.result)
    #expect(
      MatchingOrder.isRight(
        result.secret, commitment: notes[0].commitment, answers: result.answers,
        right: result.right, trial: packing.job.trial))
    first.close()
    #expect(!FileManager.default.fileExists(atPath: packing.folder + "/packing"))
  }

  /// The result is written before the file goes; between the two the power may.
  @Test func aTestThatIsInTheRecordBlocksNoOther() throws {
    let packing = try SamplePacking()
    func open(_ number: Int, begun commitment: String? = nil) throws -> MatchingTest {
      try MatchingTest(
        packing.matchingJob, rule: .init(rounds: 6, mostRight: 3), number: number,
        isBegun: commitment != nil, commitment: commitment, in: packing.folder)
    }
    let first = try open(1).announcement
    let second = try open(2).announcement
    #expect(second?.test == 2)
    #expect(second?.commitment != first?.commitment)
    #expect(try open(2, begun: second?.commitment).announcement == nil)
    #expect(throws: PackingError.damaged("packing/matching.age")) { try open(3, begun: "") }
  }

  /// What cannot be written into the record is not begun, and the next scan begins it.
  @Test func aTestBeginsWithItsFirstCup() throws {
    struct NoRoom: Error {}
    let packing = try SamplePacking()
    let test = try MatchingTest(
      packing.matchingJob, rule: .init(rounds: 6, mostRight: 3), number: 1, isBegun: false,
      commitment: nil, in: packing.folder)
    let cup = packing.matchingJob.cups[0].text
    #expect(throws: NoRoom.self) { try test.scan(cup) { _ in throw NoRoom() } }
    #expect(test.progress.done == 0)
    let note = test.announcement
    var notes: [MatchingNote] = []
    #expect(try test.scan(cup) { notes.append($0) } == .registered)
    #expect(notes == [try #require(note)])
    #expect(test.announcement == nil)
    #expect(test.progress.done == 1)
  }

  @Test func whatIsNoCupIsSaid() throws {
    let packing = try SamplePacking()
    let test = try MatchingTest(
      packing.matchingJob, rule: .init(rounds: 6, mostRight: 3), number: 1, isBegun: false,
      commitment: nil, in: packing.folder)
    let kit = packing.job.labels[0]
    #expect(throws: PackingError.kitLabel(kit)) { try test.scan(kit.text, announce: never) }
    #expect(throws: PackingError.unreadableCode) { try test.scan("", announce: never) }
    #expect(throws: PackingError.nothingToUndo) { try test.undo() }
    #expect(throws: PackingError.notConfirmed(step: "answer")) { try test.result(cues: []) }
  }
}

extension MatchingTest {
  /// The answer to a scan; `nil` where it is refused.
  fileprivate func scanned(_ code: String) throws -> Answer? { try? scan(code, announce: never) }
}

/// For a scan that begins no test.
private func never(_ note: MatchingNote) { Issue.record("announced again: \(note)") }
