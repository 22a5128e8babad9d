import BlindRecord
import LocalWeb
import TrialKits

/// How labels are to be printed, as the form of the labels' page says it.
struct SheetWish {
  let format: LabelFormat
  let shift: LabelSheets.Shift
  /// Places of the first sheet that are used up.
  let skipping: Int
  /// Whether the code stands beside the QR code, to be typed.
  let withText: Bool

  /// Reads the form; what is left out is the usual.
  ///
  /// - Throws: `LabelError` for an unknown sheet and for numbers that are none or too large.
  init(_ fields: [String: String]) throws(LabelError) {
    let format = try LabelFormat(named: fields["format"] ?? "L4731")
    shift = try LabelSheets.Shift(
      right: SheetWish.tenths(fields["right"]), down: SheetWish.tenths(fields["down"]))
    let first = fields["first"] ?? ""
    guard let place = first.isEmpty ? 1 : Int(first), (1...format.count).contains(place) else {
      throw .noSuchPlace(String(first.prefix(20)), count: format.count)
    }
    self.format = format
    skipping = place - 1
    withText = fields["text"] != "no"
  }

  /// Millimetres with at most one decimal, as tenths; a comma is as good as a point.
  private static func tenths(_ text: String?) throws(LabelError) -> Int {
    guard let text, !text.isEmpty else { return 0 }
    guard let match = text.wholeMatch(of: #/\s*([-+−]?)(\d{1,3})(?:[.,](\d))?\s*/#),
      let whole = Int(match.2), let tenth = Int(match.3 ?? "0")
    else { throw .noLength(String(text.prefix(20))) }
    return (match.1 == "-" || match.1 == "−" ? -1 : 1) * (10 * whole + tenth)
  }
}

extension SheetWish {
  /// The sheets of labels that a request wishes, ready to be printed.
  ///
  /// - Parameter codes: gives them in the order of this one printing.
  static func sheet(
    _ request: WebRequest, _ frame: PageFrame, _ codes: () throws -> [KitCode]
  ) -> WebResponse {
    do {
      let wish = try SheetWish(request.fields)
      let sheets = try LabelSheets(
        codes().map { LabelSheets.Label($0, withText: wish.withText) }, on: wish.format,
        shift: wish.shift, skipping: wish.skipping)
      return .document(
        sheets.html, style: LabelSheets.style(of: wish.format, shift: wish.shift))
    } catch {
      return .page(frame.refusal(Notice(error)), status: .badRequest)
    }
  }

  /// The calibration page that a request wishes.
  static func calibration(_ request: WebRequest, _ frame: PageFrame) -> WebResponse {
    do throws(LabelError) {
      let wish = try SheetWish(request.fields)
      return .document(
        LabelSheets.calibration(of: wish.format, shift: wish.shift),
        style: LabelSheets.style(of: wish.format, shift: wish.shift))
    } catch {
      return .page(frame.refusal(Notice(error)), status: .badRequest)
    }
  }
}
