/// Finds the terms of the glossary in a text.
///
/// The longest form that begins at a word wins; a form ends where a word ends. Each term is linked once
/// in every part of the page, at its first place there.
struct TermLinks {
  private struct Form {
    let letters: [UInt8]
    let term: Int
  }

  private let terms: [GlossaryTerm]
  private var forms: [UInt8: [Form]] = [:]
  private var seen: Set<Int> = []

  init(_ terms: [GlossaryTerm]) {
    self.terms = terms
    for (place, term) in terms.enumerated() {
      for form in term.forms {
        let letters = form.utf8.map(TermLinks.lower)
        forms[letters[0], default: []].append(Form(letters: letters, term: place))
      }
    }
    for key in forms.keys { forms[key]?.sort { $0.letters.count > $1.letters.count } }
  }

  /// Begins a new part of the page, in which each term is linked anew.
  mutating func startPart() { seen = [] }

  /// The terms that occur in a text, as places in the list.
  func places(in text: String) -> Set<Int> {
    var found: Set<Int> = []
    scan(text) { found.insert($0.term) }
    return found
  }

  /// The text as HTML, with each term's first occurrence in this part linked.
  mutating func html(_ text: String) -> String {
    var hits: [(range: Range<Int>, term: Int)] = []
    scan(text) { hit in
      if seen.insert(hit.term).inserted { hits.append(hit) }
    }
    guard !hits.isEmpty else { return escaped(text) }
    let letters = Array(text.utf8)
    var result = ""
    var done = 0
    for hit in hits {
      result += escaped(String(decoding: letters[done..<hit.range.lowerBound], as: UTF8.self))
      let word = String(decoding: letters[hit.range], as: UTF8.self)
      result += "<a class=\"term\" href=\"#\(terms[hit.term].id)\">\(escaped(word))</a>"
      done = hit.range.upperBound
    }
    return result + escaped(String(decoding: letters[done...], as: UTF8.self))
  }

  private func scan(_ text: String, _ body: ((range: Range<Int>, term: Int)) -> Void) {
    let letters = Array(text.utf8)
    var place = 0
    while place < letters.count {
      let isStart = place == 0 || !TermLinks.isWord(letters[place - 1])
      guard isStart, let candidates = forms[TermLinks.lower(letters[place])],
        let form = candidates.first(where: { matches($0.letters, letters, place) })
      else {
        place += 1
        continue
      }
      body((place..<place + form.letters.count, form.term))
      place += form.letters.count
    }
  }

  private func matches(_ form: [UInt8], _ letters: [UInt8], _ place: Int) -> Bool {
    let end = place + form.count
    guard end <= letters.count, end == letters.count || !TermLinks.isWord(letters[end]) else {
      return false
    }
    return (0..<form.count).allSatisfy { TermLinks.lower(letters[place + $0]) == form[$0] }
  }

  private static func lower(_ letter: UInt8) -> UInt8 {
    (0x41...0x5A).contains(letter) ? letter | 0x20 : letter
  }

  /// Letters, digits and everything beyond ASCII, so that no character is cut.
  private static func isWord(_ letter: UInt8) -> Bool {
    (0x30...0x39).contains(letter) || (0x61...0x7A).contains(lower(letter)) || letter >= 0x80
      || letter == 0x5F
  }
}
