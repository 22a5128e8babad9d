import ChildPrograms
import Foundation
import Testing

/// The blind as the compiler states it: each file in `Refused` must be refused, with the message on
/// its first line.
///
/// Compiled with `-emit-sil`, because type checking alone misses ownership errors; a control that
/// must compile shows that a refusal is not just a broken set-up.
@Suite struct RefusedTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Refused")

  static let snippets: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".swift") }.sorted()

  @Test func allAreThere() {
    #expect(Self.snippets.count >= 12)
  }

  @Test(arguments: snippets) func isRefused(_ name: String) throws {
    let file = Self.folder.appending(path: name)
    let source = try String(contentsOf: file, encoding: .utf8)
    let first = try #require(source.split(separator: "\n").first)
    #expect(first.hasPrefix("// error: "))
    let (status, said) = try Self.compile(file)
    #expect(status != 0)
    let expected = first.dropFirst("// error: ".count)
    #expect(
      said.split(separator: "\n").contains { $0.contains("error: ") && $0.contains(expected) },
      "\(said)")
  }

  @Test func whatIsAllowedCompiles() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "allowed-\(ProcessInfo.processInfo.processIdentifier).swift")
    defer { try? FileManager.default.removeItem(at: file) }
    try """
    import BlindRecord
    import TrialAnalysis
    import TrialDesign
    import TrialJournal
    import TrialSeal
    func late(_ unblinding: Unblinding) throws -> TrialResult { try TrialResult(unblinding) }
    func once(_ list: consuming KitList) -> [String] {
      list.read { (_: Occasion, arm: Arm) in arm.name }
    }
    """.write(to: file, atomically: true, encoding: .utf8)
    let (status, said) = try Self.compile(file)
    #expect(status == 0, "\(said)")
  }

  /// Compiles one file as another package's code against the modules that this test was built with.
  static func compile(_ file: URL) throws -> (status: Int32, said: String) {
    let products = try #require(Bundle.main.executableURL).deletingLastPathComponent()
    let root = ArrowTests.root
    var arguments = [
      "-emit-sil", "-o", "/dev/null", "-swift-version", "6",
      "-I", products.appending(path: "Modules").path,
      "-Xcc", "-fmodule-map-file=\(root.path)/Sources/COpenSSL/module.modulemap",
    ]
    // The C parts of other packages, where the package manager checked them out.
    let checkouts = products.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "checkouts")
    for part in [
      "GRDB.swift/Sources/GRDBSQLite", "Yams/Sources/CYaml/include",
      "swift-numerics/Sources/_NumericsShims/include",
    ] {
      let map = checkouts.appending(path: "\(part)/module.modulemap")
      arguments += ["-Xcc", "-fmodule-map-file=\(map.path)"]
    }
    let words = try ProgramPipe()
    let swiftc = ProgramCall(
      "swiftc", arguments + [file.path], output: .nothing, errors: words.writing)
    let running = try swiftc.start()
    words.closeWriting()
    let said = String(decoding: words.readToEnd(), as: UTF8.self)
    return (running.wait().status, said)
  }
}
