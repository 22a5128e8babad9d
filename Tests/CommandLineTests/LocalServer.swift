import Foundation

/// A server on 127.0.0.1 that answers every POST of HTTP/1.1 by a function, one after the other.
final class LocalServer: Sendable {
  /// Where it listens.
  let url: String
  private let descriptor: Int32

  /// Starts to listen on a free port.
  ///
  /// - Parameter answer: from the content type and the body; `nil` for the status 500.
  init(_ answer: @escaping @Sendable (String, [UInt8]) -> [UInt8]?) throws {
    struct Failed: Error {}
    #if canImport(Glibc)
      let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let listening = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var count = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listening, $0, count) == 0 && listen(listening, 4) == 0
          && getsockname(listening, $0, &count) == 0
      }
    }
    guard isBound else { throw Failed() }
    descriptor = listening
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/timestamp"
    Thread.detachNewThread {
      while true {
        let connection = accept(listening, nil, nil)
        guard connection >= 0 else { return }
        LocalServer.serve(connection, answer)
        close(connection)
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(2))
    close(descriptor)
  }

  private static func serve(
    _ connection: Int32, _ answer: (String, [UInt8]) -> [UInt8]?
  ) {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    let blank = Data("\r\n\r\n".utf8)
    while true {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      received += buffer[..<count]
      guard let end = Data(received).range(of: blank) else { continue }
      let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
      func field(_ name: String) -> String {
        let line = head.split(separator: "\r\n").first {
          $0.lowercased().hasPrefix(name.lowercased() + ":")
        }
        return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) } ?? ""
      }
      guard received.count - end.upperBound >= Int(field("Content-Length")) ?? 0 else { continue }
      let body = answer(field("Content-Type"), Array(received[end.upperBound...]))
      let status = body == nil ? "500 Internal Server Error" : "200 OK"
      let reply =
        Array(
          "HTTP/1.1 \(status)\r\nContent-Length: \(body?.count ?? 0)\r\nConnection: close\r\n\r\n"
            .utf8) + (body ?? [])
      _ = reply.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
      return
    }
  }
}
