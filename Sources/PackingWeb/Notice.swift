import BlindRecord
import LocalWeb
import TrialKits

/// One answer to the packer: a word to act on, and a sentence.
struct Notice: Sendable, Equatable {
  /// The word to act on, in large type.
  let word: String
  /// What it means, or what to do.
  let sentence: String
  /// Whether nothing was done.
  let isRefusal: Bool

  private init(_ word: String, _ sentence: String, isRefusal: Bool = false) {
    self.word = word
    self.sentence = sentence
    self.isRefusal = isRefusal
  }

  /// What a scan was answered.
  init(_ answer: PackingSession.Answer) {
    switch answer {
    case .registered: self.init("registered", "Lay it with the others of this arm.")
    case .known: self = .known
    case .slot(let slot):
      self.init("slot \(slot)", "Write the number on the kit, and lay it in its place.")
    case .spare(let spare):
      self.init("spare \(spare)", "Write it on the kit, and lay it in the spare box.")
    }
  }

  /// What a scan of a cup was answered.
  init(_ answer: MatchingTest.Answer) {
    switch answer {
    case .registered: self.init("registered", "Lay it with the others of this kind.")
    case .known: self = .known
    case .cup(let round, let cup):
      self.init("round \(round), cup \(cup)", "Put it there.")
    }
  }

  /// Which spares take the places of kits that are missing.
  init(moves: [PackingSession.Move]) {
    let list = moves.map { "spare \($0.spare) to slot \($0.slot)" }
    self.init(
      list.isEmpty ? "noted" : "bring " + list.joined(separator: ", "),
      list.isEmpty
        ? "No slot needs another kit."
        : "Take each out of the spare box and put it to its slot.")
  }

  /// Why something was refused.
  init(_ error: any Error) {
    guard let refusal = error as? any Refusal else {
      self.init("not done", "The program failed: \(error).", isRefusal: true)
      return
    }
    self.init("not done", refusal.sentences, isRefusal: true)
  }

  static let known = Notice(
    "known already",
    "That label was scanned before; nothing has changed, so nothing of it is to be taken back.")
  static let noScan = Notice(
    "not done", "The form says no scan to be taken back.", isRefusal: true)

  /// A scan that was taken back, by its number.
  ///
  /// - Parameter piece: "kit" or "cup".
  static func takenBack(_ scan: Int, of piece: String) -> Notice {
    Notice("taken back", "That was scan \(scan). Scan that \(piece) again when it is ready.")
  }
  static let oldPage = Notice(
    "not done", "That page was of an earlier step. This is where packing stands now.",
    isRefusal: true)
  static let nothingTyped = Notice(
    "not done", "There was no code. Scan or type one.", isRefusal: true)
  static let noPhotograph = Notice(
    "not done", "There was no photograph. Choose or take one first.", isRefusal: true)
  static let noCup = Notice("not done", "Choose one of the three cups.", isRefusal: true)
  static let notSure = Notice(
    "not done", "Tick the box first, when it is true.", isRefusal: true)

  /// The notice as it stands above the step.
  ///
  /// `role` makes a screen reader say it at once.
  var markup: Markup {
    let style = isRefusal ? "said refused" : "said"
    return """
      <div class="\(style)" role="\(isRefusal ? "alert" : "status")">\
      <strong>\(word)</strong>\(sentence)</div>

      """
  }
}
