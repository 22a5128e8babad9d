package import BlindRecord
import LabelPhotograph
import LocalWeb
import TrialJournal

/// The code at the dose by camera: a photograph is read, and the same form comes back with the code in it.
///
/// Nothing is recorded by it and nothing is kept of it; what was filled in already stays in the form.
extension TrialSite {
  /// Where the form goes with a photograph.
  static let photographPath = "/check-in/photograph"

  /// The most bytes of a form: one with a photograph where who packed alone reads a code at the dose.
  ///
  /// Of one that is too large the fields are kept without the photograph, and answered with the form.
  package static func mostBytes(of manifest: Manifest) -> Int {
    mostBytes + (manifest.packing?.isAlone == true ? LocalServer.photograph : 0)
  }

  /// The form with the code that is in its photograph, and what is wrong with that, as with a typed one.
  func photograph(_ request: WebRequest) async throws -> WebResponse {
    let seal = try sealAgain(request)
    var view = try await view(for: request.visitor)
    guard view.isPackedAlone, let slot = request.fields["slot"] else { return pages.missing }
    var (fields, fault): ([String: String], String?) = (request.fields, nil)
    do {
      fields[CheckInPage.kit] = try await code(in: request)
      // Reading takes a while, and something may have been recorded meanwhile.
      view = try await self.view(for: request.visitor)
    } catch let refusal as any Refusal {
      fault = refusal.sentences
    }
    guard let row = view.row(slot) else { return pages.missing }
    let refused = fields["kept"] == nil ? view.refusal(of: row) : nil
    if refused == nil, fault == nil { fault = kitFault(fields, row, view) }
    return CheckInPage(
      pages: pages, view: view, row: row, seal: seal, fields: fields,
      faults: fault.map { [CheckInPage.kit: $0] } ?? [:], error: refused,
      isRead: refused == nil && fault == nil
    ).response
  }

  private func code(in request: WebRequest) async throws -> String {
    guard let file = request.file, !file.isEmpty else {
      throw FormatError("photograph", found: "none", expected: "one that is chosen or taken first")
    }
    let text = try await reader.code(in: file, leftOut: request.leftOut)
    guard KitCode(text) != nil else {
      throw FormatError("photograph", found: "another code", expected: "that of a kit's label")
    }
    return text
  }
}
