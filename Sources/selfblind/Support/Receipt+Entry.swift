import MerkleLog

extension Receipt {
  /// Where the entry stands in the journal, for a message.
  var entry: String { "entry \(index)" }
}
