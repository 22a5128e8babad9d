public import BlindRecord
public import OpenSSLCrypto

/// Why a file was not encrypted or not opened (age-encryption.org/v1).
///
/// No sentence repeats a key, a passphrase or what stands in the file: a secret key typed in the
/// wrong place must not come back on the screen.
public enum AgeError: Refusal, Equatable {
  /// A text that is no X25519 recipient; with the reason.
  case badRecipient(String)
  /// A secret key where a recipient was asked for.
  case secretKeyAsRecipient
  /// A text that is no X25519 identity; with the reason.
  case badIdentity(String)
  /// A recipient where a secret key was asked for.
  case recipientAsIdentity
  /// A file for nobody.
  case noRecipients
  /// ASCII armor that is not exactly as it is written; with the reason.
  case armor(String)
  /// A header that is not exactly as it is written; with the reason.
  case header(String)
  /// A passphrase file whose scrypt cost is more than the reader will spend.
  case workFactor(found: Int, most: Int)
  /// None of the secret keys opens the file.
  case wrongIdentity
  /// The passphrase does not open the file.
  case wrongPassphrase
  /// Secret keys for a file that is sealed with a passphrase.
  case needsPassphrase
  /// A passphrase for a file that is sealed to recipients.
  case needsIdentity
  /// A header that was changed after it was written.
  case headerChanged
  /// A payload that was changed or cut; with the reason.
  case payload(String)
  /// A call of libcrypto that failed.
  case library(CryptoError)

  /// What was found and what was expected.
  public var message: String {
    switch self {
    case .badRecipient(let reason): "recipient: \(reason), expected \"age1…\""
    case .secretKeyAsRecipient: "recipient: found a secret key, expected \"age1…\""
    case .badIdentity(let reason): "secret key: \(reason), expected \"AGE-SECRET-KEY-1…\""
    case .recipientAsIdentity: "secret key: found a recipient, expected \"AGE-SECRET-KEY-1…\""
    case .noRecipients: "age file: no recipient, expected at least one"
    case .armor(let reason): "age file: the armor has \(reason)"
    case .header(let reason): "age file: the header has \(reason)"
    case .workFactor(let found, let most):
      "age file: found a scrypt work factor of \(found), expected at most \(most)"
    case .wrongIdentity: "age file: no secret key given opens it"
    case .wrongPassphrase: "age file: the passphrase does not open it"
    case .needsPassphrase: "age file: found one sealed with a passphrase, expected recipients"
    case .needsIdentity: "age file: found one sealed to recipients, expected a passphrase"
    case .headerChanged: "age file: the header was changed after it was written"
    case .payload(let reason): "age file: the payload has \(reason)"
    case .library(let error): "libcrypto failed: \(error)"
    }
  }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .secretKeyAsRecipient:
      "give the public key that was printed beside it, and keep the secret key to its holder"
    case .wrongIdentity, .wrongPassphrase: "check that it belongs to this trial"
    case .needsPassphrase: "give the passphrase"
    case .needsIdentity: "give the secret key of one recipient"
    case .headerChanged, .payload, .armor: "fetch another copy of the file"
    default: nil
    }
  }
}

/// Does `body`, and tells a failure of libcrypto as an `AgeError`.
func asAgeError<Value>(
  _ body: () throws(CryptoError) -> Value
) throws(AgeError) -> Value {
  do { return try body() } catch { throw .library(error) }
}
