extension Markup {
  /// HTML that a renderer of this package has made and escaped; never a text from outside.
  package init(rendered html: String) { self.init(stringLiteral: html) }
}
