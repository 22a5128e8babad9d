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

    /// Makes the facts of an anchor that was checked.
    package init(
      what: Anchored, at: Moment, authority: String, fingerprint: String, serial: String,
      policy: String
    ) {
      self.what = what
      self.at = at
      self.authority = authority
      self.fingerprint = fingerprint
      self.serial = serial
      self.policy = policy
    }

    /// "seal at 2031-03-03T08:00:00Z by CN = …, root 0123456789abcdef…".
    public var line: String {
      "\(what.rawValue) at \(at.utc) by \(authority), root \(fingerprint)"
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

  /// Whether an authority has put its time on this part.
  public func isAnchored(_ what: Anchored) -> Bool { anchors.contains { $0.what == what } }

  /// One sentence without a full stop.
  public var summary: String {
    guard !isEmpty else { return "none: nobody outside of this folder vouches for any of it" }
    var parts = anchors.map(\.line)
    if !returnedCheckpoints.isEmpty {
      let sizes = returnedCheckpoints.map(String.init).joined(separator: ", ")
      parts.append(
        "a helper gave back the checkpoint\(returnedCheckpoints.count == 1 ? "" : "s") over "
          + "\(sizes) entries, which this journal extends")
    }
    return parts.joined(separator: "; ")
  }
}
