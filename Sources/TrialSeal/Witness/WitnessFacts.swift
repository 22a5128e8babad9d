public import BlindRecord

/// What others have seen of a trial, each checked: for a transcript, and for a report to state.
public struct WitnessFacts: Hashable, Sendable {
  /// What a time was put on.
  public enum Anchored: String, CaseIterable, Hashable, Sendable {
    /// The manifest, and in it every commitment of the seal.
    case seal
    /// The final note of the locked record.
    case lock
  }

  /// Whether a time lies before what it is to hold fast.
  public enum Standing: Hashable, Sendable {
    /// A seal's before the first check-in; a lock's before the opening. Nothing of it can have been
    /// made after what came next was known.
    case early
    /// After it: until then all of it could have been made anew.
    case late
  }

  /// A time that an authority signed.
  public struct Anchor: Hashable, Sendable {
    /// What it was put on.
    public let what: Anchored
    /// When, by the authority's clock; in UTC.
    public let at: Moment
    /// The name in the certificate that signed.
    public let authority: String
    /// SHA-256 of the certificate at the root of its chain, in lower-case hex.
    ///
    /// Whether to believe it is for the reader: it is what they compare with the authority's own word.
    public let fingerprint: String
    /// The authority's serial number of the time, in lower-case hex.
    public let serial: String
    /// The authority's policy, as dotted numbers.
    public let policy: String
    /// Whether it came before the first check-in, or before the opening, by the times of the record.
    public let standing: Standing

    /// Makes the facts of an anchor that was checked.
    package init(
      what: Anchored, at: Moment, authority: String, fingerprint: String, serial: String,
      policy: String, standing: Standing
    ) {
      self.what = what
      self.at = at
      self.authority = authority
      self.fingerprint = fingerprint
      self.serial = serial
      self.policy = policy
      self.standing = standing
    }

    /// "seal at 2031-03-02T20:14:07Z by CN = …, root 0123456789abcdef…", and what a late one lacks.
    public var line: String {
      let next = what == .seal ? "the first check-in" : "the opening"
      return "\(what.rawValue) at \(at.utc) by \(authority), root \(fingerprint)"
        + (standing == .early ? "" : ", after \(next): until then it could have been made anew")
    }
  }

  /// The times of authorities, the seal's first, each kind in the order in which they were kept.
  public let anchors: [Anchor]
  /// How many entries the journal had in each checkpoint line that came back from a helper,
  /// ascending.
  public let returnedCheckpoints: [Int]

  /// Makes the facts of anchors and lines that were checked.
  package init(anchors: [Anchor], returnedCheckpoints: [Int]) {
    self.anchors = anchors
    self.returnedCheckpoints = returnedCheckpoints
  }

  /// Whether nobody has seen anything.
  public var isEmpty: Bool { anchors.isEmpty && returnedCheckpoints.isEmpty }

  /// Nobody has seen anything.
  public static let nobody = WitnessFacts(anchors: [], returnedCheckpoints: [])

  /// One sentence without a full stop.
  public var summary: String {
    guard !isEmpty else { return "none: nobody outside of this folder vouches for any of it" }
    var parts = anchors.map(\.line)
    if !returnedCheckpoints.isEmpty {
      let sizes = returnedCheckpoints.map(String.init).joined(separator: ", ")
      let isOne = returnedCheckpoints.count == 1
      parts.append(
        "the line\(isOne ? "" : "s") over \(sizes) \(sizes == "1" ? "entry" : "entries") "
          + "\(isOne ? "was" : "were") given back, which this journal extends: worth as much as the "
          + "copy that somebody else can show")
    }
    return parts.joined(separator: "; ")
  }
}
