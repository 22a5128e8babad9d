import BlindRecord
import TrialSeal

/// A sheet from which every slot can be opened by the second key alone, without this folder.
///
/// It holds ciphertext only, so anybody may see it. A slot is seven short lines, so that one can be
/// typed from paper where nothing can be scanned.
enum EmergencySheetPage {
  /// The sheet of a trial that has a second key.
  static func bytes(of trial: SealedTrial) -> [UInt8] {
    let manifest = trial.manifest
    var page = PrintedPage(
      title: "Emergency sheet",
      foot: "Emergency sheet, \(manifest.title), trial \(manifest.trial)")
    page.paragraph("\(manifest.title), trial \(manifest.trial)")
    page.paragraph("In an emergency call: \(manifest.safety.emergencyContact)")
    page.add("<h2>Rules for stopping</h2>")
    page.add(
      "<ul>"
        + manifest.safety.stoppingRules.map { "<li>\(PrintedPage.escape($0))</li>" }.joined()
        + "</ul>")
    // Who packed alone has labels with codes of their own; those of the manifest stand on no kit then.
    let isAlone = manifest.packing?.isAlone == true
    let hasSpares = (manifest.packing?.replacements ?? 0) > 0
    let isPage = trial.committed.commitment.custody.second == .page
    page.add("<h2>What did a kit hold?</h2>")
    page.steps([
      isPage
        ? "You need the recovery key, from its envelope, as the file key.txt."
        : "You need your age identity, whose public key is "
          + "\(trial.committed.commitment.custody.recipients.last ?? ""), as the file key.txt.",
      isAlone
        ? "Find the slot by its day, or by the place that the kit was sorted to: the codes on the labels are "
          + "in the record, and not on this sheet."
        : "Find the slot by its day, or by the code on the kit.",
      "Was another kit taken than the day's? Then it is the slot of that kit"
        + (isAlone ? ", whose number is written on it." : ".")
        + (hasSpares
          ? " A spare has no lines here: the record says which slot it was given for, whose lines tell what it held "
            + "if it was the right spare." : ""),
      "Copy its lines, from BEGIN to END, into a file slot.age; lines break where they do here.",
      "age -d -i key.txt slot.age prints the slot and what it held. Any age of version 1 will do.",
      "Open no other slot: what stays sealed stays useful. Tell the participant the slot and the hour, "
        + "so that the record can say so.",
    ])
    page.add("<h2>The slots</h2>")
    page.add("<div class=\"slots\">")
    for occasion in manifest.schedule.occasions {
      // A card that is damaged on the disk is left out, and the others are worth printing.
      let card =
        trial.emergencyCard(slot: occasion.slot).map {
          "<pre>\(PrintedPage.escape(String(decoding: $0, as: UTF8.self)))</pre>"
        } ?? "<p>This slot's card is damaged: ask for the folder itself.</p>"
      page.add(
        "<div class=\"slot\"><b>slot \(occasion.slot) · \(occasion.day)"
          + (isAlone ? "" : " · kit \(occasion.kit)") + "</b>" + card + "</div>")
    }
    page.add("</div>")
    return page.finish()
  }
}
