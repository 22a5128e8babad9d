import Foundation

/// A browser without a face, for the packer's pages: keeps the cookie, fills forms.
struct PageVisitor {
  /// A page and how long it took.
  struct Page {
    let status: Int
    let head: String
    let body: String
    let seconds: Double
  }

  private let port: UInt16
  private var cookie: String?

  /// Lets itself in with the pairing code.
  init(port: UInt16, code: String) throws {
    self.port = port
    let answer = try send("POST", "/pair", "code=\(code)")
    guard
      let line = answer.head.split(separator: "\r\n").first(where: {
        $0.lowercased().hasPrefix("set-cookie: ")
      })
    else { throw HuntFault("the pages let nobody in: \(answer.status)") }
    cookie = String(line.dropFirst(12).prefix { $0 != ";" })
  }

  /// A page.
  func page(_ path: String = "/") throws -> Page { try send("GET", path, nil) }

  /// Sends a form of a page; what that is answered, and the page that follows.
  func post(_ path: String, _ fields: String, from page: Page) throws -> (answer: Page, next: Page)
  {
    var form = fields
    for name in ["form-token", "step"] {
      if let value = page.body.text(after: "name=\"\(name)\" value=\"", before: "\"") {
        form += (form.isEmpty ? "" : "&") + "\(name)=\(value)"
      }
    }
    let answer = try send("POST", path, form)
    guard answer.status == 303 else { throw HuntFault("\(path) was answered \(answer.status)") }
    return (answer, try self.page())
  }

  private func send(_ method: String, _ path: String, _ form: String?) throws -> Page {
    let start = ContinuousClock.now
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw HuntFault("socket: \(errno)") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard isConnected == 0 else { throw HuntFault("connect: \(errno)") }
    var request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
    if let cookie { request += "Cookie: \(cookie)\r\n" }
    if let form {
      request +=
        "Content-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: \(form.utf8.count)\r\n\r\n\(form)"
    } else {
      request += "\r\n"
    }
    let bytes = Array(request.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else {
      throw HuntFault("the request was not taken: \(errno)")
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      received += buffer[..<count]
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard let blank = received.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw HuntFault("no answer to \(method) \(path)")
    }
    let head = String(decoding: received[..<blank.lowerBound], as: UTF8.self)
    let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
    let body = String(decoding: received[blank.upperBound...], as: UTF8.self)
    return Page(status: status, head: head, body: body, seconds: seconds)
  }
}

extension String {
  /// The text between two others.
  func text(after start: String, before end: String) -> String? {
    guard let from = firstRange(of: start) else { return nil }
    let rest = self[from.upperBound...]
    guard let to = rest.firstRange(of: end) else { return nil }
    return String(rest[..<to.lowerBound])
  }
}
