import LocalWeb
import Testing

@Suite struct GateTests {
  @Test func codeLetsABrowserIn() throws {
    let gate = try Gate()
    #expect(gate.code.wholeMatch(of: #/[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}/#) != nil)
    let typed = gate.code.lowercased().replacing("-", with: " ")
    guard case .admitted(let cookie) = try gate.pair(typed) else {
      Issue.record("the right code was refused")
      return
    }
    let visitor = try #require(gate.visitor(cookie: cookie))
    #expect(visitor.formToken != cookie)
    #expect(gate.visitor(cookie: nil) == nil)
    #expect(gate.visitor(cookie: String(cookie.dropLast())) == nil)
    #expect(try Gate().code != gate.code)
  }

  @Test func tenWrongCodesCloseIt() throws {
    let gate = try Gate()
    for _ in 1..<10 { #expect(try gate.pair("2222-2222") == .refused) }
    #expect(try gate.pair("") == .closed)
    #expect(try gate.pair(gate.code) == .closed)
  }

  @Test func formsOfOthersAreNotTaken() throws {
    let visitor = Visitor(number: "1", formToken: "t0")
    func takes(
      _ token: String, origin: String? = "http://127.0.0.1:80", site: String? = "same-origin"
    ) throws -> Bool {
      Gate.takes(
        try FormBody(query: "form-token=\(token)"), of: visitor, origin: origin, site: site,
        host: "127.0.0.1:80")
    }
    #expect(try takes("t0"))
    #expect(try takes("t0", origin: nil, site: nil))
    #expect(try !takes("t1"))
    #expect(try !takes(""))
    #expect(try !takes("t0", origin: "http://example.org"))
    #expect(try !takes("t0", origin: "null"))
    #expect(try !takes("t0", site: "cross-site"))
    #expect(
      try !Gate.takes(
        FormBody(query: ""), of: visitor, origin: nil, site: nil, host: "127.0.0.1:80"))
  }

  @Test func namesThatOthersMayPointHereAreRefused() {
    for host in ["127.0.0.1:8470", "localhost:8470", "[::1]:8470", "192.168.1.7:8470"] {
      #expect(Gate.isOwn(host, port: 8470))
    }
    for host in [
      "", "127.0.0.1", "127.0.0.1:80", "example.org:8470", "127.0.0.1.example.org:8470",
      "1.2.3:8470", "1.2.3.4.5:8470", "1.2.3.256:8470", "1.2..4:8470", "٣.2.3.4:8470",
    ] {
      #expect(!Gate.isOwn(host, port: 8470))
    }
  }

  @Test func textsAreEscapedAndPiecesAreNot() {
    let name = "<b>\"&'\u{301}</b>"
    let piece: Markup = "<i>\(name)</i>"
    let page: Markup = "<p>\(piece)\(3)\([piece])\(Optional<Markup>.none)</p>"
    let escaped = "<i>&lt;b&gt;&quot;&amp;&#39;\u{301}&lt;/b&gt;</i>"
    #expect(page.html == "<p>\(escaped)3\(escaped)</p>")
    #expect(Markup(text: "a<b").html == "a&lt;b")
  }
}
