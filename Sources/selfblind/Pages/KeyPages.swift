import BlindRecord
import OpenSSLCrypto
import TrialSeal

/// The two pages that hold a secret on paper.
///
/// The passphrase of custody `envelope`, and the recovery key; each is written once and shown nowhere
/// else.
enum KeyPages {
  /// The page with the passphrase, to be folded into an envelope.
  static func envelope(_ paper: PaperPassphrase, title: String, day: CalendarDay) -> [UInt8] {
    var page = PrintedPage(
      title: "The key of a sealed trial", foot: "Key, \(title), sealed on \(day)")
    page.paragraph("\(title), sealed on \(day)")
    page.paragraph(
      "Print this page, check that it is legible, and delete the file. Whoever reads the passphrase "
        + "below can open every slot.")
    page.steps([
      "Before you close the envelope: selfblind rehearse FOLDER, and type the passphrase once.",
      "Fold along the two dashed lines, so that the passphrase lies inside.",
      "Put it into an opaque envelope, close it, and sign over the flap, with the date.",
      "Give it to somebody, or lay it where you do not pass by. Open it after the lock.",
    ])
    page.add("<div class=\"fold\">fold here, backwards</div>")
    page.secret(paper.bytes)
    page.paragraph(
      "Five groups of five; 0, O, 1, I and U are never used. selfblind unblind FOLDER asks for it. "
        + "Without selfblind, a stock age opens the trial's key with it:", "small")
    page.code(
      "age -d sealed/key.age > key.txt       (asks for the passphrase, as printed)\n"
        + "age -d -i key.txt sealed/slot-0001.age")
    page.add("<div class=\"fold\">fold here</div>")
    page.paragraph("Closed on (date) and signed over the flap by:", "small")
    page.add("<div class=\"sign\"></div>")
    page.paragraph("Opened on (date), because:", "small")
    page.add("<div class=\"sign\"></div>")
    return page.finish()
  }

  /// The page with the second key, for when the first one is lost.
  static func recovery(_ identity: AgeIdentity, title: String, day: CalendarDay) -> [UInt8] {
    var page = PrintedPage(
      title: "The recovery key of a sealed trial", foot: "Recovery key, \(title), sealed on \(day)")
    page.paragraph("\(title), sealed on \(day)")
    page.paragraph(
      "This key opens every slot by itself, when the other key is lost or in an emergency. Print this "
        + "page, check that it is legible, and delete the file.")
    page.steps([
      "Fold along the two dashed lines, put it into an opaque envelope, and sign over the flap.",
      "Give it to somebody whom you do not see every day: it is as good as the other key.",
      "They also get the emergency sheet: selfblind emergency-sheet FOLDER.",
    ])
    page.add("<div class=\"fold\">fold here, backwards</div>")
    page.secret(identity.secretBytes)
    page.paragraph(
      "Type it as one line, in capitals, into a file key.txt. Then, with a stock age:", "small")
    page.code(
      "age -d -i key.txt sealed/card-0001.age     (what slot 1 held)\n"
        + "age -d -i key.txt sealed/share.age         (the whole seal)")
    page.add("<div class=\"fold\">fold here</div>")
    page.paragraph("Closed on (date) and signed over the flap by:", "small")
    page.add("<div class=\"sign\"></div>")
    page.paragraph("Opened on (date), because:", "small")
    page.add("<div class=\"sign\"></div>")
    return page.finish()
  }
}
