/// A set of items that may be put into any protocol: what it asks, where it comes from, and by what right.
///
/// It is text of a protocol file and nothing else: what is sealed is the protocol with the items in it, so a
/// stranger needs no list of instruments.
package struct Instrument: Sendable {
  /// The word by which it is asked for.
  package let name: String
  /// What it measures, in a few words.
  package let title: String
  /// What must be known before it is used.
  package let about: String
  /// Where it was published.
  package let source: String
  /// By what right anybody may use it.
  package let licence: String
  /// Its items, as they stand below `items:`.
  let items: String

  /// The lines for a protocol file, with source and licence as comments.
  package var text: String {
    let comments = [title, about, "Source: \(source)", "Use: \(licence)"]
    return comments.map { "  # \($0)\n" }.joined() + items
  }

  /// The instrument of a name.
  package static func named(_ name: String) -> Instrument? { all.first { $0.name == name } }

  /// A note that the program's own items have.
  static let own = "written for this program; Apache-2.0, as the program"
}
