import BlindRecord
import TrialDesign
public import TrialSeal

/// The kit list as a text for the packer: which kit to fill with what, and how.
///
/// Making one consumes the list, so there is one sheet per sealing. Who reads it is no longer blind.
public struct KitSheet: Sendable, CustomStringConvertible, CustomReflectable {
  /// The sheet, in UTF-8, ready to be printed or sealed to the packer.
  public let bytes: [UInt8]

  /// Writes the sheet of a list.
  ///
  /// - Parameters:
  ///   - to: whom it is for.
  ///   - word: a word that they tell back, so that the record can say that they have the list.
  public init(_ list: consuming KitList, to: String = "the packer", word: String? = nil) {
    let title = list.title
    let trial = list.trial
    func content(_ arm: Arm) -> String { arm.hasPill ? arm.name : "\(arm.name) (leave empty)" }
    let rows = list.read { occasion, arm in
      "\(occasion.slot)\t\(occasion.day)\t\(occasion.kit)\t\(content(arm))"
    } spare: { spare, arm in
      "spare \(spare.spare)\t\t\(spare.kit)\t\(content(arm))"
    }
    var lines = [
      "KIT LIST, for \(to) only: whoever reads this is no longer blind",
      "", "trial \(trial): \(title)", "",
      "Fill one container per line with what stands in the last column, write only the kit code on",
      "it, hand over the containers, and keep or destroy this list where the participant cannot",
      "see it.", "", "slot\tday\tkit\tcontent",
    ]
    lines += rows.slots + rows.spares
    if let word { lines += ["", "tell the participant this word: \(word)"] }
    bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Never the content.
  public var description: String { "KitSheet(\(bytes.count) bytes)" }
  /// Never the content.
  public var customMirror: Mirror { Mirror(self, children: ["bytes": bytes.count]) }
}
