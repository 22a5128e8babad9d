public import BlindRecord

/// Why a photograph gives no code.
public enum PhotographError: Refusal, Equatable {
  /// More bytes than are looked at.
  case tooManyBytes(Int)
  /// Not a picture of a known kind; the kind that it seems to be, if that is known.
  case notAPhotograph(seems: String?)
  /// More pixels than are decoded.
  case tooManyPixels(width: Int, height: Int)
  /// A picture that ends too early or contradicts itself.
  case damaged
  /// No QR code was found.
  case noCode
  /// Different codes were found in one picture.
  case severalCodes(Int)

  /// What was found and what was expected.
  public var message: String {
    switch self {
    case .tooManyBytes(let count):
      "the photograph: found \(PhotographError.megabytes(count)) MB, expected at most "
        + "\(PhotographError.megabytes(Photograph.mostBytes)) MB"
    case .notAPhotograph(let kind):
      "the photograph: found \(kind ?? "a file that is no picture"), expected a JPEG or a PNG"
    case .tooManyPixels(let width, let height):
      "the photograph: found \(width) × \(height) pixels, expected at most "
        + "\(Photograph.mostPixels / 1_000_000) million"
    case .damaged: "the photograph: found a damaged picture, expected a whole one"
    case .noCode: "the photograph: found no label, expected one"
    case .severalCodes(let count): "the photograph: found \(count) labels, expected one"
    }
  }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .tooManyBytes, .tooManyPixels: "take it with fewer pixels; 2 million are plenty"
    case .notAPhotograph: "take the photograph with this page's button, or type the code"
    case .damaged: "take it again, or type the code"
    case .noCode:
      "hold the camera still, a hand's width away, so that the label fills a third of the picture; "
        + "or type the code"
    case .severalCodes: "cover the other labels, or go nearer"
    }
  }

  /// With one decimal where there is one, rounded up: one byte too many is not as many as are allowed.
  private static func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 99_999) / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
