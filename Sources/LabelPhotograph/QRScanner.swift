import CZBar

/// The door to libzbar: the texts of the QR codes in a grey picture.
struct QRScanner: ~Copyable {
  private let scanner: OpaquePointer

  /// Makes a scanner for QR codes alone; `nil` where there is no memory for one.
  init?() {
    guard let made = zbar_image_scanner_create() else { return nil }
    zbar_image_scanner_set_config(made, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
    zbar_image_scanner_set_config(made, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1)
    scanner = made
  }

  deinit { zbar_image_scanner_destroy(scanner) }

  /// The different texts of the codes found, in no order; a code that is no UTF-8 is left out.
  func codes(in picture: GreyPicture) -> Set<String> {
    guard let image = zbar_image_create() else { return [] }
    defer { zbar_image_destroy(image) }
    zbar_image_set_format(image, 0x3030_3859)  // "Y800", one byte of grey for a pixel
    zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
    var codes: Set<String> = []
    picture.pixels.withUnsafeBytes { pixels in
      zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
      defer { zbar_image_set_data(image, nil, 0, nil) }
      guard zbar_scan_image(scanner, image) > 0 else { return }
      var symbol = zbar_image_first_symbol(image)
      while let found = symbol {
        defer { symbol = zbar_symbol_next(found) }
        guard zbar_symbol_get_type(found) == ZBAR_QRCODE,
          let data = zbar_symbol_get_data(found)
        else { continue }
        let length = Int(zbar_symbol_get_data_length(found))
        let text = data.withMemoryRebound(to: UInt8.self, capacity: length) {
          String(validating: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
        }
        if let text { codes.insert(text) }
      }
    }
    return codes
  }
}
