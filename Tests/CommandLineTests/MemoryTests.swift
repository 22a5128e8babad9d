import Foundation
import Testing

/// What is left of a secret in the memory of a process, and whether others can look.
///
/// Not under the address sanitizer (`make sanitize`), whose own memory is terabytes: it would be searched.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SELFBLIND_SANITIZED"] == nil))
struct MemoryTests {
  #if os(Linux)
    @Test func nothingIsLeftOfASecretThatWasReleased() async throws {
      let run = try await Tool.run(["memory-test"])
      guard run.status != 2 else {
        print("skipped: the process cannot read its own memory, because it is undumpable")
        return
      }
      #expect(run.status == 0, "\(run.err)")
      let words = run.out.split(whereSeparator: \.isWhitespace)
      // The key, the cipher's own copies of it, the opened plaintext.
      let held = try #require(Int(words[1]))
      #expect(held >= 2, "\(run.out)")
      #expect(words[2...3] == ["after", "0"], "\(run.out)")
    }

    @Test func theSearchFindsAForgottenCopy() async throws {
      let run = try await Tool.run(["memory-test", "array"])
      guard run.status != 2 else { return }
      #expect(run.out.contains(" after 1\n"), "\(run.out)")
    }

    /// What `seal` holds of the printed keys while it waits for a witness: nothing.
    @Test func nothingIsLeftOfThePrintedKeys() async throws {
      let run = try await Tool.run(["memory-test", "pages"])
      guard run.status != 2 else { return }
      #expect(run.out == "passphrase 0 key 0\n", "\(run.err)")
    }

    /// A key that was read from a file is nowhere but in the heap for secrets: once as bytes, once as a key.
    @Test func nothingIsLeftOfAKeyFile() async throws {
      let run = try await Tool.run(["memory-test", "identity"])
      guard run.status != 2 else { return }
      #expect(run.out == "held 2 after 0 text 0\n", "\(run.err)")
    }

    @Test func nobodyElseMayLook() async throws {
      let run = try await Tool.run(["memory-test"])
      guard run.status != 2 else { return }
      #expect(run.out.hasSuffix("\nprotected true core 0\n"), "\(run.out)")
    }
  #endif
}
