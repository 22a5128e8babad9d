/// What a label stands on, for the advice about one that is wrong.
///
/// What is filled can get another label. What was drawn cannot: a label that was not scanned while filling says nothing.
public enum PackingPiece: Sendable, Equatable {
  /// A kit that is being filled.
  case kit
  /// A kit that was drawn from the bag.
  case drawnKit
  /// A cup of the matching test that is being filled.
  case cup
  /// A cup that is being sorted.
  case drawnCup

  /// What to do with a drawn one; `nil` for what is being filled.
  var whenDrawn: String? {
    switch self {
    case .kit, .cup: nil
    case .drawnKit: "put the kit aside: nobody knows what it holds"
    case .drawnCup:
      "put the cup aside; if one is missing in the end, fill another of the same, with its label"
    }
  }
}
