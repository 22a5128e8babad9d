import ChildPrograms
import Foundation

/// One POST, by the program `curl`.
///
/// A client of our own would bring a TLS stack, certificates and proxies into a program that asks
/// the network for one kind of answer, which is signed and needs no TLS to be believed
/// (Documentation/Specifications/witness.md, section 3).
enum Curl {
  /// The largest answer, in bytes; a timestamp has a few thousand.
  static let limit = 1 << 20

  /// Sends bytes and returns the body of the answer.
  ///
  /// - Parameters:
  ///   - type: the content's type.
  ///   - url: an address that begins with `http://` or `https://`.
  /// - Throws: `CommandRefusal` where there is no curl, or no answer.
  static func post(_ bytes: [UInt8], type: String, to url: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("selfblind-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let (body, answer, words, code) = (
      folder.appendingPathComponent("body"), folder.appendingPathComponent("answer"),
      folder.appendingPathComponent("words"), folder.appendingPathComponent("code")
    )
    try Data(bytes).write(to: body)
    // The first option keeps a .curlrc out.
    let call = ProgramCall(
      "curl",
      [
        "-q", "--globoff", "--silent", "--show-error", "--fail", "--max-time", "60",
        "--max-filesize", String(limit), "--proto", "=http,https", "--header",
        "Content-Type: \(type)", "--data-binary", "@\(body.path)", "--output", answer.path,
        "--write-out", "%{http_code}", "--url", url,
      ], output: .file(code.path), errors: .file(words.path))
    let ended = try run(call)
    guard ended == 0 else {
      let said = String(decoding: try Data(contentsOf: words), as: UTF8.self)
      throw noAnswer(shown(said, status: ended))
    }
    let status = String(decoding: try Data(contentsOf: code), as: UTF8.self)
    guard status == "200" else {
      throw noAnswer(
        status.hasPrefix("3")
          ? "it points elsewhere (HTTP status \(status.prefix(3))): give the address it leads to"
          : "HTTP status \(status.prefix(3))")
    }
    let bytes = try GivenFile.read(answer.path)
    guard bytes.count <= limit else { throw noAnswer("more than \(limit >> 20) MiB came back") }
    return bytes
  }

  private static func noAnswer(_ reason: String) -> CommandRefusal {
    CommandRefusal(
      "no answer from the authority: \(reason)",
      hint: "the request is kept; try again, or send it yourself with --request",
      isFaultOfTheSystem: true)
  }

  /// The first line of what curl said, without what could steer a terminal.
  private static func shown(_ words: String, status: Int32) -> String {
    let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let plain = line.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7f }
    return plain.isEmpty
      ? "curl ended with \(status)" : String(String.UnicodeScalarView(plain).prefix(160))
  }

  /// - Returns: the exit status.
  private static func run(_ call: ProgramCall) throws -> Int32 {
    do { return try call.run().status } catch {
      guard error.isMissing else { throw CommandRefusal("\(error)", isFaultOfTheSystem: true) }
      throw CommandRefusal(
        "the program curl is not here",
        hint: "install it, or send the request yourself: see 'selfblind anchor --help'")
    }
  }
}
