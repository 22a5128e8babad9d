import LocalWeb
import Testing

@Suite struct FormBodyTests {
  static let multipart = "multipart/form-data; boundary=----x7"

  /// Lines joined as a browser sends them.
  static func body(_ lines: String...) -> [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

  @Test func pairsAreRead() throws {
    let form = try FormBody(
      Array("code=7gq+2mx%4b&note=%C3%BC%26%3D&empty=".utf8),
      contentType: "application/x-www-form-urlencoded; charset=utf-8")
    #expect(form.fields == ["code": "7gq 2mxK", "note": "ü&=", "empty": ""])
    #expect(form.file == nil)
    #expect(try FormBody(query: "").fields.isEmpty)
  }

  @Test func partsAreRead() throws {
    let form = try FormBody(
      FormBodyTests.body(
        "------x7", "Content-Disposition: form-data; name=\"form-token\"", "", "abc",
        "------x7", "Content-Disposition: form-data; name=\"photo\"; filename=\"a;b.jpg\"",
        "Content-Type: image/jpeg", "", "\r\n--\r\n-----x7", "------x7--", ""),
      contentType: FormBodyTests.multipart)
    #expect(form.fields == ["form-token": "abc"])
    #expect(form.file == Array("\r\n--\r\n-----x7".utf8))
  }

  @Test func fileThatWasNotChosenIsEmpty() throws {
    let form = try FormBody(
      FormBodyTests.body(
        "------x7", "Content-Disposition: form-data; name=\"photo\"; filename=\"\"",
        "Content-Type: application/octet-stream", "", "", "------x7--", ""),
      contentType: FormBodyTests.multipart)
    #expect(form.file == [])
  }

  @Test(arguments: [
    "", "------x7", "------x7--x", "x------x7--\r\n", "------x7\r\n\r\n",
    "------x7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
    "------x7\r\nContent-Disposition: form-data\r\n\r\n1\r\n------x7--\r\n",
    "------x7\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n------x7--\r\n",
    "------x7\r\nContent-Type: text/plain\r\n\r\n1\r\n------x7--\r\n",
    "------x7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------x7\r\n"
      + "Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------x7--\r\n",
    "------x7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------x7--\r\nmore",
    "------x7\r\n" + String(repeating: "X-Long: header\r\n", count: 400)
      + "\r\n1\r\n------x7--\r\n",
  ])
  func partsThatAreNoFormAreRefused(_ body: String) {
    #expect(throws: FormError.malformed) {
      try FormBody(Array(body.utf8), contentType: FormBodyTests.multipart)
    }
  }

  @Test(arguments: ["a=%4", "a=%zz", "a=%ff", "=1", "a=1&a=2"])
  func pairsThatAreNoFormAreRefused(_ body: String) {
    #expect(throws: FormError.malformed) {
      try FormBody(Array(body.utf8), contentType: "application/x-www-form-urlencoded")
    }
  }

  @Test(arguments: [
    "", "text/plain", "application/json", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b",
  ])
  func otherKindsAreRefused(_ kind: String) {
    #expect(throws: FormError.malformed) { try FormBody(Array("a=1".utf8), contentType: kind) }
  }

  // A form that is cut or changed anywhere is read or refused; nothing else happens.
  @Test func changedBytesNeverCrash() throws {
    let body = FormBodyTests.body(
      "------x7", "Content-Disposition: form-data; name=\"form-token\"", "", "abc",
      "------x7", "Content-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"", "",
      "1234", "------x7--", "")
    var refused = 0
    for place in body.indices {
      for change in [UInt8(0), 0x0D, 0x2D, 0xFF, body[place] ^ 1] {
        var other = body
        other[place] = change
        do { _ = try FormBody(other, contentType: FormBodyTests.multipart) } catch { refused += 1 }
      }
      // The last line break may be missing.
      guard place < body.count - 2 else { continue }
      #expect(throws: FormError.malformed) {
        try FormBody(Array(body.prefix(place)), contentType: FormBodyTests.multipart)
      }
    }
    #expect(refused > body.count)
  }
}
