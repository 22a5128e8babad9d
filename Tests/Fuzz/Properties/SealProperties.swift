import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialJournal
import TrialSeal
import TrialTestSupport

/// What must hold of the files of a seal, and of what witnesses and custodians hand over.
enum SealProperties {
  private static func stored(_ path: String) -> [UInt8] {
    (try? SharedFiles.bytes(SharedFiles.packageRoot.appending(path: path))) ?? []
  }

  private static let certificate = stored("Tests/Vectors/beacon-certificate.pem")
  private static let pulse = stored("Tests/Vectors/beacon-pulse.json")
  private static let corpus = "Tests/Fuzz/Corpus/"
  private static let puzzle = try? TimeLockPuzzle(file: stored(corpus + "time-lock/puzzle"))

  /// A commitment has one spelling.
  static func checkCommitment(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let read = try? SealCommitment(bytes: bytes) else { return }
    try hold((try? CommittedJSON.encode(read, endsLine: true)) == bytes, "another spelling of it")
  }

  /// Of all pulses under the certificate one was signed: nobody else can make another.
  static func checkPulse(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let read = try? BeaconPulse(json: bytes, certificate: certificate) else { return }
    guard let genuine = try? BeaconPulse(json: pulse, certificate: certificate) else {
      throw BrokenProperty("the genuine pulse is refused")
    }
    try hold(read.value == genuine.value, "a value that the beacon did not sign")
  }

  /// A request in our spelling is the one that follows from what it says; an answer is believed from
  /// nobody who is no authority.
  static func checkTimestamp(_ bytes: [UInt8]) throws(BrokenProperty) {
    if let request = try? TimestampRequest(der: bytes) {
      try hold(request.der == bytes && request.digest.count == 32, "another request")
      try hold(
        !request.isCanonical || (request.hasNonce && bytes.count < 90), "no spelling of ours")
    }
    guard let answer = try? TimestampResponse(der: bytes),
      let request = try? TimestampRequest(der: stored(corpus + "timestamp/request")),
      let foreign = try? Certificate.readAll(certificate)
    else { return }
    let believed = try? answer.verified(for: request, authorities: foreign)
    try hold(believed == nil, "a time by somebody who is no authority")
  }

  /// A puzzle has one spelling and takes work.
  static func checkTimeLock(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let read = try? TimeLockPuzzle(file: bytes) else { return }
    try hold((try? read.fileBytes()) == bytes, "another spelling of it")
    try hold(read.squarings > 0 && read.seconds >= 0, "a puzzle without work")
  }

  /// A progress has one spelling.
  static func checkProgress(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let puzzle else { throw BrokenProperty("the fixed puzzle is none") }
    guard let solver = try? TimeLockSolver(puzzle, progress: bytes) else { return }
    try hold((0...puzzle.squarings).contains(solver.done), "squarings that are not of the puzzle")
    try hold((try? solver.progress()) == bytes, "another spelling of it")
  }

  /// A line that is read says the same when it is written again.
  static func checkLine(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let text = String(validating: bytes, as: UTF8.self),
      let read = try? CheckpointLine(text)
    else { return }
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    try hold(read.text.utf8.elementsEqual(words.utf8), "another line")
    try hold((try? CheckpointLine(read.text)) == read, "is not read as it is written")
  }

  /// What a custodian opened is taken only if the secret of this trial stands in it.
  static func checkOpened(_ bytes: [UInt8]) throws(BrokenProperty) {
    let trial = try FuzzTrial.get()
    struct Unblinding: Decodable { let share: String }
    struct CodeBreak: Decodable { let salt: String }
    let decoder = JSONDecoder()
    guard
      let share = try? decoder.decode(Unblinding.self, from: Data(trial.unblinding)).share,
      let salt = try? decoder.decode(CodeBreak.self, from: Data(trial.codeBreak)).salt
    else { throw BrokenProperty("the fixed trial was not opened") }
    let text = String(decoding: bytes, as: UTF8.self)
    if (try? trial.trial.unlock(shareText: bytes)) != nil {
      try hold(text.contains("share \(share)"), "a share that is not this trial's")
    }
    if (try? trial.trial.checkEnvelope(bytes, slot: 2)) != nil {
      try hold(text.contains("salt \(salt)"), "an envelope that is not this slot's")
    }
  }
}
