import CPNG

/// The door to libpng's simplified reader: a PNG's size, and its grey pixels.
///
/// The size is known, and bounded by the caller, before a pixel is decoded.
enum PNGFile {
  /// Reads a PNG file, on white where it is transparent.
  ///
  /// - Parameter accept: is told the size before memory is taken; throws where it is too much.
  /// - Throws: what `accept` throws; `PhotographError.damaged` for a file that cannot be read to its
  ///   end.
  static func grey(
    _ bytes: [UInt8], accept: (_ width: Int, _ height: Int) throws(PhotographError) -> Void
  ) throws(PhotographError) -> GreyPicture {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    // Frees what reading took, also after a failure and more than once.
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else {
      throw .damaged
    }
    let (width, height) = (Int(image.width), Int(image.height))
    try accept(width, height)
    image.format = 0  // one byte of grey for a pixel, neither colour nor transparency
    var white = png_color(red: 255, green: 255, blue: 255)
    var pixels = [UInt8](repeating: 255, count: width * height)
    guard png_image_finish_read(&image, &white, &pixels, Int32(width), nil) != 0 else {
      throw .damaged
    }
    return GreyPicture(width: width, height: height, pixels: pixels)
  }
}
