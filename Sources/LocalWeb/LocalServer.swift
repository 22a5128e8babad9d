import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore

/// Serves one site to this machine, or to the home network, until the program is stopped.
///
/// The site is a function from a request to an answer; everything that guards it is here: the gate,
/// the limit on uploads, the headers that forbid scripts, frames and requests to anywhere else. Nothing
/// is logged. It speaks TLS where a certificate is given. Without one anybody on the network can read along,
/// so on a network of strangers it must not be opened.
package struct LocalServer: Sendable {
  /// The most bytes that are kept of a form with a photograph: one of 20 MB, and its fields.
  package static let photograph = photographAlone + 200_000
  /// The most bytes of a photograph that are kept; of a larger one nothing is read but the form around it.
  package static let photographAlone = 20_000_000
  /// The most that is read of a form that is too large, so that the browser gets to see the answer.
  static let mostDrained = 400_000_000

  /// Where it listens.
  package enum Reach: Sendable, Equatable {
    /// This machine alone.
    case loopback
    /// Every network that this machine is in.
    case homeNetwork
  }

  /// What a page may load where the site has files of its own: those, and nothing from elsewhere.
  private static let ownFiles =
    "script-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; img-src 'self'; "

  /// What the site answers.
  package typealias Site = @Sendable (WebRequest) async -> WebResponse

  private let reach: Reach
  private let port: Int
  private let gate: Gate
  private let frame: PageFrame
  private let mostBytes: Int
  private let certificate: ServerCertificate?
  private let site: Site

  /// A server for a site.
  ///
  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - frame: how the pages look, for the pages that the server answers with itself.
  ///   - mostBytes: the most bytes that are kept of a form.
  ///   - certificate: with one, everything is https.
  package init(
    reach: Reach, port: Int, gate: Gate, frame: PageFrame, mostBytes: Int = photograph,
    certificate: ServerCertificate? = nil, site: @escaping Site
  ) {
    self.certificate = certificate
    self.mostBytes = mostBytes
    self.reach = reach
    self.port = port
    self.gate = gate
    self.frame = frame
    self.site = site
  }

  /// Serves until SIGINT or SIGTERM.
  ///
  /// - Parameter ready: is told the port once it listens.
  /// - Throws: `LocalServerError.portTaken`, or what the system says.
  package func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    let bound = PortBox()
    var quiet = Logger(label: "selfblind") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    let transport: HTTPServerBuilder =
      if let certificate {
        try .tls(.http1(), tlsConfiguration: certificate.configuration)
      } else {
        .http1()
      }
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        await self.answer(request, port: bound.value)
      }, server: transport,
      configuration: ApplicationConfiguration(
        address: .hostname(reach == .loopback ? "127.0.0.1" : "0.0.0.0", port: port)),
      onServerRunning: { channel in
        bound.value = channel.localAddress?.port ?? self.port
        ready(bound.value)
      }, logger: quiet)
    do {
      try await application.runService()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw LocalServerError.portTaken(port)
    }
  }

  // MARK: One request

  private func answer(_ request: Request, port: Int) async -> Response {
    let host = request.head.authority ?? ""
    guard Gate.isOwn(host, port: port, certified: certificate?.name) else {
      return sent(frame.refusal(.wrongAddress, status: .forbidden))
    }
    let (path, method) = (request.uri.path, request.method)
    if path == PageFrame.stylePath, method == .get {
      return sent(
        WebResponse(
          status: .ok, contentType: "text/css; charset=utf-8", body: Array(frame.style.utf8)))
    }
    if let file = frame.files[path], method == .get { return sent(file) }
    guard method == .get || method == .post else {
      return sent(frame.refusal(.wrongMethod, status: .methodNotAllowed))
    }
    do {
      let form =
        method == .get
        ? try FormBody(query: request.uri.query ?? "") : try await body(of: request)
      let fetchSite = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
      guard let visitor = gate.visitor(cookie: cookie(of: request)) else {
        // A page of another site must not use up the tries: a picture in it is enough to ask.
        let isForeign = fetchSite == "cross-site" || fetchSite == "same-site"
        return admit(path: isForeign ? "/" : path, form: form)
      }
      if method == .post {
        guard
          Gate.takes(
            form, of: visitor, origin: request.headers[.origin], site: fetchSite, host: host,
            scheme: certificate == nil ? "http" : "https")
        else { return sent(frame.refusal(.oldForm, status: .forbidden)) }
      } else if path == PageFrame.pairPath {
        return sent(.redirect(to: "/"))
      }
      return sent(
        await site(
          WebRequest(
            method == .get ? .get : .post, path, fields: form.fields, file: form.file,
            leftOut: form.leftOut, visitor: visitor)))
    } catch FormError.tooLarge {
      return sent(frame.refusal(.tooLarge, status: .tooLarge))
    } catch {
      return sent(frame.refusal(.malformed, status: .badRequest))
    }
  }

  /// The form in a request, read to its end even where it is refused.
  private func body(of request: Request) async throws -> FormBody {
    var body = KeptBody(mostBytes: mostBytes)
    for try await buffer in request.body {
      body.take(buffer.readableBytesView)
      guard body.count <= LocalServer.mostDrained else { throw FormError.tooLarge }
    }
    let (bytes, gap) = body.content
    return try FormBody(bytes, contentType: request.headers[.contentType] ?? "", gap: gap)
  }

  /// The pairing page, and what it sends.
  ///
  /// It says in a header what it is, for a script that asked for another page.
  private func admit(path: String, form: FormBody) -> Response {
    guard path == PageFrame.pairPath, let typed = form.fields["code"] else {
      var page = sent(frame.pairing(wrong: false))
      if let name = HTTPField.Name("X-Pairing") { page.headers[name] = "wanted" }
      return page
    }
    switch try? gate.pair(typed) {
    case .admitted(let cookie):
      var response = sent(.redirect(to: "/"))
      let secure = certificate == nil ? "" : "; Secure"
      response.headers[.setCookie] =
        "\(frame.cookieName)=\(cookie); Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000\(secure)"
      return response
    case .refused: return sent(frame.pairing(wrong: true))
    case .closed: return sent(frame.refusal(.closed, status: .forbidden))
    case nil: return sent(frame.refusal(.malformed, status: .serverError))
    }
  }

  private func cookie(of request: Request) -> String? {
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let sides = pair.trimmed.split(separator: "=", maxSplits: 1)
        if sides.count == 2, sides[0] == frame.cookieName { return String(sides[1]) }
      }
    }
    return nil
  }

  /// An answer with the headers that every page has.
  private func sent(_ answer: WebResponse) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.contentType
    headers[.cacheControl] = "no-store"
    let style = answer.styleDigest.map { "'\($0)'" } ?? "'self'"
    let own = frame.files.isEmpty ? "" : LocalServer.ownFiles
    headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src \(style); \(own)form-action 'self'; base-uri 'none'; "
      + "frame-ancestors 'none'"
    headers[.xContentTypeOptions] = "nosniff"
    let others = [
      "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex",
    ]
    for (name, value) in others {
      if let field = HTTPField.Name(name) { headers[field] = value }
    }
    if let location = answer.location { headers[.location] = location }
    return Response(
      status: .init(code: answer.status.rawValue), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}
