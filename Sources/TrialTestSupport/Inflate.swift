/// Decompression of zlib data (RFC 1950 and 1951), for test vectors that are stored compressed.
///
/// Small and plain: the check value at the end is not compared.
enum Inflate {
  /// The plain bytes of a zlib stream, or `nil` if it is not one.
  static func zlib(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 2, bytes[0] & 15 == 8 else { return nil }
    var reader = BitReader(bytes: bytes, position: 2)
    var output: [UInt8] = []
    while true {
      guard let isLast = reader.bits(1), let kind = reader.bits(2) else { return nil }
      switch kind {
      case 0:
        guard let stored = reader.storedBlock() else { return nil }
        output += stored
      case 1, 2:
        guard let codes = kind == 1 ? fixedCodes : dynamicCodes(&reader),
          block(codes, &reader, &output)
        else { return nil }
      default: return nil
      }
      if isLast == 1 { return output }
    }
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let codeOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private typealias Codes = (symbols: HuffmanCode, distances: HuffmanCode)

  private static let fixedCodes: Codes? = {
    let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    return (HuffmanCode(lengths), HuffmanCode([Int](repeating: 5, count: 30)))
  }()

  /// RFC 1951, section 3.2.7.
  private static func dynamicCodes(_ reader: inout BitReader) -> Codes? {
    guard let symbols = reader.bits(5), let distances = reader.bits(5), let count = reader.bits(4)
    else { return nil }
    var lengthLengths = [Int](repeating: 0, count: 19)
    for index in 0..<(count + 4) {
      guard let length = reader.bits(3) else { return nil }
      lengthLengths[codeOrder[index]] = length
    }
    let code = HuffmanCode(lengthLengths)
    var lengths: [Int] = []
    while lengths.count < symbols + distances + 258 {
      guard let symbol = code.symbol(&reader) else { return nil }
      switch symbol {
      case 0..<16: lengths.append(symbol)
      case 16:
        guard let more = reader.bits(2), let last = lengths.last else { return nil }
        lengths += [Int](repeating: last, count: 3 + more)
      case 17:
        guard let more = reader.bits(3) else { return nil }
        lengths += [Int](repeating: 0, count: 3 + more)
      default:
        guard let more = reader.bits(7) else { return nil }
        lengths += [Int](repeating: 0, count: 11 + more)
      }
    }
    let cut = symbols + 257
    return (HuffmanCode(Array(lengths[..<cut])), HuffmanCode(Array(lengths[cut...])))
  }

  /// RFC 1951, section 3.2.3: one block's literals and copies.
  private static func block(
    _ codes: Codes, _ reader: inout BitReader, _ output: inout [UInt8]
  ) -> Bool {
    while let symbol = codes.symbols.symbol(&reader) {
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol - 257 < lengthBases.count, let more = reader.bits(lengthBits[symbol - 257]),
        let code = codes.distances.symbol(&reader), code < distanceBases.count,
        let further = reader.bits(max(0, code / 2 - 1))
      else { return false }
      var left = lengthBases[symbol - 257] + more
      let distance = distanceBases[code] + further
      guard distance <= output.count else { return false }
      // A copy may reach into itself: what was copied so far is copied again.
      let start = output.count - distance
      while left > 0 {
        let piece = Array(output[start..<min(start + left, output.count)])
        output += piece
        left -= piece.count
      }
    }
    return false
  }
}

/// Bits of a byte string, least significant first.
private struct BitReader {
  let bytes: [UInt8]
  private var position: Int
  private var bit = 0

  init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  mutating func bits(_ count: Int) -> Int? {
    var value = 0
    for index in 0..<count {
      guard position < bytes.count else { return nil }
      value |= Int(bytes[position] >> UInt8(bit) & 1) << index
      bit += 1
      if bit == 8 {
        bit = 0
        position += 1
      }
    }
    return value
  }

  /// RFC 1951, section 3.2.4.
  mutating func storedBlock() -> ArraySlice<UInt8>? {
    if bit > 0 {
      bit = 0
      position += 1
    }
    guard let count = bits(16), bits(16) == ~count & 0xffff, position + count <= bytes.count
    else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }
}

/// A canonical Huffman code (RFC 1951, section 3.2.2), read bit by bit.
private struct HuffmanCode {
  private var counts = [Int](repeating: 0, count: 16)
  private var symbols: [Int] = []

  init(_ lengths: [Int]) {
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    for length in 1...15 {
      symbols += lengths.indices.filter { lengths[$0] == length }
    }
  }

  func symbol(_ reader: inout BitReader) -> Int? {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      guard let bit = reader.bits(1) else { return nil }
      code |= bit
      let count = counts[length]
      if code - first < count { return symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }
}
