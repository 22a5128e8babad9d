/// A photograph of a label, as a phone or a scanner makes it, and the code in it.
///
/// Reading takes bounded memory: at most `mostPixels` bytes for the picture and, for the worst kind of
/// JPEG, six bytes for each of its pixels while it is decoded. Which way up it was taken does not
/// matter, so nothing but the pixels is read of the file. Nothing is kept of it.
public struct Photograph: Sendable {
  /// The most bytes that a file may have.
  public static let mostBytes = 20_000_000
  /// The most pixels that a picture may have.
  public static let mostPixels = 64_000_000
  /// The most pixels that are searched at once; larger JPEGs are decoded at a half or less.
  static let searchedPixels = 16_000_000
  /// The most pixels that are made clearer before they are searched once more.
  static let clearedPixels = 4_000_000
  /// Enough for most photographs, and searched first.
  static let quickPixels = 3_500_000

  /// The different texts of the QR codes that were found.
  public let codes: Set<String>

  /// Looks for QR codes in a file, first quickly, then at other scales, then with steeper edges and more contrast.
  ///
  /// - Throws: `PhotographError.tooManyBytes`, `.notAPhotograph`, `.tooManyPixels`, `.damaged`.
  public init(_ bytes: [UInt8]) throws(PhotographError) {
    guard bytes.count <= Photograph.mostBytes else { throw .tooManyBytes(bytes.count) }
    guard let scanner = QRScanner() else { throw .damaged }
    switch PictureKind(bytes) {
    case .jpeg:
      let file = try JPEGFile(bytes)
      try Photograph.accept(width: file.width, height: file.height)
      let quick = try file.grey(atMost: Photograph.quickPixels)
      let found = scanner.codes(in: quick)
      guard found.isEmpty else {
        codes = found
        return
      }
      let whole = try file.grey(atMost: Photograph.searchedPixels)
      codes = Photograph.search(whole, scanner, sparing: quick)
    case .png:
      let whole = try PNGFile.grey(bytes, accept: Photograph.accept)
      codes = Photograph.search(whole, scanner, sparing: nil)
    case .other(let name): throw .notAPhotograph(seems: name)
    }
  }

  /// The one code in the picture.
  ///
  /// - Throws: `PhotographError.noCode`, `.severalCodes`.
  public func code() throws(PhotographError) -> String {
    guard let code = codes.first else { throw .noCode }
    guard codes.count == 1 else { throw .severalCodes(codes.count) }
    return code
  }

  private static func accept(width: Int, height: Int) throws(PhotographError) {
    guard width > 0, height > 0, width <= mostPixels / height else {
      throw .tooManyPixels(width: width, height: height)
    }
  }

  /// The codes of the first view of the picture that shows any: itself, its halves, and then
  /// each of them made clearer, the small ones first since they take the least time.
  private static func search(
    _ whole: GreyPicture, _ scanner: borrowing QRScanner, sparing: GreyPicture?
  ) -> Set<String> {
    var views: [GreyPicture] = [whole]
    while views.count < 4, let last = views.last, last.width * last.height > 250_000,
      let half = last.halved
    {
      views.append(half)
    }
    for view in views where view.width != sparing?.width {
      let found = scanner.codes(in: view)
      if !found.isEmpty { return found }
    }
    // Among the halves of a larger picture one is always small enough.
    for view in views.reversed() where view.width * view.height <= clearedPixels {
      let found = clearedCodes(in: view, scanner)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The codes of one view with steeper edges, with more contrast, or with both.
  ///
  /// What is blurred is mostly read with steeper edges alone: after more contrast its black has no
  /// room to become darker. What is dim and blurred needs both, and what is faint contrast alone.
  private static func clearedCodes(
    in view: GreyPicture, _ scanner: borrowing QRScanner
  ) -> Set<String> {
    // In a picture of fewer pixels a square of the code has fewer, and so has what blurs it.
    let reach = view.width * view.height < 400_000 ? 3 : 5
    var found = scanner.codes(in: view.sharpened(reach: reach))
    if !found.isEmpty { return found }
    let stretched = view.stretched
    found = scanner.codes(in: stretched)
    if !found.isEmpty { return found }
    return scanner.codes(in: stretched.sharpened(reach: reach))
  }
}
