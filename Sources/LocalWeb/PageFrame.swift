/// What every page of a site has around its content, and the pages that the server answers itself.
package struct PageFrame: Sendable {
  static let stylePath = "/style.css"
  static let pairPath = "/pair"

  /// The site's name, in the title and at the head of each page.
  package let name: String
  /// The cookie's name; cookies of one machine are shared by all of its ports.
  package let cookieName: String
  /// The style sheet.
  package let style: String
  /// The site's own scripts and pictures, by their paths.
  ///
  /// They are shown to strangers too, so they say nothing. With any of them the pages may run the site's scripts, and nobody else's.
  package let files: [String: WebResponse]
  /// What stands in the head of each page, for those files.
  package let head: Markup

  /// A frame.
  package init(
    name: String, cookieName: String, style: String = PageStyle.sheet,
    files: [String: WebResponse] = [:], head: Markup = ""
  ) {
    self.name = name
    self.cookieName = cookieName
    self.style = style
    self.files = files
    self.head = head
  }

  /// A page.
  ///
  /// - Parameters:
  ///   - title: the page's own heading, which a screen reader hears first.
  ///   - content: what stands below it.
  package func page(title: String, _ content: Markup) -> Markup {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title) · \(name)</title><link rel="stylesheet" href="/style.css">\(head)</head>
    <body><header><p>\(name)</p></header>
    <main><h1>\(title)</h1>
    \(content)</main></body></html>

    """
  }

  /// What the server refuses itself.
  enum Refused {
    case wrongAddress, wrongMethod, oldForm, tooLarge, malformed, closed

    /// What is said about it.
    var sentence: String {
      switch self {
      case .wrongAddress:
        "This page is not served under that address. Use the one that was printed."
      case .wrongMethod: "A page can be read or sent, nothing else."
      case .oldForm:
        "That form was not made by this page, or is from before the program was started."
      case .tooLarge:
        "That is more than is taken here. Nothing was changed. What you filled in is still in your browser: go "
          + "back with its Back button, and send less text, or a photograph with fewer pixels."
      case .malformed:
        "That was no form of this page, or the connection broke. Nothing was changed."
      case .closed:
        "Too many wrong codes. Nobody new is let in until the program is started again."
      }
    }
  }

  func refusal(_ reason: Refused, status: WebResponse.Status) -> WebResponse {
    .page(
      page(
        title: "Not done",
        "<p>\(reason.sentence)</p><p><a class=\"button\" href=\"/\">Back to the page</a></p>"),
      status: status)
  }

  func pairing(wrong: Bool) -> WebResponse {
    let said: Markup? =
      wrong ? "<p class=\"said refused\" role=\"alert\">That is not the code.</p>" : nil
    return .page(
      page(
        title: "Who is there?",
        """
        \(said)<form method="post" action="/pair"><label for="code">Pairing code, as the program \
        printed it</label><input id="code" name="code" autocomplete="off" autocapitalize="characters" \
        spellcheck="false" required autofocus><button>Let me in</button></form>
        """),
      status: wrong ? .forbidden : .ok)
  }
}
