public import BlindRecord

/// Why a trial could not be sealed, or why a sealed trial could not be read or opened.
public enum SealError: Refusal, Equatable {
  /// The protocol in the folder is not the one that was sealed.
  case protocolChanged
  /// A sealed file is missing.
  case missingFile(String)
  /// A sealed file's bytes are not the ones that were sealed.
  case fileChanged(String)
  /// The schedule or the items of the manifest do not follow from the protocol.
  case manifestDisagrees(String)
  /// The passphrase or identity does not open the seal.
  case wrongKey(custody: String)
  /// The custody of this trial is opened by another kind of key.
  case otherCustody(custody: String)
  /// What was opened is not what was committed to.
  case notCommitted(String)
  /// A text that was handed over is not what opening a file of this trial gives.
  case notTheOpened(String)
  /// The slot is not one of the trial.
  case unknownSlot(Int, count: Int)
  /// The receipt does not show that this code break was announced in this trial's journal.
  case noReceipt(String)

  /// The sentence.
  public var message: String {
    switch self {
    case .protocolChanged:
      "protocol.yaml: found other bytes than were sealed, expected the sealed protocol unchanged"
    case .missingFile(let path): "\(path): found no such file, expected a sealed file"
    case .fileChanged(let path):
      "\(path): found other bytes than were sealed, expected the digest in manifest.json"
    case .manifestDisagrees(let what):
      "manifest.json: found \(what) that does not follow from protocol.yaml"
    case .wrongKey(let custody):
      custody == "self"
        ? "the passphrase does not open this seal" : "the key does not open this seal"
    case .otherCustody(let custody):
      custody == "self"
        ? "this trial is sealed with a passphrase, not with a helper's key"
        : "this trial is sealed to a helper's key, not with a passphrase"
    case .notCommitted(let what): "\(what): found a content that the seal did not commit to"
    case .notTheOpened(let what): "found a text that is not the opened \(what) of this trial"
    case .unknownSlot(let slot, let count): "slot \(slot): expected a slot from 1 to \(count)"
    case .noReceipt(let what):
      "code break: found \(what), expected a receipt of its announcement in this trial's journal"
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .protocolChanged:
      "put the sealed protocol.yaml back; a change of plan is a new trial that names this one"
    case .missingFile, .fileChanged, .manifestDisagrees, .notCommitted:
      "restore the folder from a copy made after sealing"
    case .wrongKey(let custody):
      custody == "self"
        ? "check for another keyboard layout or caps lock; nothing was changed"
        : "use the identity that belongs to the recipient the trial was sealed to"
    case .otherCustody(let custody):
      custody == "self"
        ? "give the passphrase"
        : "give the helper's identity file, or the text they get from `age -d`"
    case .notTheOpened: "ask the custodian for the output of `age -d`; nothing was changed"
    case .unknownSlot: nil
    case .noReceipt: "announce the code break in the journal first"
    }
  }
}
