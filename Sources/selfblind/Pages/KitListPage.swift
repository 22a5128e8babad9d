import BlindRecord
import TrialDesign
import TrialKits
import TrialSeal

/// The kit list as a page for a printer: which kit to fill with what, and a word to be told back.
///
/// Making one consumes the list, so there is one page per sealing. Whoever reads it is no longer blind.
enum KitListPage {
  /// The page of a list.
  ///
  /// - Parameters:
  ///   - to: whom it is for.
  ///   - word: the word that they tell back.
  static func bytes(_ list: consuming KitList, to: String, word: String) -> [UInt8] {
    let (title, trial) = (list.title, list.trial)
    func content(_ arm: Arm) -> String { arm.hasPill ? arm.name : "\(arm.name) (leave empty)" }
    let rows = list.read { occasion, arm in
      [String(occasion.slot), "\(occasion.day)", occasion.kit.text, content(arm), ""]
    } spare: { spare, arm in
      ["", "spare \(spare.spare)", spare.kit.text, content(arm), ""]
    }
    var page = PrintedPage(title: "Kit list")
    page.paragraph("\(title), trial \(trial)")
    page.paragraph(
      "For \(to) only: whoever reads this is no longer blind. Print it, delete the file, and do not let "
        + "the participant see it.", "alarm")
    page.steps([
      "Fill one opaque container for each line with what stands under content.",
      "Write only the kit code on it, nothing else, and tick the line.",
      "Hand over the containers; shuffle them first. Keep this list until the trial is over.",
      "Tell the participant the word at the end of the list.",
    ])
    page.table(["slot", "day", "kit", "content", "done"], rows: rows.slots + rows.spares)
    page.paragraph("The word, so that the record can say that you have this list:", "keep")
    page.code(word, "key")
    page.paragraph("Filled on (date) by (name, signature):", "small keep")
    page.add("<div class=\"sign\"></div>")
    return page.finish()
  }
}
