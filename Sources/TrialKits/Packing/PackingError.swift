public import BlindRecord

/// Why a step of packing was refused; nothing was changed, and nothing is said of an arm.
public enum PackingError: Refusal, Equatable {
  /// What was scanned or typed is no kit code; not repeated, as nearly a code is as good as one.
  case unreadableCode
  /// A code that no label of this trial has.
  case foreignLabel(KitCode, on: PackingPiece = .kit)
  /// A label of the matching test's cups on a kit.
  case cupLabel(KitCode, on: PackingPiece = .kit)
  /// A label of a kit where a cup is expected.
  case kitLabel(KitCode, on: PackingPiece = .cup)
  /// A label that was not scanned while filling.
  case neverRegistered(KitCode, on: PackingPiece = .drawnKit)
  /// A kit that was said to be lost.
  case wasLost(KitCode)
  /// Nothing is scanned in the present step.
  case notScanned(step: String)
  /// Kits are given up while sorting only.
  case notGivenUp(step: String)
  /// There is nothing to say yes to in the present step.
  case notConfirmed(step: String)
  /// Some cups of the matching test are not filled yet.
  case cupsNotFilled(Int)
  /// Cups do not stand in their places yet.
  case cupsNotSorted(Int)
  /// No scan of the present step can be taken back.
  case nothingToUndo
  /// Another scan than the last one is to be taken back, by a page that is not the newest.
  case scanIsPast(Int)
  /// Kits are not sorted yet.
  case notSorted(Int)
  /// More kits are missing than spares can answer for.
  case tooManyLost(Int, most: Int)
  /// Another program packs the same trial at this moment.
  case busy
  /// The protocol asks for no matching test.
  case noMatchingTest
  /// The trial is not packed by the participant alone.
  case packedByOthers
  /// There is no key: packing is finished, or the folder is a copy without it.
  case noKey
  /// A file of packing that is not as it was written.
  case damaged(String)
  /// The system refused to read or write a file.
  case file(String, reason: String)

  /// The sentence.
  public var message: String {
    switch self {
    case .unreadableCode: "the code has a wrong character"
    case .foreignLabel(let code, _): "the label \(code) is not of this trial"
    case .cupLabel(let code, _): "the label \(code) is for a cup of the matching test"
    case .kitLabel(let code, _):
      "the label \(code) is for a kit, not for a cup of the matching test"
    case .neverRegistered(let code, _): "the label \(code) was not scanned while filling"
    case .wasLost(let code): "the kit \(code) was said to be lost"
    case .notScanned(let step): "nothing is scanned in the step \(step)"
    case .notGivenUp(let step): "no kit is given up in the step \(step)"
    case .notConfirmed(let step): "the step \(step) is not over yet"
    case .cupsNotFilled(let count):
      "\(count) \(count == 1 ? "cup of this step is" : "cups of this step are") not filled yet"
    case .cupsNotSorted(let count): "\(count) \(count == 1 ? "cup is" : "cups are") not sorted yet"
    case .nothingToUndo: "there is no scan of this step to take back"
    case .scanIsPast(let scan): "scan \(scan) is not the last one any more"
    case .notSorted(let count): "\(count) \(count == 1 ? "kit is" : "kits are") not sorted yet"
    case .tooManyLost(let count, let most):
      "\(count) kits are missing, and at most \(most) can be replaced"
    case .busy: "another program is packing this trial"
    case .noMatchingTest: "the protocol asks for no matching test"
    case .packedByOthers: "this trial is not packed by the participant alone"
    case .noKey: "packing.key is not in the folder, so packing is finished or was never begun"
    case .damaged(let file): "\(file): is not as it was written"
    case .file(let file, let reason): "\(file): \(reason)"
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .unreadableCode: "a code has seven characters, the last one checks the others; scan again"
    case .foreignLabel(_, let piece):
      piece.whenDrawn ?? "use the labels that were printed for this trial"
    case .cupLabel(_, let piece): piece.whenDrawn ?? "put a kit's label on it"
    case .kitLabel(_, let piece): piece.whenDrawn ?? "put a cup's label on it"
    case .neverRegistered(_, let piece): piece.whenDrawn
    case .wasLost: "put the kit aside, another one has its place"
    case .notScanned: "say first that the step is done"
    case .notGivenUp:
      "a kit that is lost while filling is filled anew; others are said to be lost while sorting"
    case .notConfirmed: "scan all kits of this step first"
    case .cupsNotFilled: "fill and scan them first; a label that was scanned before counts once"
    case .cupsNotSorted:
      "scan them; in place of one that is lost fill another of the same, with its label"
    case .nothingToUndo: nil
    case .scanIsPast: "look how many there are now; each is taken back once, the last one first"
    case .notSorted: "sort them, or say that they are lost"
    case .tooManyLost: "look for them, or give up this packing and seal again"
    case .busy: "close it first"
    case .noMatchingTest: "packing.matching in protocol.yaml was not there when it was sealed"
    case .packedByOthers: "packing.by in protocol.yaml was not participant when it was sealed"
    case .noKey: "`selfblind status` says whether it is packed"
    case .damaged: "put the trial's folder back from a copy"
    case .file(_, let reason):
      reason == PackingError.noRoom
        ? "make room on the disk and go on: what was scanned before is kept"
        : "see to the disk and to the rights of the folder, and go on: what was scanned before is kept"
    }
  }

  /// Why a full disk takes nothing.
  static let noRoom = "no space is left on the disk"

  /// Whether the disk or its rights are to blame.
  public var isFaultOfTheSystem: Bool { if case .file = self { true } else { false } }
}
