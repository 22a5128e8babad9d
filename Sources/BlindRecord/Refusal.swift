/// Something that cannot be done, said in one sentence, and what to do about it.
///
/// Every error that a user of the command line may meet conforms; the executable prints it as
/// `selfblind: error: …` and `selfblind: hint: …` and ends with exit status 2, or 1 where the system
/// and not the input is at fault. Sentences are lower case, without a full stop, and never contain a
/// secret.
public protocol Refusal: Error, CustomStringConvertible {
  /// The place, what was found, and what was expected.
  var message: String { get }
  /// What to do about it, where there is something to do.
  var hint: String? { get }
  /// Whether the system failed (a full disk, a missing right) and the input is not to blame.
  var isFaultOfTheSystem: Bool { get }
}

extension Refusal {
  /// The input is to blame unless said otherwise.
  public var isFaultOfTheSystem: Bool { false }

  /// The message and the hint, as one line of text.
  public var description: String { hint.map { "\(message) (\($0))" } ?? message }
}

/// A file or value of the record that cannot be read: where, what was found, what was expected.
public struct FormatError: Refusal, Equatable {
  /// The file or field that is wrong.
  public let place: String
  /// What was found there, shortened; never a secret.
  public let found: String
  /// What was expected instead.
  public let expected: String
  /// What to do about it.
  public let hint: String?

  /// Makes the error for one place.
  public init(_ place: String, found: String, expected: String, hint: String? = nil) {
    self.place = place
    self.found = found
    self.expected = expected
    self.hint = hint
  }

  /// "place: found …, expected …".
  public var message: String { "\(place): found \(found), expected \(expected)" }
}
