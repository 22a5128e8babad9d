package import BlindRecord
import MerkleLog
public import OpenSSLCrypto
import TrialJournal
public import TrialSeal

/// Times that authorities put on the seal and on the lock (witness.md).
extension TrialFolder {
  /// The request to an authority that waits for its answer; a new one where none waits.
  ///
  /// It is kept in the folder, because the answer is checked against its nonce.
  ///
  /// - Throws: `StepError.notSealed`, `WitnessError.notLocked`, `FolderError`.
  public func anchorRequest(_ what: WitnessFacts.Anchored) throws -> TimestampRequest {
    try demandSealed()
    return try whileHeld { try heldAnchorRequest(what) }
  }

  private func heldAnchorRequest(
    _ what: WitnessFacts.Anchored
  ) throws -> TimestampRequest {
    let digest = try anchoredDigest(what)
    let places = AnchorFiles.all(what)
    guard let place = places.first(where: { !exists($0.response) }) else {
      throw WitnessError.tooMany(places.count)
    }
    if let bytes = try read(place.request), let waiting = try? TimestampRequest(der: bytes),
      waiting.digest == digest, waiting.isCanonical
    {
      return waiting
    }
    let request = try TimestampRequest(digest: digest)
    try demandListed(but: [], orBelow: Name.witness)
    try makeFolder(Name.witness)
    try write(request.der, to: place.request, replacing: true)
    if exists(Name.sums) { try writeSums() }
    return request
  }

  /// Checks an authority's answer to the request that waits, and keeps it.
  ///
  /// A report that was written already is written again, because it says what others have seen.
  ///
  /// Kept are the answer, the root of its chain and the certificates between: what a stranger needs
  /// to check it again, and nothing else of what was given.
  ///
  /// - Parameters:
  ///   - response: what was received.
  ///   - place: the name of the file that it came in, for errors.
  ///   - authorities: the roots that are believed.
  ///   - intermediates: certificates that the chain may need.
  /// - Throws: `WitnessError`, `FolderError`; nothing is kept then.
  public func keepAnchor(
    _ what: WitnessFacts.Anchored, response: [UInt8], from place: String,
    authorities: [Certificate], intermediates: [Certificate] = []
  ) throws -> WitnessFacts.Anchor {
    try demandSealed()
    return try whileHeld {
      try heldKeepAnchor(
        what, response: response, from: place, authorities: authorities,
        intermediates: intermediates)
    }
  }

  private func heldKeepAnchor(
    _ what: WitnessFacts.Anchored, response: [UInt8], from place: String,
    authorities: [Certificate], intermediates: [Certificate]
  ) throws -> WitnessFacts.Anchor {
    let digest = try anchoredDigest(what)
    guard let files = AnchorFiles.all(what).first(where: { !exists($0.response) }) else {
      throw WitnessError.tooMany(AnchorFiles.most)
    }
    guard let bytes = try read(files.request) else { throw WitnessError.noRequest(what) }
    let request = try request(bytes, files.request, about: digest, what)
    let time: Timestamp
    do {
      time = try TimestampResponse(der: response).verified(
        for: request, authorities: authorities, intermediates: intermediates)
    } catch { throw WitnessError.timestamp(place, error) }
    try demandListed(but: [], orBelow: Name.witness)
    try makeFolder(Name.witness)
    // The answer is written last: without it the others are a request that waits.
    try write(AnchorFiles.pem([time.root]), to: files.authority, replacing: true)
    let between = time.chain.dropFirst().dropLast()
    if !between.isEmpty {
      try write(AnchorFiles.pem(Array(between)), to: files.chain, replacing: true)
    }
    try write(response, to: files.response)
    if exists(Name.sums) { try writeSums() }
    // A report says what others have seen; one that was written before would be found wanting.
    if hasReport { _ = try writeReport() }
    return WitnessFacts.Anchor(what, time, standing: try standing(of: time, what))
  }

