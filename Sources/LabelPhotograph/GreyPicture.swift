/// Pixels from black (0) to white (255), row by row.
struct GreyPicture: Sendable {
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// `width * height` values.
  let pixels: [UInt8]

  /// The picture at half the size, each pixel the mean of four; an odd last row or column is left out.
  ///
  /// Returns `nil` where less than one pixel would be left.
  var halved: GreyPicture? {
    let (columns, rows) = (width / 2, height / 2)
    guard columns > 0, rows > 0 else { return nil }
    let half = [UInt8](unsafeUninitializedCapacity: columns * rows) { output, count in
      pixels.withUnsafeBufferPointer { input in
        var place = 0
        for row in 0..<rows {
          var above = 2 * row * width
          for _ in 0..<columns {
            let below = above + width
            let sum =
              UInt16(input[above]) + UInt16(input[above + 1]) + UInt16(input[below])
              + UInt16(input[below + 1])
            output[place] = UInt8(truncatingIfNeeded: (sum + 2) / 4)
            place += 1
            above += 2
          }
        }
      }
      count = columns * rows
    }
    return GreyPicture(width: columns, height: rows, pixels: half)
  }

  /// The same picture with the darkest hundredth black and the lightest hundredth white.
  var stretched: GreyPicture {
    var counts = [Int](repeating: 0, count: 256)
    for pixel in pixels { counts[Int(pixel)] += 1 }
    let share = pixels.count / 100
    var (low, high, below, above) = (0, 255, counts[0], counts[255])
    while low < 254, below <= share {
      low += 1
      below += counts[low]
    }
    while high > low + 1, above <= share {
      high -= 1
      above += counts[high]
    }
    let table = (0...255).map { value in
      UInt8(max(0, min(255, (value - low) * 255 / (high - low))))
    }
    return GreyPicture(width: width, height: height, pixels: pixels.map { table[Int($0)] })
  }

  /// The same picture with its edges steeper: five times what a pixel differs from the mean of the
  /// square around it is added to it, which undoes a hand that was not still.
  ///
  /// The square reaches so many pixels to every side, at least one. As many at the edge of the
  /// picture stay as they are; pictures smaller than the square are returned unchanged.
  func sharpened(reach: Int) -> GreyPicture {
    let side = 2 * reach + 1
    guard width >= side, height >= side else { return self }
    var output = pixels
    // For each column, the sum of the rows within reach of the present one.
    var sums = [Int32](repeating: 0, count: width)
    pixels.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<height {
            for column in 0..<width {
              sums[column] += Int32(input[row * width + column])
              if row >= side { sums[column] -= Int32(input[(row - side) * width + column]) }
            }
            guard row >= side - 1 else { continue }
            let line = (row - reach) * width
            var sum: Int32 = 0
            for column in 0..<width {
              sum += sums[column]
              if column >= side { sum -= sums[column - side] }
              guard column >= side - 1 else { continue }
              let place = line + column - reach
              let pixel = Int32(input[place])
              let steep = 6 * pixel - 5 * sum / Int32(side * side)
              output[place] = UInt8(max(0, min(255, steep)))
            }
          }
        }
      }
    }
    return GreyPicture(width: width, height: height, pixels: output)
  }
}
