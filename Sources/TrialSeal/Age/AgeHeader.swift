import OpenSSLCrypto

/// The text at the beginning of a file (age-encryption.org/v1, "Header"): who may open it.
///
/// ```
/// age-encryption.org/v1
/// -> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc
/// hjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE
/// --- WyJp9F/9FOZh7gJdheq2WIJcwHgYc8NIVh3ddwhrcNg
/// ```
struct AgeHeader {
  static let version = "age-encryption.org/v1"

  private static let dashes = "---"
  private static let newline = UInt8(ascii: "\n")

  /// The stanzas, at least one.
  let stanzas: [AgeStanza]
  /// Where the payload begins.
  let end: Int

  private let mac: [UInt8]
  private let authenticated: [UInt8]

  /// More recipients than any file of a trial has, and few enough to be read at once.
  private static let mostRecipients = 1_000

  /// Reads the header of a file strictly: whatever would not be written the same is refused.
  init(_ file: [UInt8]) throws(AgeError) {
    var reader = LineReader(file: file)
    guard try reader.line().elementsEqual(Self.version.utf8) else {
      throw .header("another version line, or this is no age file")
    }
    var stanzas: [AgeStanza] = []
    while true {
      let start = reader.position
      let line = try reader.line()
      if line.starts(with: Self.dashes.utf8) {
        mac = try Self.mac(in: line)
        authenticated = Array(file[..<(start + Self.dashes.utf8.count)])
        break
      }
      guard stanzas.count < Self.mostRecipients else { throw .header("too many recipients") }
      stanzas.append(try Self.stanza(beginning: line, &reader))
    }
    guard !stanzas.isEmpty else { throw .header("no recipient") }
    guard stanzas.count == 1 || !stanzas.contains(where: { $0.type == AgePassphrase.stanzaType })
    else { throw .header("a passphrase among other recipients") }
    self.stanzas = stanzas
    end = reader.position
  }

  /// The header that wraps `fileKey` in some stanzas.
  static func write(_ stanzas: [AgeStanza], fileKey: [UInt8]) throws(AgeError) -> [UInt8] {
    let text = version + "\n" + stanzas.map(\.text).joined() + dashes
    let code = try authenticationCode(of: Array(text.utf8), fileKey: fileKey)
    return Array("\(text) \(AgeStanza.encode(code))\n".utf8)
  }

  /// Whether the header is as the holder of `fileKey` wrote it.
  func isAuthentic(fileKey: [UInt8]) throws(AgeError) -> Bool {
    constantTimeEqual(mac, try Self.authenticationCode(of: authenticated, fileKey: fileKey))
  }

  /// "Header MAC": over everything up to and with the three dashes.
  private static func authenticationCode(
    of text: [UInt8], fileKey: [UInt8]
  ) throws(AgeError) -> [UInt8] {
    var key = try asAgeError { () throws(CryptoError) in
      try hkdfSHA256(ikm: fileKey, info: Array("header".utf8))
    }
    defer { wipe(&key) }
    return hmacSHA256(key: key, text)
  }

  private static func mac(in line: ArraySlice<UInt8>) throws(AgeError) -> [UInt8] {
    let text = String(decoding: line.dropFirst(dashes.utf8.count + 1), as: UTF8.self)
    guard line.starts(with: "\(dashes) ".utf8), let mac = AgeStanza.decode(text),
      mac.count == SHA256.byteCount
    else { throw .header("a last line of another form") }
    return mac
  }

  private static func stanza(
    beginning line: ArraySlice<UInt8>, _ reader: inout LineReader
  ) throws(AgeError) -> AgeStanza {
    guard line.starts(with: "-> ".utf8) else {
      throw .header("a line that begins no recipient")
    }
    let arguments = line.dropFirst(3)
      .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    let isGood = arguments.allSatisfy { argument in
      !argument.isEmpty && argument.allSatisfy { (33...126).contains($0) }
    }
    guard isGood else { throw .header("an empty or unprintable argument") }
    var digits: [UInt8] = []
    while true {
      let line = try reader.line()
      guard line.count <= AgeStanza.columnCount else { throw .header("a long line") }
      digits += line
      if line.count < AgeStanza.columnCount { break }
    }
    guard let body = AgeStanza.decode(String(decoding: digits, as: UTF8.self)) else {
      throw .header("a recipient that is not base64")
    }
    return AgeStanza(
      arguments: arguments.map { String(decoding: $0, as: UTF8.self) }, body: body)
  }

  /// Lines that end in a newline, one after the other.
  private struct LineReader {
    let file: [UInt8]
    private(set) var position = 0

    init(file: [UInt8]) { self.file = file }

    mutating func line() throws(AgeError) -> ArraySlice<UInt8> {
      guard let end = file[position...].firstIndex(of: AgeHeader.newline) else {
        throw .header("no end")
      }
      defer { position = end + 1 }
      return file[position..<end]
    }
  }
}
