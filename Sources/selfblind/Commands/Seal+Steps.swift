import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal

/// The two halves of a sealing: the commitment, and the draw, which may come in another sitting.
extension SealCommand {
  /// Draws a share, commits to it, and goes on to the draw if nothing is missing for it.
  func begin(
    _ kind: Custody.Kind, in trialFolder: TrialFolder, design: TrialProtocol, clock: WallClock
  ) throws {
    let helpers = try recipient.map { try AgeRecipient($0) }
    let target = try listFile(
      of: design, in: trialFolder, recipient: kind == .helper ? helpers.first : nil,
      resuming: false)
    let rule = try mixingRule()
    var keys = try SealingKeys(
      self, kind: kind, helpers: helpers, trial: trialFolder.path, design: design,
      day: clock.now.day)
    defer { keys.clear() }
    try target?.reserve()
    let seal: CommittedSeal
    let opened: OpenedKey
    do {
      // A page is on the disk before what only it can open.
      try keys.writePages()
      (seal, opened) = try trialFolder.commit(
        custody: keys.custody, second: keys.second, mixing: rule.rule,
        certificate: rule.certificate, clock: clock)
    } catch {
      target?.release()
      // What was committed to can be opened with these pages only.
      if !trialFolder.exists(TrialFolder.Name.commitment) { keys.withdrawPages() }
      throw error
    }
    // What is on paper now is not needed in memory while a witness is waited for.
    let advice = keys.advice
    keys.clear()
    let waits = rule.rule != .none
    if waits { for line in advice { try Output.show(line) } }
    try draw(
      seal, with: opened, in: trialFolder, target: target, clock: clock,
      advice: waits ? [] : advice)
  }

  /// Where the kit list goes; `nil` where the participant packs alone, and no list must exist.
  private func listFile(
    of design: TrialProtocol, in trialFolder: TrialFolder, recipient: AgeRecipient?,
    resuming: Bool
  ) throws -> KitListFile? {
    guard design.packing?.packer == .participant else {
      return try KitListFile(
        path: kitList, trial: trialFolder.path, recipient: recipient,
        packer: packer ?? KitListFile.unnamed[design.packing?.packer == .pharmacy ? 1 : 0],
        resuming: resuming)
    }
    guard kitList == nil, packer == nil else {
      throw CommandRefusal(
        "there is no kit list: this protocol is packed by the participant alone",
        hint: "leave --kit-list and --packer out")
    }
    return nil
  }

  /// The rule that the options name, and the certificate that it needs.
  private func mixingRule() throws -> (rule: MixingRule, certificate: [UInt8]?) {
    switch mixing ?? Mixing.none {
    case .none: return (.none, nil)
    case .string:
      // A word that is known before the commitment is no witness's: it could be tried with many secrets.
      guard mixingValueFile == nil else {
        throw CommandRefusal(
          "--mixing-value-file: found a word for a sealing that is not committed to yet, expected "
            + "one that the witness chose after they saw the commitment",
          hint: "begin without it, give the witness the line that is printed, then: selfblind seal "
            + "\(folder) --mixing-value-file FILE, with the key")
      }
      return (.string, nil)
    case .beacon:
      guard let instant = beaconAt.flatMap(Moment.parse), let beaconCertificate else {
        throw CommandRefusal(
          "--beacon-at: found \"\((beaconAt ?? "").prefix(40))\", expected YYYY-MM-DDTHH:MM:SSZ")
      }
      let certificate = try GivenFile.read(beaconCertificate)
      let rule = try BeaconRule(
        chainIndex: beaconChain ?? 2, seconds: instant.seconds, certificate: certificate)
      return (.beacon(rule), certificate)
    }
  }

