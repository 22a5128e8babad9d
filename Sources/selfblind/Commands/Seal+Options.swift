import ArgumentParser
import BlindRecord
import TrialSeal

/// No option is passed over in silence: what a sealing cannot use, it refuses.
extension SealCommand {
  /// Refuses what no sealing of this custody and this rule can use.
  func refuseForeignOptions() throws {
    if abandon {
      let given = (fixed + forTheDraw).first { $0.isGiven }
      guard given == nil else {
        throw ValidationError(
          "--abandon gives up what was begun, and takes no \(given?.option ?? "")")
      }
    }
    // Without --custody it may be another sitting of one that was begun: `demandAgreement` looks.
    guard let custody else { return }
    let kinds: [(option: String, isGiven: Bool, kinds: [Custody.Kind])] = [
      ("--recipient", !recipient.isEmpty, [.helper, .threshold]),
      ("--needed", needed != nil, [.threshold]),
      ("--hours", hours != nil, [.timelock]),
      ("--envelope-page", envelopePage != nil, [.envelope]),
    ]
    for one in kinds where one.isGiven && !one.kinds.contains(custody) {
      throw ValidationError("Custody \(custody.rawValue) takes no \(one.option)")
    }
    guard key.passphraseFile == nil || custody == .own || custody == .envelope else {
      throw ValidationError("Custody \(custody.rawValue) takes no passphrase")
    }
    try refuseForeignMixing()
  }

  /// An option of another public value than the one that --mixing names.
  private func refuseForeignMixing() throws {
    let rules: [(option: String, isGiven: Bool, rule: Mixing)] = [
      ("--mixing-value-file", mixingValueFile != nil, .string),
      ("--pulse", pulse != nil, .beacon),
      ("--beacon-at", beaconAt != nil, .beacon),
      ("--beacon-certificate", beaconCertificate != nil, .beacon),
      ("--beacon-chain", beaconChain != nil, .beacon),
    ]
    for one in rules where one.isGiven && one.rule != mixing {
      throw ValidationError("\(one.option) goes with --mixing \(one.rule.rawValue)")
    }
  }

  /// Refuses what disagrees with the sealing that was begun: its terms are committed to.
  ///
  /// A command that is repeated after a crash agrees with itself and goes on.
  func demandAgreement(with seal: CommittedSeal) throws {
    let terms = seal.commitment.custody
    guard custody == nil || custody == terms.kind else {
      throw CommandRefusal(
        "a sealing with custody \(terms.kind.rawValue) was begun in this folder",
        hint: SealCommand.goOnHint)
    }
    let rule = seal.commitment.mixing
    guard mixing == nil || mixing?.rawValue == rule.name else {
      throw CommandRefusal(
        "a sealing with mixing \(rule.name) was begun in this folder", hint: SealCommand.goOnHint)
    }
    for one in beacon(rule) + keys(terms) where one.isGiven && !one.agrees {
      throw CommandRefusal(
        "\(one.option): the sealing that was begun in this folder was not begun with it",
        hint: SealCommand.goOnHint)
    }
  }

  private static let goOnHint =
    "go on with that one, or give it up with --abandon, which is counted"

  /// The options of a draw, against the rule that was committed to.
  private func beacon(_ rule: MixingRule) -> [(option: String, isGiven: Bool, agrees: Bool)] {
    var chain: UInt64?
    var seconds: Int?
    if case .beacon(let rule) = rule { (chain, seconds) = (rule.chainIndex, rule.seconds) }
    return [
      ("--mixing-value-file", mixingValueFile != nil, rule == .string),
      ("--pulse", pulse != nil, chain != nil),
      ("--beacon-at", beaconAt != nil, beaconAt.flatMap(Moment.parse)?.seconds == seconds),
      ("--beacon-certificate", beaconCertificate != nil, chain != nil),
      ("--beacon-chain", beaconChain != nil, beaconChain == chain),
    ]
  }

  /// The options of the keys, against the custody that was committed to.
  private func keys(
    _ terms: SealCommitment.Custody
  ) -> [(option: String, isGiven: Bool, agrees: Bool)] {
    [
      (
        "--recipient", !recipient.isEmpty,
        recipient == (terms.helpers ?? terms.recipients.dropLast(terms.second == .none ? 0 : 1))
      ),
      ("--needed", needed != nil, needed == terms.needed),
      ("--hours", hours != nil, terms.kind == .timelock),
      (
        "--clinician", clinician != nil,
        terms.second == .clinician && clinician == terms.recipients.last
      ),
      ("--recovery-key", recoveryKey != nil, terms.second == .page),
      ("--one-key", oneKey, terms.second == .none),
      ("--envelope-page", envelopePage != nil, terms.kind == .envelope),
    ]
  }

  /// What is fixed when a sealing is begun.
  private var fixed: [(option: String, isGiven: Bool)] {
    [
      ("--custody", custody != nil), ("--recipient", !recipient.isEmpty),
      ("--needed", needed != nil), ("--hours", hours != nil), ("--clinician", clinician != nil),
      ("--recovery-key", recoveryKey != nil), ("--one-key", oneKey),
      ("--envelope-page", envelopePage != nil), ("--mixing", mixing != nil),
      ("--beacon-at", beaconAt != nil), ("--beacon-certificate", beaconCertificate != nil),
      ("--beacon-chain", beaconChain != nil),
    ]
  }

  /// What a draw needs.
  private var forTheDraw: [(option: String, isGiven: Bool)] {
    [
      ("--mixing-value-file", mixingValueFile != nil), ("--pulse", pulse != nil),
      ("--share", share != nil), ("--kit-list", kitList != nil),
      ("--passphrase-file", key.passphraseFile != nil), ("--identity", !key.identity.isEmpty),
    ]
  }
}
