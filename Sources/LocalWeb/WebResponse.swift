import Foundation
import OpenSSLCrypto

/// What is answered.
package struct WebResponse: Sendable, Equatable {
  /// How the request ended, as far as these pages need to say.
  package enum Status: Int, Sendable {
    case ok = 200
    case seeOther = 303
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case conflict = 409
    case tooLarge = 413
    case unprocessable = 422
    case serverError = 500
  }

  /// How it ended.
  package var status: Status
  /// The kind of the body.
  package var contentType: String
  /// The body.
  package var body: [UInt8]
  /// Where the browser goes next, after a form.
  package var location: String?
  /// The digest of the one `<style>` in the page, `sha256-…`; `nil` where the styles are the site's.
  package var styleDigest: String?

  /// A page.
  package static func page(_ page: Markup, status: Status = .ok) -> WebResponse {
    WebResponse(
      status: status, contentType: "text/html; charset=utf-8", body: Array(page.html.utf8))
  }

  /// A finished file of HTML, whose one style sheet is given as it stands in the file.
  package static func document(_ html: String, style: String) -> WebResponse {
    let digest = Data(sha256(Array(style.utf8))).base64EncodedString()
    return WebResponse(
      status: .ok, contentType: "text/html; charset=utf-8", body: Array(html.utf8),
      styleDigest: "sha256-\(digest)")
  }

  /// A file of a kind, as it stands.
  package static func file(_ bytes: [UInt8], type: String) -> WebResponse {
    WebResponse(status: .ok, contentType: type, body: bytes)
  }

  /// To another page of this site, with a request that changes nothing.
  package static func redirect(to path: String) -> WebResponse {
    WebResponse(
      status: .seeOther, contentType: "text/plain; charset=utf-8", body: [], location: path)
  }
}