  /// Goes on with a sealing that was committed to before.
  func goOn(with seal: CommittedSeal, in trialFolder: TrialFolder, clock: WallClock) throws {
    let terms = seal.commitment.custody
    let target = try listFile(
      of: seal.design, in: trialFolder,
      recipient: terms.kind == .helper ? terms.recipients.first.map { try AgeRecipient($0) } : nil,
      resuming: true)
    try Output.show("going on with the sealing of \(seal.commitment.committedAt.utc)")
    let opened =
      try share.map { try seal.unlock(shareText: GivenFile.read($0)) } ?? key.unlock(seal)
    try target?.reserve()
    try draw(seal, with: opened, in: trialFolder, target: target, clock: clock)
  }

  /// Draws and hides, when the public value is known.
  private func draw(
    _ seal: CommittedSeal, with opened: OpenedKey, in trialFolder: TrialFolder,
    target: KitListFile?, clock: WallClock, advice: [String] = []
  ) throws {
    var isDelivered = false
    let sealed: SealedTrial
    let (word, receipt) = try KitListWord.make(trial: seal.commitment.trial)
    do {
      guard let value = try publicValue(of: seal) else {
        target?.release()
        return
      }
      let isNoted = target != nil && (packer != nil || seal.design.packing != nil)
      let note = target.flatMap { target in
        isNoted ? KitListNote(to: target.packer, receipt: receipt, confirmed: false) : nil
      }
      (sealed, _) = try trialFolder.draw(
        seal, with: opened, publicValue: value, note: note, clock: clock
      ) { list in
        guard let target else { return }
        isDelivered = true
        try target.write(list, word: word)
      }
    } catch {
      guard let target, isDelivered else {
        target?.release()
        throw error
      }
      // Once the manifest is there the draw stands, and its list with it: it is finished next time.
      guard !trialFolder.isSealed, !target.withdraw() else { throw error }
      throw target.void(because: error)
    }
    try report(sealed, target, advice)
  }

  /// The public value that the committed rule asks for.
  ///
  /// - Returns: `nil` when it is not known yet: the sealing waits for it.
  private func publicValue(of seal: CommittedSeal) throws -> PublicValue? {
    switch seal.commitment.mixing {
    case .none: return PublicValue.none
    case .string:
      try Output.show("committed; give this line to a witness, and ask them for any word:")
      try Output.show("  " + seal.line)
      if let mixingValueFile {
        let bytes = try GivenFile.read(mixingValueFile).prefix { $0 != 0x0A }
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw CommandRefusal("\(mixingValueFile): found bytes that are no text in UTF-8")
        }
        return try PublicValue(text: text)
      }
      let typed = try? Terminal.ask("the witness's word (empty = later)")
      guard let typed, !typed.isEmpty else {
        try Output.show("the draw waits for the word: selfblind seal \(folder), with the key")
        return nil
      }
      return try PublicValue(text: typed)
    case .beacon(let rule):
      try Output.show("committed; let somebody see this line before the pulse is out:")
      try Output.show("  " + seal.line)
      guard let pulse else {
        try Output.show("the draw waits for the pulse of the rule")
        try Output.show("  " + rule.text)
        try Output.show("then: selfblind seal \(folder) --pulse FILE, with the key")
        return nil
      }
      return .pulse(
        try BeaconEvidence(
          pulse: GivenFile.read(pulse), certificate: seal.beaconCertificate ?? [], rule: rule))
    }
  }

  private func report(
    _ trial: SealedTrial, _ target: KitListFile?, _ advice: [String]
  ) throws {
    let manifest = trial.manifest
    try Output.show("sealed: trial \(manifest.trial), \(manifest.schedule.occasions.count) slots")
    try Output.show("  plan root  \(manifest.commitments.planRoot)")
    if let target {
      try Output.show("  kit list   \(target.path)")
      for line in target.advice { try Output.show("             " + line) }
    } else {
      try Output.show("  kit list   none: you pack alone, with `selfblind pack \(folder)`")
    }
    for line in advice { try Output.show(line) }
    try Output.show(
      "give a helper the line of `selfblind checkpoint \(folder)` now: it shows later")
    try Output.show("that the seal was not exchanged, though not that it is the first one drawn")
    if !trial.committed.holders.isEmpty {
      try Output.show("before the first dose: selfblind rehearse \(folder)")
    }
  }
}