  /// Checks again everything that witnesses have said.
  ///
  /// - Parameters:
  ///   - trial: the sealed trial.
  ///   - entries: the journal's entries, in order.
  ///   - leafHashes: those of the entries.
  /// - Throws: `WitnessError`, `CheckpointLineError`, `FormatError`, `FolderError`.
  package func witnessFacts(
    of trial: SealedTrial, entries: [JournalEntry], leafHashes: [[UInt8]]
  ) throws -> WitnessFacts {
    var anchors: [WitnessFacts.Anchor] = []
    for what in WitnessFacts.Anchored.allCases {
      for files in AnchorFiles.all(what) {
        if let anchor = try anchor(files, entries) { anchors.append(anchor) }
      }
    }
    let lines = try Journal.lines(in: read(Journal.returnedLines) ?? [])
    for line in lines {
      try Journal.demandExtension(
        of: line, trial: trial.manifest.trial, leafHashes: leafHashes)
    }
    return WitnessFacts(anchors: anchors, returnedCheckpoints: lines.map(\.size))
  }

  /// One stored anchor, checked again; `nil` where no answer is kept.
  private func anchor(
    _ files: AnchorFiles, _ entries: [JournalEntry]
  ) throws -> WitnessFacts.Anchor? {
    guard let answer = try read(files.response) else {
      if let waiting = try read(files.request) {
        _ = try request(waiting, files.request, about: anchoredDigest(files.what), files.what)
      }
      return nil
    }
    guard let asked = try read(files.request) else {
      throw WitnessError.incomplete(files.request)
    }
    guard let root = try read(files.authority) else {
      throw WitnessError.incomplete(files.authority)
    }
    let request = try request(
      asked, files.request, about: anchoredDigest(files.what), files.what)
    let authorities = try AnchorFiles.certificates(root, files.authority)
    let between = try read(files.chain).map { try AnchorFiles.certificates($0, files.chain) } ?? []
    do {
      let time = try TimestampResponse(der: answer).verified(
        for: request, authorities: authorities, intermediates: between)
      guard time.root == authorities[0], authorities.count == 1 else {
        throw WitnessError.respelled(files.authority)
      }
      guard Array(time.chain.dropFirst().dropLast()) == between else {
        throw WitnessError.respelled(files.chain)
      }
      return WitnessFacts.Anchor(
        files.what, time, standing: try standing(of: time, files.what, entries: entries))
    } catch let error as TimestampError {
      throw WitnessError.timestamp(files.response, error)
    }
  }

  /// Whether a time came before the first check-in, or before the opening.
  private func standing(
    of time: Timestamp, _ what: WitnessFacts.Anchored, entries: [JournalEntry]? = nil
  ) throws -> WitnessFacts.Standing {
    let next: Int?
    switch what {
    case .seal:
      let entries = try entries ?? Journal.open(in: path, for: .reading).entries()
      next =
        entries.first { if case .checkIn = $0.event { true } else { false } }?.moment.seconds
    case .lock:
      next = try read(Name.unblinding).flatMap(Unblinding.statedOpening)?.seconds
    }
    return time.seconds <= next ?? Int.max ? .early : .late
  }

  /// A stored request, if it is about what it should be.
  private func request(
    _ bytes: [UInt8], _ place: String, about digest: [UInt8], _ what: WitnessFacts.Anchored
  ) throws -> TimestampRequest {
    do {
      let request = try TimestampRequest(der: bytes)
      guard request.digest == digest else { throw WitnessError.foreignRequest(place, what) }
      guard request.isCanonical else { throw WitnessError.respelledRequest(place) }
      return request
    } catch let error as TimestampError { throw WitnessError.timestamp(place, error) }
  }

  /// What a time is put on: the manifest, or the final note.
  private func anchoredDigest(_ what: WitnessFacts.Anchored) throws -> [UInt8] {
    try demandSealed()
    switch what {
    case .seal: return sha256(try required(Name.manifest))
    case .lock:
      // The lock removes the key after it has written the final note.
      guard !exists(Name.recorderKey), exists(Name.sums) else { throw WitnessError.notLocked }
      return sha256(try required(Name.checkpoint))
    }
  }
}

extension WitnessFacts.Anchor {
  /// The facts of a time that was verified.
  init(
    _ what: WitnessFacts.Anchored, _ time: Timestamp, standing: WitnessFacts.Standing
  ) {
    self.init(
      what: what, at: Moment(seconds: time.seconds, zone: "UTC", offset: 0),
      authority: time.signer.subject, fingerprint: time.root.fingerprint, serial: time.serial,
      policy: time.policy, standing: standing)
  }
}
