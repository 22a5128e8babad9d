public import BlindRecord
import Foundation
public import TrialArchive
public import TrialDesign
public import TrialJournal
public import TrialKits
public import TrialSeal

/// A trial in a temporary folder, brought as far as a test needs it; the folder goes with it.
public final class SampleTrial {
  /// The passphrase of the sample's seal.
  public static let passphrase = Array("correct horse battery staple".utf8)

  /// Where it lies.
  public let folder: TrialFolder
  /// Its protocol.
  public let design: TrialProtocol
  /// The sealed trial.
  public let trial: SealedTrial
  /// The simulated participant's body.
  public let body: SimulatedBody
  /// Seals a protocol; nothing is recorded yet.
  ///
  /// - Parameters:
  ///   - text: the bytes of the protocol.
  ///   - custody: the sample's passphrase at a small cost, unless given.
  ///   - second: a second key.
  ///   - word: the word of a witness, which then takes part in the draw.
  ///   - simulation: the number that the draw follows from; `nil` draws from the system's entropy.
  public init(
    _ text: [UInt8] = ExampleProtocols.small, custody: Custody? = nil, second: SecondKey = .none,
    word: String? = nil, simulation: Int? = 7
  ) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "selfblind-\(UUID().uuidString)").path
    folder = TrialFolder(path: path)
    try folder.makeFolder()
    try folder.write(text, to: TrialFolder.Name.design)
    let design = try folder.design()
    self.design = design
    guard let first = design.days.first else { throw SealError.unknownSlot(1, count: 0) }
    let clock = try TrialFolder.time(on: first.advanced(by: -1), hour: 12, zone: design.zone)
    var body: SimulatedBody?
    let (seal, key) = try folder.commit(
      custody: custody ?? .passphrase(SampleTrial.passphrase, workFactor: 4), second: second,
      mixing: word == nil ? .none : .string, clock: clock, simulation: simulation)
    (trial, _) = try folder.draw(
      seal, with: key, publicValue: word.map { try PublicValue(text: $0) } ?? .none, clock: clock
    ) { list in
      let filled = SimulatedBody(list, design: design, seed: simulation ?? 1, effect: 2)
      body = filled
    }
    guard let body else { throw SealError.missingFile("the kit list") }
    self.body = body
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.path) }

  /// The journal, opened anew: it closes with the last use, so that the lock finds it free.
  public func openJournal() throws -> Journal { try Journal.open(in: folder.path) }

  /// Records some days; every day unless told otherwise.
  public func record(_ slots: ClosedRange<Int>? = nil) throws {
    try TrialFolder.simulate(
      slots: slots ?? 1...design.days.count, of: body, into: openJournal(), zone: design.zone)
  }

  /// A clock at noon, that many days after the last slot.
  public func clock(daysAfterEnd days: Int = 3) throws -> WallClock {
    guard let last = design.days.last else { throw SealError.unknownSlot(1, count: 0) }
    return try TrialFolder.time(on: last.advanced(by: days), hour: 12, zone: design.zone)
  }

  /// Records every day, locks, opens, and writes the report.
  public func finish() throws {
    try record()
    _ = try folder.lock(reason: "all slots are over", clock: clock())
    let key = try trial.unlock(passphrase: SampleTrial.passphrase)
    _ = try folder.unblind(with: key, prediction: "better", clock: clock())
    _ = try folder.writeReport()
  }
}
