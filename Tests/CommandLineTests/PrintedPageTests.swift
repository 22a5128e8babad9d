import Foundation
import Testing

@testable import selfblind

/// What stands at the foot of every sheet, with a title that tries to end it.
struct PrintedPageTests {
  /// CSS Syntax Level 3, section 4.3.7: an escape is the number in hex, ended by one blank.
  @Test func aTitleCannotEndTheStyle() {
    var page = PrintedPage(
      title: "Kit list", foot: "a\"; } </style><script>alert(1)</script> \\ ü\n2")
    let text = String(decoding: page.finish(), as: UTF8.self)
    #expect(
      text.contains(
        "@bottom-left { content: \"a\\22 \\3b  \\7d  \\3c \\2f style\\3e \\3c script\\3e alert\\28 \\31 \\29 "
          + "\\3c \\2f script\\3e  \\5c  ü\\a \\32 \"; width: 75%; }"), "\(text.prefix(900))")
    #expect(text.components(separatedBy: "</style>").count == 2)
    #expect(text.contains("counter(page) \" of \" counter(pages)"))
  }
}
