package import BlindRecord
package import TrialDesign
package import TrialSeal

/// The kits of one arm, slots and spares together: who fills by the list takes each powder out once.
///
/// In the order of the kit codes, which is that of a sheet of labels for all kits too, so that a code is found
/// and ticked off; the code says nothing of the slot.
package struct KitPile: Sendable {
  /// One container.
  package struct Kit: Sendable {
    /// The code on it.
    package let code: KitCode
    /// Its slot, or which spare it is.
    package let place: String
    /// The slot's day; empty for a spare.
    package let day: String
  }

  /// What all of them hold.
  package let arm: Arm
  /// The containers, by code.
  package let kits: [Kit]
  private let spares: Int

  init(_ arm: Arm, slots: [Kit], spares: [Kit]) {
    self.arm = arm
    self.spares = spares.count
    kits = (slots + spares).sorted { $0.code.text < $1.code.text }
  }

  /// What goes into each, in words.
  package var content: String { arm.hasPill ? arm.name : "\(arm.name) (no capsule, a dummy)" }

  /// The arm, and how many containers it has.
  package var heading: String {
    let slots = kits.count - spares
    return "\(content): \(slots) \(slots == 1 ? "kit" : "kits")"
      + (spares == 0 ? "" : " and \(spares) \(spares == 1 ? "spare" : "spares")")
  }

  /// What a list says before its kits, the same for the page and for the text.
  package static func steps(_ piles: [KitPile]) -> [String] {
    var lines = [
      "One arm after the other: fill all its kits, put away what they were filled from, clear the bench, and "
        + "only then take out the next.",
      "Fill one opaque container for each line with what stands under content.",
    ]
    if piles.contains(where: { !$0.arm.hasPill }) {
      lines.append(
        "Where it says no capsule: put in a dummy that weighs, lies and rattles like one and cannot be taken "
          + "for one. An empty container is felt in the hand, and tells its slot ahead.")
    }
    return lines + [
      "Put only the line's kit code on it, as its label or in writing, and tick the line. The labels of all "
        + "kits come from `selfblind label DIR --all`, where DIR is the trial's folder, in the order of the "
        + "codes: whoever has the folder prints them and learns nothing. Only a label can be scanned.",
      "Hand over the containers; shuffle all of them first. Keep this list until the trial is over, where the "
        + "participant cannot see it, and what is left of a sheet of labels too: its gaps show which codes were "
        + "filled first.",
    ]
  }
}

extension KitList {
  /// Hands over the kits, those of one arm together, in the order of the protocol's arms; once.
  package consuming func piles() -> [KitPile] {
    let arms = arms
    let rows = read { occasion, arm in
      (
        arm,
        KitPile.Kit(
          code: occasion.kit, place: "\(occasion.slot)", day: occasion.day.description)
      )
    } spare: { spare, arm in
      (arm, KitPile.Kit(code: spare.kit, place: "spare \(spare.spare)", day: ""))
    }
    return arms.map { arm in
      KitPile(
        arm, slots: rows.slots.filter { $0.0 == arm }.map(\.1),
        spares: rows.spares.filter { $0.0 == arm }.map(\.1))
    }.filter { !$0.kits.isEmpty }
  }
}
