import Testing

@testable import selfblind

/// A passphrase as it is typed: editing without seeing.
struct HiddenLineTests {
  private func typed(_ bytes: [UInt8]) -> (line: String, last: HiddenLine.Step) {
    var line = HiddenLine()
    var step = HiddenLine.Step.more
    for byte in bytes where step == .more { step = line.take(byte) }
    return (String(decoding: line.content, as: UTF8.self), step)
  }

  @Test(arguments: [
    ("abc\u{7F}d", "abd"), ("Tür\u{08}\u{08}or", "Tor"), ("ü\u{7F}", ""), ("\u{7F}\u{7F}a", "a"),
    ("日本\u{7F}", "日"), ("😀x\u{7F}\u{7F}y", "y"), ("wrong\u{15}right", "right"),
    ("\u{15}", ""),
  ])
  func editing(_ keys: String, _ left: String) {
    let result = typed(Array(keys.utf8) + [0x0D])
    #expect(result.line == left)
    #expect(result.last == .done)
  }

  @Test(
    arguments: [
      (0x0A, HiddenLine.Step.done), (0x03, .interrupted), (0x04, .interrupted),
      (0x1C, .interrupted),
      (0x1B, .notACharacter), (0x09, .notACharacter), (0x00, .notACharacter),
      (0x17, .notACharacter),
      (0x20, .more), (0xFF, .more),
    ] as [(UInt8, HiddenLine.Step)])
  func keys(_ byte: UInt8, _ step: HiddenLine.Step) {
    #expect(typed([0x61, byte]).last == step)
  }

  @Test func itsLengthIsBounded() {
    let most = [UInt8](repeating: 0x61, count: HiddenLine.limit)
    #expect(typed(most).last == .more)
    #expect(typed(most + [0x0A]).last == .done)
    #expect(typed(most + [0x61]).last == .tooLong)
  }
}
