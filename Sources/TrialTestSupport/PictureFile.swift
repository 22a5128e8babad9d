package import TrialKits

/// Picture files for tests, written without any library.
package enum PictureFile {
  /// A PNG of grey pixels, its data stored and not compressed.
  package static func png(width: Int, height: Int, _ pixel: (_ row: Int, _ column: Int) -> UInt8)
    -> [UInt8]
  {
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      for column in 0..<width { rows.append(pixel(row, column)) }
    }
    return [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A] + head(width: width, height: height)
      + chunk("IDAT", stored(rows)) + chunk("IEND", [])
  }

  /// The start of a PNG that says how large it is, and nothing else.
  package static func pngHead(width: Int, height: Int) -> [UInt8] {
    [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A] + head(width: width, height: height)
  }

  /// A QR code with `scale` pixels to a square, black on white.
  package static func png(of matrix: QRMatrix, scale: Int) -> [UInt8] {
    let side = (matrix.width + 2 * QRMatrix.quietZone) * scale
    return png(width: side, height: side) { row, column in
      let (y, x) = (row / scale - QRMatrix.quietZone, column / scale - QRMatrix.quietZone)
      let isInside = (0..<matrix.width).contains(y) && (0..<matrix.width).contains(x)
      return isInside && matrix[y, x] ? 0 : 255
    }
  }

  /// Labels side by side, five pixels to a square.
  package static func png(ofCodes codes: [String]) throws -> [UInt8] {
    let matrices = try codes.map { try QRMatrix($0) }
    return png(width: codes.count * 30 * 5, height: 29 * 5) { row, column in
      let (y, x) = (row / 5 - QRMatrix.quietZone, column / 5 % 30 - QRMatrix.quietZone)
      let matrix = matrices[column / 150]
      let isInside = (0..<matrix.width).contains(y) && (0..<matrix.width).contains(x)
      return isInside && matrix[y, x] ? 0 : 255
    }
  }

  private static func head(width: Int, height: Int) -> [UInt8] {
    chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, 0, 0, 0, 0])
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + content
    return big(UInt32(content.count)) + named + big(crc(named))
  }

  /// RFC 1950 and 1951 with stored blocks.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let count = UInt16(block.count)
      output.append(rest.isEmpty ? 1 : 0)
      for word in [count, ~count] {
        output += [UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8)]
      }
      output += block
    } while !rest.isEmpty
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return output + big(b << 16 | a)
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = ~0
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
