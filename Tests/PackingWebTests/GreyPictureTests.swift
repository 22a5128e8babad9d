import Testing
import TrialKits
import TrialTestSupport

@testable import LabelPhotograph

@Suite struct GreyPictureTests {
  /// Pixels that follow from a seed.
  static func picture(width: Int, height: Int, seed: Int) -> GreyPicture {
    var random = SplitMix(seed: seed)
    let pixels = (0..<(width * height)).map { _ in UInt8(random.below(256)) }
    return GreyPicture(width: width, height: height, pixels: pixels)
  }

  /// The sum of the pixels that lie at most so far from one, to every side.
  static func sum(_ picture: GreyPicture, _ row: Int, _ column: Int, reach: Int) -> Int {
    var sum = 0
    for y in (row - reach)...(row + reach) {
      for x in (column - reach)...(column + reach) {
        sum += Int(picture.pixels[y * picture.width + x])
      }
    }
    return sum
  }

  // The sums that are carried from pixel to pixel are those of the definition.
  @Test(arguments: [(1, 3, 3), (1, 9, 4), (3, 20, 13), (5, 11, 30), (5, 37, 24)])
  func steeperEdgesAreTheirDefinition(_ reach: Int, _ width: Int, _ height: Int) {
    let picture = GreyPictureTests.picture(width: width, height: height, seed: width)
    let side = 2 * reach + 1
    var expected = picture.pixels.map(Int.init)
    for row in reach..<(height - reach) {
      for column in reach..<(width - reach) {
        let place = row * width + column
        let sum = GreyPictureTests.sum(picture, row, column, reach: reach)
        expected[place] = max(0, min(255, 6 * expected[place] - 5 * sum / (side * side)))
      }
    }
    let found = picture.sharpened(reach: reach)
    #expect(found.width == width && found.height == height)
    #expect(found.pixels.map(Int.init) == expected)
  }

  @Test func pictureSmallerThanTheSquareStaysAsItIs() {
    for (width, height) in [(6, 40), (40, 6), (1, 1)] {
      let picture = GreyPictureTests.picture(width: width, height: height, seed: 3)
      #expect(picture.sharpened(reach: 3).pixels == picture.pixels)
    }
  }

  @Test func halfIsTheMeanOfFour() throws {
    let picture = GreyPicture(
      width: 5, height: 3, pixels: [0, 1, 255, 255, 9, 0, 1, 255, 254, 9, 7, 7, 7, 7, 7])
    let half = try #require(picture.halved)
    #expect(half.width == 2 && half.height == 1)
    #expect(half.pixels == [1, 255])
    #expect(GreyPicture(width: 1, height: 9, pixels: [UInt8](repeating: 0, count: 9)).halved == nil)
  }

  // A hundredth at each end is given up, and the rest is spread evenly.
  @Test func contrastIsStretchedToBothEnds() {
    let pixels: [UInt8] = [3, 250] + (0..<98).map { $0 < 49 ? 100 : $0 < 97 ? 150 : 110 }
    let stretched = GreyPicture(width: 10, height: 10, pixels: pixels).stretched
    #expect(stretched.pixels == [0, 255] + (0..<98).map { $0 < 49 ? 0 : $0 < 97 ? 255 : 51 })
  }

  /// A code on white paper, eight pixels to a square, seen by a lens that is out of focus: the mean of 11 by
  /// 11 pixels twice, as wide as a bell of 0.56 squares.
  static func blurred(_ matrix: QRMatrix, side: Int) -> [UInt8] {
    let (scale, reach, quiet) = (8, 5, QRMatrix.quietZone)
    let width = (matrix.width + 2 * quiet) * scale
    var patch = [Int](repeating: 220, count: width * width)
    for row in 0..<(matrix.width * scale) {
      for column in 0..<(matrix.width * scale) where matrix[row / scale, column / scale] {
        patch[(row + quiet * scale) * width + column + quiet * scale] = 25
      }
    }
    for step in [1, width, 1, width] {
      let before = patch
      // Its margin is white, and wider than what two means reach.
      for place in (reach * width + reach)..<(width * width - reach * width - reach) {
        var sum = 0
        for away in -reach...reach { sum += before[place + away * step] }
        patch[place] = sum / (2 * reach + 1)
      }
    }
    return PictureFile.png(width: side, height: side) { row, column in
      row < width && column < width ? UInt8(patch[row * width + column]) : 220
    }
  }

  // With more contrast before the edges, as dim ones need it, only some of these are read.
  @Test func blurredCodesAreReadInLargePictures() throws {
    let codes = LabelTests.codes(12)
    let read = try codes.filter { code in
      let codes = try Photograph(GreyPictureTests.blurred(try QRMatrix(code), side: 640)).codes
      #expect(codes.isSubset(of: [code]))
      return codes == [code]
    }
    #expect(read.count >= 11, "\(read)")
  }
}
