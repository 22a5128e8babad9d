import Foundation
import OpenSSLCrypto
import Testing

/// Secrets in pages of their own: equality, taking over, printing, and what the system says of them.
struct SecretBytesTests {
  @Test func contentAndEquality() throws {
    var array: [UInt8] = [1, 2, 3]
    let secret = try SecretBytes(taking: &array)
    #expect(array.isEmpty)
    #expect(secret.count == 3)
    #expect(secret.unprotectedCopy() == [1, 2, 3])
    #expect(secret.withBytes { $0.count } == 3)
    var same: [UInt8] = [1, 2, 3]
    var other: [UInt8] = [1, 2, 4]
    var longer: [UInt8] = [1, 2, 3, 0]
    #expect(try secret == SecretBytes(taking: &same))
    #expect(try secret != SecretBytes(taking: &other))
    #expect(try secret != SecretBytes(taking: &longer))
    #expect(try SecretBytes(count: 0) { _ in } == SecretBytes(count: 0) { _ in })
    #expect(throws: CryptoError.self) { try SecretBytes(count: -1) { _ in } }
  }

  @Test func entropy() throws {
    let one = try SecretBytes.random(10_000)
    #expect(one.count == 10_000)
    #expect(try one != SecretBytes.random(10_000))
    #expect(one.withBytes { Set($0).count } > 200)
    #expect(try SecretBytes.random(0).count == 0)
  }

  @Test func aThrowingFillLeavesNothing() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try SecretBytes(count: 8) { _ in throw Stop() } }
  }

  @Test func nothingPrintsIt() throws {
    var array = Array("MARKER".utf8)
    let secret = try SecretBytes(taking: &array)
    struct Holder { let secret: SecretBytes }
    var said = "\(secret)" + String(reflecting: secret) + "\(Holder(secret: secret))"
    dump(Holder(secret: secret), to: &said)
    #expect(!said.contains("MARKER"))
    #expect(!said.contains("77, 65"))
    #expect(said.hasPrefix("SecretBytes(6)SecretBytes(6)Holder(secret: SecretBytes(6))"))
  }

  #if os(Linux)
    /// The kernel's own word on the pages: "lo" is locked, "dd" is left out of a core dump.
    @Test func theKernelKnowsThePages() throws {
      var array = [UInt8](repeating: 7, count: 32)
      let secret = try SecretBytes(taking: &array)
      let start = secret.withBytes { UInt(bitPattern: $0.baseAddress) }
      let file = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
      let map = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
      let flags = Self.flags(of: start, in: map)
      #expect(flags.contains("dd"), "\(flags)")
      #expect(flags.contains("lo") == secret.isLocked, "\(flags)")
      let plain = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 4096)
      defer { plain.deallocate() }
      plain.storeBytes(of: 7, as: UInt8.self)
      #expect(!Self.flags(of: UInt(bitPattern: plain), in: map).contains("dd"))
    }

    /// The flags of the mapping that an address is in.
    static func flags(of address: UInt, in map: String) -> Set<Substring> {
      var isInside = false
      for line in map.split(separator: "\n") {
        if let range = line.wholeMatch(of: #/([0-9a-f]+)-([0-9a-f]+) .*/#) {
          let low = UInt(range.1, radix: 16) ?? 0
          isInside = low <= address && address < UInt(range.2, radix: 16) ?? 0
        } else if isInside, line.hasPrefix("VmFlags:") {
          return Set(line.split(separator: " ").dropFirst())
        }
      }
      return []
    }
  #endif
}
