public import BlindRecord

/// Why a trial could not be sealed, or why a sealed trial could not be read or opened.
public enum SealError: Refusal, Equatable {
  /// The protocol in the folder is not the one that was sealed.
  case protocolChanged
  /// A sealed file is missing.
  case missingFile(String)
  /// A sealed file's bytes are not the ones that were sealed.
  case fileChanged(String)
  /// A part of the manifest does not follow from the protocol, or from the commitment.
  case manifestDisagrees(String, with: String = "protocol.yaml")
  /// The parts of `commitment.json` do not belong together.
  case commitmentDisagrees(String)
  /// The public value is not the one that the committed rule asks for.
  case otherPublicValue(rule: String)
  /// The instant of a beacon's rule is not after the commitment.
  case beaconHasPassed
  /// The second key is the custodian's own.
  case sameKeyTwice
  /// Fewer helpers than have to come together.
  case tooFewHelpers(Int, needed: Int)
  /// The passphrase or identity does not open the seal.
  case wrongKey(custody: String)
  /// The custody of this trial is opened by another kind of key.
  case otherCustody(custody: String)
  /// What was opened is not what was committed to.
  case notCommitted(String)
  /// A sealed file has more, fewer or other recipients than the commitment names.
  case otherRecipients(String)
  /// A sealed file that is not as age files are, where its digest is that of the manifest.
  case notAnAgeFile(String, AgeError)
  /// A text that was handed over is not what opening a file of this trial gives.
  case notTheOpened(String)
  /// Nobody of that name holds a key of this trial.
  case notAHolder(String)
  /// The slot is not one of the trial.
  case unknownSlot(Int, count: Int)
  /// The receipt does not show that this code break was announced in this trial's journal.
  case noReceipt(String)

  /// The sentence.
  public var message: String {
    switch self {
    case .protocolChanged:
      "protocol.yaml: found other bytes than were sealed, expected the sealed protocol unchanged"
    case .missingFile(let path):
      "\(path): found no such file, expected each that manifest.json or commitment.json lists"
    case .fileChanged(let path):
      "\(path): found other bytes than were sealed, expected the digest in manifest.json"
    case .manifestDisagrees(let what, let file):
      "manifest.json: found \(what) that does not follow from \(file)"
    case .commitmentDisagrees(let what):
      "commitment.json: found \(what) that does not fit its custody"
    case .otherPublicValue(let rule):
      switch rule {
      case "none": "the public value: found one, and the commitment takes none"
      case "string": "the public value: found none, expected the text that the witness chose"
      default: "the public value: found none, expected the pulse that the commitment names"
      }
    case .beaconHasPassed:
      "the beacon's instant: found one that has passed, expected one after the commitment"
    case .sameKeyTwice: "the second key is the custodian's own, expected another person's"
    case .tooFewHelpers(let found, let needed):
      "custody threshold: found the keys of \(found) helper\(found == 1 ? "" : "s"), "
        + "expected \(needed)"
    case .wrongKey(let custody):
      SealError.hasPassphrase(custody)
        ? "the passphrase does not open this seal" : "the key does not open this seal"
    case .otherCustody(let custody):
      switch custody {
      case "self", "envelope":
        "this trial is sealed with a passphrase, not with a helper's key"
      case "timelock": "this trial is sealed with a time lock, not with a passphrase"
      case "threshold": "this trial is sealed to several helpers' keys, not with a passphrase"
      default: "this trial is sealed to a helper's key, not with a passphrase"
      }
    case .notCommitted(let what): "\(what): found a content that the seal did not commit to"
    case .otherRecipients(let path):
      "\(path): found other recipients in its header than commitment.json names"
    case .notAnAgeFile(let path, let fault): "\(path): \(fault.message)"
    case .notTheOpened(let what): "found a text that is not the opened \(what) of this trial"
    case .notAHolder(let name): "no \"\(name.prefix(40))\" holds a key of this trial"
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
    case .missingFile, .fileChanged, .manifestDisagrees, .notCommitted, .commitmentDisagrees,
      .otherRecipients, .notAnAgeFile:
      "restore the folder from a copy made after sealing"
    case .otherPublicValue: "go on with the value that the rule in commitment.json asks for"
    case .beaconHasPassed: "a value that is known already excludes nothing; choose a later one"
    case .sameKeyTwice: "two keys that are lost together are one"
    case .tooFewHelpers: "give --identity once for each helper who came"
    case .wrongKey(let custody):
      SealError.hasPassphrase(custody)
        ? "check for another keyboard layout or caps lock; nothing was changed"
        : "use the identity that belongs to the recipient the trial was sealed to"
    case .otherCustody(let custody):
      switch custody {
      case "self", "envelope": "give the passphrase"
      case "timelock": "solve it with `selfblind solve`, or give the second key"
      case "threshold": "give each helper's identity file with --identity"
      default: "give the helper's identity file, or the text they get from `age -d`"
      }
    case .notTheOpened: "ask the custodian for the output of `age -d`; nothing was changed"
    case .unknownSlot, .notAHolder: nil
    case .noReceipt: "announce the code break in the journal first"
    }
  }

  /// Stands for a custody where any key of a trial would do.
  public static let anyKey = "any"

  /// Whether the key of a custody lies under a passphrase.
  private static func hasPassphrase(_ custody: String) -> Bool {
    custody == "self" || custody == "envelope"
  }
}
