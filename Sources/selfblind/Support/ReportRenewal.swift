import TrialArchive

/// A report says what witnesses had seen when it was written; a later word makes it wanting.
///
/// Of use only once a report lies in the folder, which is after the blind phase: before that it does
/// nothing, and opens nothing.
enum ReportRenewal {
  /// Writes the report again, where one was written before.
  static func afterWitness(in folder: String) throws {
    let trialFolder = TrialFolder(path: folder)
    if trialFolder.hasReport { _ = try trialFolder.writeReport() }
  }
}
