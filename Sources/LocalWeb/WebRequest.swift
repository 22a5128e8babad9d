/// What a page is asked for, by a visitor who has been let in.
package struct WebRequest: Sendable {
  /// The two kinds of request that there are; `POST` alone changes something.
  package enum Method: Sendable {
    case get, post
  }

  /// What is asked.
  package let method: Method
  /// The path, from the first `/`; without a query.
  package let path: String
  /// The values of the query, or of the form.
  package let fields: [String: String]
  /// The bytes of the form's file; empty where none was chosen, `nil` where the form has none.
  package let file: [UInt8]?
  /// Bytes of the file that were too many to be kept; with any, the file is no file.
  package let leftOut: Int
  /// Which visitor asks; for what is shown once.
  package let visitor: Visitor

  /// A request.
  package init(
    _ method: Method, _ path: String, fields: [String: String] = [:], file: [UInt8]? = nil,
    leftOut: Int = 0, visitor: Visitor
  ) {
    self.method = method
    self.path = path
    self.fields = fields
    self.file = file
    self.leftOut = leftOut
    self.visitor = visitor
  }
}

/// Somebody at a browser who has been let in.
package struct Visitor: Sendable, Hashable {
  /// Tells this visitor from others; never sent to anybody.
  package let number: String
  /// What every form of this visitor's pages must carry, so that no other site can send one.
  package let formToken: String

  /// A visitor.
  package init(number: String, formToken: String) {
    self.number = number
    self.formToken = formToken
  }

  /// The hidden field for a form of this visitor's.
  package var hiddenField: Markup {
    "<input type=\"hidden\" name=\"\(FormBody.tokenName)\" value=\"\(formToken)\">"
  }
}
