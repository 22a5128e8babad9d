import LabelPhotograph
import Testing
import TrialKits
import TrialTestSupport

@Suite struct PhotographTests {
  static let white = PictureFile.png(width: 300, height: 200) { _, _ in 255 }

  @Test func noPictureIsRefusedByName() {
    let files: [([UInt8], String?)] = [
      ([], "an empty file"), (Array("hello".utf8), nil), ([0xFF, 0xD8], nil),
      ([0, 0, 0, 0x18] + Array("ftypheic".utf8), "a HEIC or AVIF picture"),
      ([0, 0, 0, 0x18] + Array("ftypisom".utf8), "a film"), (Array("GIF89a".utf8), "a GIF"),
      (Array("RIFF1234WEBP".utf8), "a WebP picture"), (Array("%PDF-1.7".utf8), "a PDF"),
    ]
    for (file, kind) in files {
      #expect(throws: PhotographError.notAPhotograph(seems: kind)) { try Photograph(file) }
    }
  }

  @Test func damagedPicturesAreRefused() throws {
    let heads: [[UInt8]] = [
      [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2],
      [0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A],
      PictureFile.pngHead(width: 20, height: 20), Array(PhotographTests.white.dropLast(40)),
    ]
    for head in heads {
      #expect(throws: PhotographError.damaged) { try Photograph(head) }
    }
  }

  // Before a pixel is decoded: each of these would be terabytes.
  @Test func tooManyPixelsAreRefusedByTheirHead() {
    let png = PictureFile.pngHead(width: 900_000, height: 900_000)
    #expect(throws: PhotographError.tooManyPixels(width: 900_000, height: 900_000)) {
      try Photograph(png + PhotographTests.white.dropFirst(33))
    }
    // SOI, then a frame head (T.81, B.2.2) of 65,000 by 65,000 with one component, and a scan.
    let jpeg: [UInt8] =
      [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFD, 0xE8, 0xFD, 0xE8, 1, 1, 0x11, 0]
      + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0]
    #expect(throws: PhotographError.tooManyPixels(width: 65_000, height: 65_000)) {
      try Photograph(jpeg)
    }
  }

  @Test func tooManyBytesAreRefused() {
    #expect(throws: PhotographError.tooManyBytes(20_000_001)) {
      try Photograph([UInt8](repeating: 0xFF, count: 20_000_001))
    }
  }

  @Test func pictureWithoutALabelGivesNoCode() throws {
    let photograph = try Photograph(PhotographTests.white)
    #expect(photograph.codes.isEmpty)
    #expect(throws: PhotographError.noCode) { try photograph.code() }
  }

  @Test func twoLabelsAreTwoMany() throws {
    let (one, other) = (try QRMatrix("7GQ2MXK"), try QRMatrix("Q4TRB2W"))
    func isBlack(_ matrix: QRMatrix, _ row: Int, _ column: Int) -> Bool {
      (0..<21).contains(row) && (0..<21).contains(column) && matrix[row, column]
    }
    let both = PictureFile.png(width: 60 * 5, height: 29 * 5) { row, column in
      let (y, x) = (row / 5 - 4, column / 5 - 4)
      return isBlack(one, y, x) || isBlack(other, y, x - 30) ? 0 : 255
    }
    let photograph = try Photograph(both)
    #expect(photograph.codes == ["7GQ2MXK", "Q4TRB2W"])
    #expect(throws: PhotographError.severalCodes(2)) { try photograph.code() }
  }

  @Test func faintAndLargePicturesAreRead() throws {
    let matrix = try QRMatrix("7GQ2MXK")
    let faint = PictureFile.png(width: 29 * 6, height: 29 * 6) { row, column in
      let (y, x) = (row / 6 - 4, column / 6 - 4)
      return (0..<21).contains(y) && (0..<21).contains(x) && matrix[y, x] ? 100 : 112
    }
    #expect(try Photograph(faint).code() == "7GQ2MXK")
    #expect(try Photograph(PictureFile.png(of: matrix, scale: 50)).code() == "7GQ2MXK")
  }

  @Test func sentences() {
    let said: [(PhotographError, String)] = [
      (.tooManyBytes(20_000_001), "the photograph: found 20.1 MB, expected at most 20 MB"),
      (.tooManyBytes(60_000_000), "the photograph: found 60 MB, expected at most 20 MB"),
      (
        .notAPhotograph(seems: nil),
        "the photograph: found a file that is no picture, expected a JPEG or a PNG"
      ),
      (.notAPhotograph(seems: "a PDF"), "the photograph: found a PDF, expected a JPEG or a PNG"),
      (
        .tooManyPixels(width: 9_000, height: 8_000),
        "the photograph: found 9000 × 8000 pixels, expected at most 64 million"
      ),
      (.damaged, "the photograph: found a damaged picture, expected a whole one"),
      (.noCode, "the photograph: found no label, expected one"),
      (.severalCodes(2), "the photograph: found 2 labels, expected one"),
    ]
    for (error, sentence) in said { #expect(error.message == sentence) }
    #expect(said.allSatisfy { $0.0.hint != nil })
  }

  // A picture that is changed anywhere gives its code, or none, or is refused: never another code.
  @Test func changedBytesNeverGiveAnotherCode() throws {
    let picture = PictureFile.png(of: try QRMatrix("7GQ2MXK"), scale: 3)
    var refused = 0
    for place in stride(from: 0, to: picture.count, by: 53) {
      var other = picture
      other[place] ^= 0x55
      do {
        let codes = try Photograph(other).codes
        #expect(codes.isSubset(of: ["7GQ2MXK"]))
      } catch { refused += 1 }
    }
    #expect(refused > 0)
  }
}
