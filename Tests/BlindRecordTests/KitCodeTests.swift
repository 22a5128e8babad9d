import BlindRecord
import Testing

/// The check character finds every single wrong character and every exchange of neighbours.
struct KitCodeTests {
  /// Codes that use every value at every place.
  static let codes = (0..<31).map { start in
    KitCode(values: (0..<6).map { (start + 5 * $0 * $0) % 31 })
  }

  @Test func everyWrongCharacterIsFound() {
    for code in KitCodeTests.codes {
      let bytes = Array(code.text.utf8)
      for place in bytes.indices {
        for wrong in UInt8(0x21)...0x7E where wrong != bytes[place] {
          var typed = bytes
          typed[place] = wrong
          let text = String(decoding: typed, as: UTF8.self)
          // A small letter is the same letter.
          if text.uppercased() == code.text { continue }
          #expect(KitCode(text) == nil, "\(code) read as \(text)")
        }
      }
    }
  }

  @Test func everyExchangeOfNeighboursIsFound() {
    for code in KitCodeTests.codes {
      var typed = Array(code.text.utf8)
      for place in 0..<(typed.count - 1) where typed[place] != typed[place + 1] {
        typed.swapAt(place, place + 1)
        #expect(KitCode(String(decoding: typed, as: UTF8.self)) == nil)
        typed.swapAt(place, place + 1)
      }
    }
  }

  @Test func theAlphabetHasNoLookAlikes() {
    #expect(KitCode.alphabet.count == 31 && Set(KitCode.alphabet).count == 31)
    for letter in "01IOU".utf8 { #expect(!KitCode.alphabet.contains(letter)) }
  }

  @Test func theCheckCharacterIsThatOfTheFormula() {
    // By hand: values 0, 1, 2, 3, 4, 5 give 1*0 + 2*1 + 3*2 + 4*3 + 5*4 + 6*5 = 70; with the check
    // value c the sum 70 + 7c is a multiple of 31 for c = 21, which is the letter P.
    #expect(KitCode(values: [0, 1, 2, 3, 4, 5]).text == "234567P")
  }

  @Test(arguments: ["234567p", "234-567-P", " 23 45 67 P ", "2-3-4-5-6-7-P"])
  func blanksHyphensAndSmallLettersAreForgiven(typed: String) {
    #expect(KitCode(typed)?.text == "234567P")
  }

  @Test(arguments: ["", "234567", "234567PP", "234567P\n", "234567P\u{301}", "２34567P"])
  func otherTextsAreRefused(typed: String) { #expect(KitCode(typed) == nil) }

  @Test func lettersThatBecomeOthersAsCapitalsAreRefused() throws {
    // U+017F, the long s, and U+00DF, the sharp s, have S and SS as capitals.
    let code = try #require(KitCodeTests.codes.first { $0.text.contains("S") })
    #expect(KitCode(code.text.replacing("S", with: "\u{17F}")) == nil)
    for values in [[24, 24, 0, 1, 2, 3], [0, 24, 24, 1, 2, 3]] {
      let doubled = KitCode(values: values)
      #expect(doubled.text.contains("SS"))
      #expect(KitCode(doubled.text.replacing("SS", with: "\u{DF}")) == nil)
    }
  }
}
