public import BlindRecord
public import OpenSSLCrypto
public import TrialSeal

/// Why a witness's word was not asked for, or not kept, or does not verify.
public enum WitnessError: Refusal, Equatable {
  /// A time was to be put on the lock, and the record is not locked.
  case notLocked
  /// The answer of an authority, with no request of this folder that it could answer.
  case noRequest(WitnessFacts.Anchored)
  /// What an authority answered does not hold; with the file that it is in.
  case timestamp(String, TimestampError)
  /// A file of certificates that cannot be read.
  case certificates(String, reason: String)
  /// A stored file of certificates in another form than it was written in.
  case respelled(String)
  /// A stored request in another form than this program writes.
  case respelledRequest(String)
  /// Files of an anchor that are not all there.
  case incomplete(String)
  /// A request that is not about this trial's seal or lock.
  case foreignRequest(String, WitnessFacts.Anchored)
  /// More times than a folder keeps.
  case tooMany(Int)

  /// The sentence.
  public var message: String {
    switch self {
    case .notLocked: "the record of this trial is not locked yet, so its lock cannot be anchored"
    case .noRequest(let what):
      "witness: found no request for the \(what.rawValue), expected one made before its answer"
    case .timestamp(let place, let error): "\(place): \(error)"
    case .certificates(let place, let reason):
      "\(place): found \(reason), expected certificates in PEM or DER"
    case .respelled(let place):
      "\(place): found another spelling of its certificates, expected the one it was written in"
    case .respelledRequest(let place):
      "\(place): found another spelling of a request, expected the one it was written in"
    case .incomplete(let place): "\(place): found no such file, expected it beside its timestamp"
    case .foreignRequest(let place, let what):
      "\(place): found a request about something else, "
        + "expected one about this trial's \(what.rawValue)"
    case .tooMany(let most): "witness: found \(most) times already, expected fewer"
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .notLocked: "lock the record first: selfblind lock"
    case .noRequest(let what):
      "make one first: selfblind anchor FOLDER --what \(what.rawValue) --request FILE"
    case .timestamp(_, .untrusted):
      "give the authority's root with --ca, and what stands between with --untrusted"
    case .timestamp(_, .otherImprint), .timestamp(_, .otherNonce):
      "give the answer to the last request that was made for this folder"
    case .timestamp(_, .rejected): "ask again, or another authority"
    case .timestamp(_, .weak): "ask another authority: no option makes this one's word stronger"
    case .timestamp, .certificates: nil
    case .respelled, .respelledRequest, .incomplete, .foreignRequest:
      "restore the folder from a copy"
    case .tooMany: nil
    }
  }
}
