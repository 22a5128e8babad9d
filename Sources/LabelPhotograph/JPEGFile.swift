import CTurboJPEG

/// The door to libjpeg-turbo: a JPEG's size, and its grey pixels at a chosen scale.
///
/// The size is known, and bounded by the caller, before a pixel is decoded.
final class JPEGFile {
  private let handle: tjhandle
  private let bytes: [UInt8]
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int

  /// Reads the head of a JPEG file.
  ///
  /// - Throws: `PhotographError.damaged` where there is none.
  init(_ bytes: [UInt8]) throws(PhotographError) {
    guard let handle = tjInitDecompress() else { throw .damaged }
    var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let status = tjDecompressHeader3(
      handle, bytes, UInt(bytes.count), &width, &height, &sampling, &space)
    // A warning is about what comes after the head.
    guard status == 0 || tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue),
      width > 0, height > 0
    else {
      tjDestroy(handle)
      throw .damaged
    }
    self.handle = handle
    self.bytes = bytes
    self.width = Int(width)
    self.height = Int(height)
  }

  deinit { tjDestroy(handle) }

  /// The picture at one, a half, a quarter or an eighth of its size, whichever is the largest of at
  /// most so many pixels; an eighth if none is.
  ///
  /// A file that ends too early gives what there is of it: the label may be in that part. A file of
  /// more than 500 progressive scans is refused, since each of them costs a pass over the picture.
  ///
  /// - Throws: `PhotographError.damaged`.
  func grey(atMost pixels: Int) throws(PhotographError) -> GreyPicture {
    var divisor = 1
    while divisor < 8, scaled(width, divisor) * scaled(height, divisor) > pixels { divisor *= 2 }
    let (columns, rows) = (scaled(width, divisor), scaled(height, divisor))
    var output = [UInt8](repeating: 255, count: columns * rows)
    let status = tjDecompress2(
      handle, bytes, UInt(bytes.count), &output, Int32(columns), Int32(columns), Int32(rows),
      Int32(TJPF_GRAY.rawValue), TJFLAG_LIMITSCANS)
    guard status == 0 || tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue) else {
      throw .damaged
    }
    return GreyPicture(width: columns, height: rows, pixels: output)
  }

  /// As libjpeg-turbo rounds.
  private func scaled(_ length: Int, _ divisor: Int) -> Int { (length + divisor - 1) / divisor }
}
