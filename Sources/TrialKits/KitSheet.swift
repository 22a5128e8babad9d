import BlindRecord
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
    let piles = list.piles()
    var lines = [
      "KIT LIST, for \(to) only: whoever reads this is no longer blind",
      "", "trial \(trial): \(title)", "",
    ]
    lines += KitPile.steps(piles).enumerated().map { "\($0 + 1). \($1)" }
    for pile in piles {
      lines += ["", pile.heading, "slot\tday\tkit\tcontent\tdone"]
      lines += pile.kits.map { "\($0.place)\t\($0.day)\t\($0.code)\t\(pile.content)\t[ ]" }
    }
    if let word { lines += ["", "tell the participant this word: \(word)"] }
    bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Never the content.
  public var description: String { "KitSheet(\(bytes.count) bytes)" }
  /// Never the content.
  public var customMirror: Mirror { Mirror(self, children: ["bytes": bytes.count]) }
}
