import Testing

@testable import LocalWeb

/// A form with a photograph that is too large: its fields are read, whole, and nothing of the photograph.
@Suite struct KeptBodyTests {
  private static let boundary = "------x7"

  private static func field(_ name: String, _ value: String) -> [UInt8] {
    Array(
      "\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
  }

  /// A form with one field on either side of a file.
  private static func form(
    before: Int = 3, file: Int, after: Int = 3, isFile: Bool = true
  ) -> [UInt8] {
    let name = isFile ? "; filename=\"a.jpg\"" : ""
    let head =
      "\(boundary)\r\nContent-Disposition: form-data; name=\"photo\"\(name)\r\n\r\n"
    return field("step", String(repeating: "a", count: before)) + Array(head.utf8)
      + [UInt8](repeating: 0x2D, count: file) + Array("\r\n".utf8)
      + field("mood", String(repeating: "7", count: after)) + Array("\(boundary)--\r\n".utf8)
  }

  /// What is kept of a body that comes in pieces.
  private static func kept(_ body: [UInt8], mostBytes: Int, piece: Int = 65_536) -> KeptBody {
    var kept = KeptBody(mostBytes: mostBytes)
    for start in stride(from: 0, to: body.count, by: piece) {
      kept.take(body[start..<min(body.count, start + piece)])
    }
    return kept
  }

  private static func read(_ kept: KeptBody) throws -> FormBody {
    let (bytes, gap) = kept.content
    return try FormBody(bytes, contentType: FormBodyTests.multipart, gap: gap)
  }

  @Test(arguments: [20_200_000, 20_200_001, 25_000_000, 60_000_000], [65_536, 1_000_003])
  func theFieldsAroundALargeFileAreRead(_ size: Int, _ piece: Int) throws {
    let kept = Self.kept(
      Self.form(file: size, after: 150_000), mostBytes: LocalServer.photograph, piece: piece)
    #expect(kept.content.bytes.count <= LocalServer.photograph)
    let form = try Self.read(kept)
    #expect(form.fields["step"] == "aaa" && form.fields["mood"]?.count == 150_000)
    #expect(form.leftOut > 0 && form.leftOut + (form.file?.count ?? 0) == size)
  }

  @Test func whatIsNotTooLargeIsKeptWhole() throws {
    let body = Self.form(file: 20_000_000)
    let kept = Self.kept(body, mostBytes: LocalServer.photograph)
    #expect(kept.content.bytes == body && kept.content.gap == nil)
    #expect(try Self.read(kept).leftOut == 0)
  }

  /// Part of a field would be taken for all of it.
  @Test func aFieldThatIsTooLargeIsRefused() throws {
    let forms = [
      Self.form(file: 25_000_000, isFile: false), Self.form(before: 25_000_000, file: 10),
      Self.form(file: 10, after: 25_000_000),
    ]
    for form in forms {
      let kept = Self.kept(form, mostBytes: LocalServer.photograph)
      #expect(throws: FormError.tooLarge) { try Self.read(kept) }
    }
    // Where no photograph is taken, nothing is left out.
    let small = Self.kept(Self.form(file: 3_000_000), mostBytes: 2_500_000)
    #expect(throws: FormError.tooLarge) { try Self.read(small) }
    let (bytes, gap) = small.content
    #expect(throws: FormError.tooLarge) {
      try FormBody(bytes, contentType: "application/x-www-form-urlencoded", gap: gap)
    }
  }
}
