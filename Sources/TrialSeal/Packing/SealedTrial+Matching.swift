package import BlindRecord

extension SealedTrial {
  /// Opens every matching test of a record again: the secret is the committed one, the count is right.
  ///
  /// - Throws: `FormatError` that names the test.
  package func checkMatching(_ entries: [JournalEntry]) throws(FormatError) {
    for entry in entries {
      guard case .matching(let note) = entry.event, let result = note.result else { continue }
      let isRight = MatchingOrder.isRight(
        result.secret, commitment: note.commitment, answers: result.answers, right: result.right,
        trial: manifest.trial)
      guard isRight else {
        throw FormatError(
          "matching test \(note.test)", found: "another order of the cups, or another count",
          expected: "those of its commitment")
      }
    }
  }
}
