import BlindRecord
import LabelPhotograph
import Testing
import TrialKits
import TrialTestSupport

@Suite struct LabelTests {
  /// Codes that follow from a number, none twice.
  static func codes(_ count: Int) -> [String] {
    (0..<count).map { n in
      KitCode(values: [n % 31, n / 31 % 31, 7, (n * 17) % 31, (n * 5 + 3) % 31, 30 - n % 31]).text
    }
  }

  // What the makers print on the packets: margins left and top in mm, from their templates.
  @Test(arguments: [
    ("L7160", 21, 7_250, 15_150), ("L7651", 65, 4_750, 10_700), ("L4732", 80, 11_000, 13_300),
    ("L4731", 189, 8_600, 13_500), ("5160", 30, 4_762, 12_700), ("5167", 80, 7_143, 12_700),
    ("a4", 55, 15_000, 16_500), ("letter", 50, 17_950, 19_700),
  ])
  func sheetHasItsDimensions(_ name: String, _ count: Int, _ left: Int, _ top: Int) throws {
    let format = try LabelFormat(named: name)
    #expect(format.count == count)
    #expect(format.left == left)
    #expect(format.top == top)
  }

  @Test(arguments: LabelFormat.all)
  func labelsLieOnThePaperAndNotOnEachOther(_ format: LabelFormat) {
    var corners: Set<[Int]> = []
    for place in 0..<format.count {
      let corner = format.corner(of: place)
      #expect(corner.x >= 0 && corner.x + format.width <= format.paper.width)
      #expect(corner.y >= 0 && corner.y + format.height <= format.paper.height)
      corners.insert([corner.x, corner.y])
    }
    #expect(corners.count == format.count)
    #expect(format.step >= format.width)
  }

  @Test func sheetIsChosenByTheNumberOnThePacket() throws {
    #expect(try LabelFormat(named: "Avery Zweckform l4731").name == "L4731")
    #expect(throws: LabelError.unknownFormat("L9999")) { try LabelFormat(named: "L9999") }
    #expect(throws: LabelError.unknownFormat("")) { try LabelFormat(named: "") }
  }

  @Test func sentences() {
    #expect(
      LabelError.unknownFormat("L9999").message
        == "sheet of labels: found \"L9999\", expected L7160, L7651, L4732, L4731, 5160, 5167, a4, letter"
    )
    #expect(
      LabelError.shiftTooFar(tenths: -63).message
        == "shift of the print: found -6.3 mm, expected -5 to 5 mm")
    #expect(
      LabelError.notEncodable(length: 0).message
        == "a label: found a text of 0 bytes, expected 1 to 2000 bytes without a NUL")
  }

  @Test func everyCodeIsReadBack() throws {
    for code in LabelTests.codes(150) {
      let matrix = try QRMatrix(code)
      // The smallest there is, with nearly a third of it to spare.
      #expect(matrix.width == 21)
      #expect(try Photograph(PictureFile.png(of: matrix, scale: 4)).code() == code)
    }
  }

  @Test func whatNoCodeHoldsIsRefused() {
    #expect(throws: LabelError.notEncodable(length: 0)) { try QRMatrix("") }
    #expect(throws: LabelError.notEncodable(length: 3)) { try QRMatrix("a\0b") }
    #expect(throws: LabelError.notEncodable(length: 2_001)) {
      try QRMatrix(String(repeating: "A", count: 2_001))
    }
  }

  @Test func pathIsTheSquares() throws {
    let matrix = try QRMatrix("7GQ2MXK")
    var drawn = [Bool](repeating: false, count: matrix.squares.count)
    for run in matrix.path.split(separator: "z") {
      let part = try #require(run.wholeMatch(of: #/M(\d+) (\d+)h(\d+)v1H(\d+)/#))
      let (left, top) = (try #require(Int(part.1)), try #require(Int(part.2)))
      #expect(part.1 == part.4)
      for column in left..<(left + (try #require(Int(part.3)))) {
        drawn[(top - 4) * matrix.width + column - 4] = true
      }
    }
    #expect(drawn == matrix.squares)
  }

  @Test func sheetsHoldEachLabelOnceInTheOrderGiven() throws {
    let codes = LabelTests.codes(70)
    let format = try LabelFormat(named: "L7651")
    let sheets = try LabelSheets(
      codes.map { LabelSheets.Label(scanned: $0, typed: $0) }, on: format, skipping: 60)
    #expect(sheets.pages.count == 2)
    let printed = sheets.html.matches(of: #/<code><span>(\w+)</span></code>/#).map {
      String($0.1)
    }
    #expect(printed == codes)
    #expect(sheets.pages[0].contains("<div class=\"label c0 r12\">"))
    #expect(!sheets.pages[0].contains("r11"))
    #expect(sheets.pages[1].contains("<div class=\"label c0 r0\">"))
  }

  // What differs from sheet to sheet is the codes, and nothing else.
  @Test func labelSaysNothingButItsCode() throws {
    let format = try LabelFormat(named: "L4731")
    func rest(_ codes: [String]) throws -> String {
      let sheets = try LabelSheets(
        codes.map { LabelSheets.Label(scanned: $0, typed: $0) }, on: format)
      var html = sheets.html.replacing(#/<path d="[^"]*"/#, with: "")
      for code in codes { html = html.replacing(code, with: "") }
      return html
    }
    let codes = LabelTests.codes(60)
    #expect(try rest(Array(codes.prefix(30))) == rest(Array(codes.suffix(30))))
    #expect(try rest(Array(codes.prefix(30))) == rest(Array(codes.prefix(30).reversed())))
  }

  @Test func labelWithoutTextHasNone() throws {
    let sheets = try LabelSheets(
      [LabelSheets.Label(scanned: "7GQ2MXK", typed: nil)], on: LabelFormat(named: "L4731"))
    #expect(!sheets.html.contains("7GQ2MXK"))
    #expect(!sheets.html.contains("<code>"))
  }

  @Test func shiftMovesEveryLabel() throws {
    let format = try LabelFormat(named: "L7160")
    let shift = try LabelSheets.Shift(right: 12, down: -5)
    let style = LabelSheets.style(of: format, shift: shift)
    #expect(style.contains(".c0 { left: 8.45mm; }"))
    #expect(style.contains(".r6 { top: 243.25mm; }"))
    #expect(LabelSheets.style(of: format, shift: .none).contains(".c0 { left: 7.25mm; }"))
    #expect(throws: LabelError.shiftTooFar(tenths: 51)) {
      try LabelSheets.Shift(right: 0, down: 51)
    }
  }

  @Test func calibrationPageHasEveryOutlineAndNoCode() throws {
    for format in LabelFormat.all {
      let page = LabelSheets.calibration(of: format)
      #expect(page.matches(of: #/class="label[^"]* outline"/#).count == format.count)
      #expect(!page.contains("<code>"))
    }
  }
}
