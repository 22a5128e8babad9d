/// The register in bytes of one length for a trial (packing.md, section 6).
extension PackingRegister {
  static let format = Array("selfblind/register/v1".utf8)

  /// The bytes, which the caller wipes or seals.
  func bytes(trial: String) -> [UInt8] {
    var bytes = PackingRegister.format + trial.utf8 + [step.rawValue, UInt8(arm)]
    bytes += big(scans.count)
    for entry in entries {
      bytes += [entry.arm] + big(Int(entry.ticket)) + [entry.state.rawValue, entry.move]
    }
    for place in 0..<quotas.reduce(0, +) {
      bytes += big(place < scans.count ? scans[place] + 1 : 0)
    }
    return bytes
  }

  /// Reads those bytes back.
  ///
  /// - Returns: `nil` unless they are a register of that trial, those kits and labels.
  init?(bytes: [UInt8], trial: String, quotas: [Int], labels: Int) {
    self.init(quotas: quotas, labels: labels)
    let head = PackingRegister.format + trial.utf8
    let kits = quotas.reduce(0, +)
    guard bytes.count == head.count + 4 + 5 * labels + 2 * kits, bytes.starts(with: head),
      let step = Step(rawValue: bytes[head.count]), bytes[head.count + 1] < quotas.count
    else { return nil }
    self.step = step
    arm = Int(bytes[head.count + 1])
    func number(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }
    let count = number(head.count + 2)
    guard count <= kits else { return nil }
    var place = head.count + 4
    for label in 0..<labels {
      let arm = bytes[place]
      guard let state = Entry.State(rawValue: bytes[place + 3]),
        state == .free ? arm == .max : arm < quotas.count
      else { return nil }
      entries[label] = Entry(
        arm: arm, ticket: UInt16(number(place + 1)), state: state, move: bytes[place + 4])
      if arm != .max, entries[label].ticket >= quotas[Int(arm)] { return nil }
      place += 5
    }
    for scan in 0..<count {
      let label = number(place + 2 * scan) - 1
      guard entries.indices.contains(label) else { return nil }
      scans.append(label)
    }
  }

  private func big(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
}
