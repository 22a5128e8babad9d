import BlindRecord
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
    let piles = list.piles()
    var page = PrintedPage(title: "Kit list", foot: "Kit list, \(title), trial \(trial)")
    page.paragraph("\(title), trial \(trial)")
    page.paragraph(
      "For \(to) only: whoever reads this is no longer blind. Print it, delete the file, and do not let "
        + "the participant see it.", "alarm")
    page.steps(KitPile.steps(piles) + ["Tell the participant the word at the end of the list."])
    for pile in piles {
      page.heading(pile.heading)
      page.table(
        ["slot", "day", "kit", "content", "done"],
        rows: pile.kits.map { [$0.place, $0.day, $0.code.text, pile.content, ""] })
    }
    page.paragraph("The word, so that the record can say that you have this list:", "keep")
    page.code(word, "key")
    page.paragraph("Filled on (date) by (name, signature):", "small keep")
    page.add("<div class=\"sign\"></div>")
    return page.finish()
  }
}
