import BlindRecord
import TrialDesign
public import TrialSeal

extension PackingJob {
  /// What the packer of a sealed trial may know.
  ///
  /// - Throws: `PackingError.packedByOthers` unless the participant packs alone.
  public init(_ trial: SealedTrial) throws {
    guard let part = trial.design.packing, let packing = trial.manifest.packing,
      let labels = packing.labels
    else { throw PackingError.packedByOthers }
    let kits = trial.design.kitsToFillAlone(spares: part.spares)
    self.init(
      trial: trial.manifest.trial, title: trial.manifest.title,
      arms: zip(trial.design.arms, kits).map { arm, kits in
        Arm(name: arm.name, isEmpty: !arm.hasPill, kits: kits)
      }, slots: trial.manifest.schedule.occasions.count, mostLost: part.spares, labels: labels,
      cups: packing.cups ?? [])
  }
}

extension PackingSession {
  /// Opens packing of a sealed trial where it was left.
  ///
  /// - Parameter folder: the trial's folder.
  /// - Throws: `PackingError`.
  public static func open(_ trial: SealedTrial, in folder: String) throws -> PackingSession {
    let job = try PackingJob(trial)
    guard let tickets = trial.sealedFiles[SealedTrial.Path.packing] else {
      throw PackingError.damaged(SealedTrial.Path.packing)
    }
    return try PackingSession(job, sealedTickets: tickets, in: folder)
  }
}
