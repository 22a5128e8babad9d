import BlindRecord
import TrialSeal

/// The seal, drawn or still waiting for its draw, and what was promised before it.
extension Verifier {
  mutating func checkSeal() -> SealedTrial? {
    check("seal") { folder in
      let trial = try folder.sealedTrial()
      let sealed = trial.manifest.commitments.sealedFiles
      try Verifier.demandOnly(Set(sealed.keys), in: folder)
      return (
        trial,
        "protocol.yaml and \(sealed.count) sealed files are those of manifest.json, trial "
          + "\(trial.manifest.trial)"
          + Verifier.abandoned(trial.manifest.commitments.abandonedSealings)
          + (trial.manifest.simulated ? ", a simulated participant" : "")
      )
    }
  }

  /// Refuses a file among the sealed ones that is none of them.
  private static func demandOnly(_ sealed: Set<String>, in folder: TrialFolder) throws {
    for name in try folder.files()
    where name.hasPrefix(TrialFolder.Name.sealed + "/") && !sealed.contains(name) {
      throw FormatError(name, found: "a file that was not sealed", expected: "no such file")
    }
  }

  private static func abandoned(_ count: Int) -> String {
    count == 0 ? "" : ", \(count) earlier sealing\(count == 1 ? "" : "s") abandoned"
  }

  /// Whether a sealing was committed to and nothing followed it that a draw is needed for.
  var isWaiting: Bool {
    let later = [
      TrialFolder.Name.manifest, TrialFolder.Name.journal, TrialFolder.Name.sums,
      TrialFolder.Name.unblinding, TrialFolder.Name.witness,
    ]
    return folder.exists(TrialFolder.Name.commitment) && !later.contains(where: folder.exists)
  }

  /// A sealing that was committed to and waits for its draw, as far as it goes.
  mutating func checkWaitingSeal() {
    let seal = check("seal") { folder in
      guard let seal = try folder.committedSeal() else {
        throw SealError.missingFile(TrialFolder.Name.commitment)
      }
      // A draw that was cut off leaves envelopes, which the next one writes anew.
      let drawn = try folder.files().filter { path in
        ["sealed/slot-", "sealed/card-", "sealed/pulse"].contains { path.hasPrefix($0) }
      }
      try Verifier.demandOnly(Set(seal.sealedFiles.keys).union(drawn), in: folder)
      let count = seal.sealedFiles.count
      return (
        seal,
        "protocol.yaml and \(count) sealed file\(count == 1 ? " is" : "s are") those of "
          + "commitment.json, trial \(seal.commitment.trial)"
          + Verifier.abandoned(seal.commitment.abandonedSealings)
      )
    }
    guard let seal else { return skip(["commitment", "draw"], "the seal") }
    note("commitment", CustodyStatement.promise(of: seal))
    note("custody", CustodyStatement.custody(of: seal, entries: []))
    note("draw", "still to come: go on with `selfblind seal`, and its key")
  }

  mutating func checkCommitment(of trial: SealedTrial) {
    check("commitment") { _ in ((), CustodyStatement.mixing(of: trial)) }
  }
}
