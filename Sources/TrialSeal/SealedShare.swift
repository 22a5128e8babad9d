import OpenSSLCrypto

/// The text inside `sealed/share.age`: the secret from which everything follows.
///
/// Three lines that a custodian can hand over after opening the file with a stock `age`; layout in
/// seal.md, section 2.
struct SealedShare: Sendable {
  static let format = "selfblind/share/v1"

  let trial: [UInt8]
  let share: [UInt8]

  var bytes: [UInt8] {
    Array("\(SealedShare.format)\ntrial \(Hex.encode(trial))\nshare \(Hex.encode(share))\n".utf8)
  }

  init(trial: [UInt8], share: [UInt8]) {
    self.trial = trial
    self.share = share
  }

  /// Reads the three lines; blank lines around them are forgiven.
  init?(text: [UInt8]) {
    let lines = String(decoding: text, as: UTF8.self)
      .split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }).map(String.init)
    guard lines.count == 3, lines[0] == SealedShare.format, lines[1].hasPrefix("trial "),
      lines[2].hasPrefix("share "), let trial = Hex.decode(String(lines[1].dropFirst(6))),
      let share = Hex.decode(String(lines[2].dropFirst(6))), trial.count == 8, share.count == 32
    else { return nil }
    self.init(trial: trial, share: share)
  }
}
