import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialSeal

/// Handles a secret in every way that the package has, lets go of it, and searches its own memory.
///
/// A command of its own, like ``CrashTest``, so that a test runs it in the finished program.
enum MemoryTest {
  /// The name on the command line, missing from the help.
  static let name = "memory-test"

  private static let count = 32

  /// The marker's bytes are computed and never stored outside of what is tested.
  private static func marker(_ place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (place &* 73 &+ 41) ^ 0x5a)
  }

  /// Prints how many copies were found while the secret was held, and after, and whether others may
  /// read this process's memory or have a core file of it.
  ///
  /// - Parameter way: `array` keeps a copy that nobody wipes, to show that the search finds it;
  ///   `pages` makes the printed pages of a sealing instead, and tries a passphrase; `identity` reads a
  ///   key file.
  /// - Returns: 0; 2 where the system does not let the process read its own memory.
  static func run(_ way: String?) throws -> Int32 {
    guard copies() != nil else { return 2 }
    if way == "pages" { return try pages() }
    if way == "identity" { return try identity() }
    let held = try use()
    var forgotten: [UInt8] = []
    if way == "array" { forgotten = try secret().unprotectedCopy() }
    let after = copies() ?? -1
    try withExtendedLifetime(forgotten) {
      try Output.show("held \(held) after \(after)")
    }
    var core = rlimit()
    #if canImport(Glibc)
      getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    #else
      getrlimit(RLIMIT_CORE, &core)
    #endif
    try Output.show("protected \(ProcessMemory.isProtected) core \(core.rlim_max)")
    return 0
  }

  /// The pages with a passphrase and a key, as `seal` makes them before it waits for a witness.
  private static func pages() throws -> Int32 {
    // Kept under a mask, so that what is searched for is not found here.
    func masked(_ bytes: [UInt8]) -> [UInt8] { bytes.map { $0 ^ 0x5a } }
    @inline(never) func make() throws -> [[UInt8]] {
      var paper = try PaperPassphrase.generate()
      let identity = try AgeIdentity.generate()
      let day = CalendarDay(ordinal: 20_000)
      var texts = [
        KeyPages.envelope(paper, title: "x", day: day),
        KeyPages.recovery(identity, title: "x", day: day),
      ]
      let file = try AgeFile.encrypt([1], passphrase: paper.bytes, logN: 1)
      _ = try AgeFile.decrypt(file, passphrase: paper.bytes)
      var key = identity.secretBytes
      defer { wipe(&key) }
      let needles = [masked(paper.bytes), masked(key)]
      let isWhole = texts.allSatisfy { text in
        needles.contains { text.contains(needle: $0) }
      }
      guard isWhole else { throw CommandRefusal("memory test: a page lacks its secret") }
      paper.clear()
      for place in texts.indices { wipe(&texts[place]) }
      return needles
    }
    let needles = try make()
    let after = needles.map { needle in copies(of: needle.count) { needle[$0] ^ 0x5a } ?? -1 }
    try Output.show("passphrase \(after[0]) key \(after[1])")
    return 0
  }

  /// A key file that is read, as every command with `--identity` does.
  ///
  /// While the key is held there are two copies in libcrypto's heap for secrets, its bytes and the key made of
  /// them, and nothing of its text.
  private static func identity() throws -> Int32 {
    @inline(never) func file() throws -> [UInt8] {
      try AgeIdentity(secret: (0..<count).map(marker)).fileBytes
    }
    @inline(never) func read() throws -> (AgeIdentity, masked: [UInt8]) {
      var bytes = try file()
      defer { wipe(&bytes) }
      let found = try AgeIdentity.all(inFile: bytes)
      return (found[0], bytes.dropLast().map { $0 ^ 0x5a })
    }
    @inline(never) func held() throws -> (held: Int, text: Int) {
      // Given back afterwards, so that what the search allocates takes these places, and not that of a
      // copy that somebody forgot.
      var places = (0..<200).flatMap { _ in [32, 64].map { [UInt8](repeating: 1, count: $0) } }
      let (key, masked) = try read()
      places.removeAll()
      let text = copies(of: masked.count) { masked[$0] ^ 0x5a } ?? -1
      return withExtendedLifetime(key) { (copies() ?? -1, text) }
    }
    let (held, text) = try held()
    try Output.show("held \(held) after \(copies() ?? -1) text \(text)")
    return 0
  }

  private static func secret() throws -> SecretBytes {
    try SecretBytes(count: count) { bytes in
      for place in bytes.indices { bytes[place] = marker(place) }
    }
  }

  /// Everything that the package does with a secret; returns how many copies there are meanwhile.
  @inline(never) private static func use() throws -> Int {
    let secret = try secret()
    let nonce = [UInt8](repeating: 0, count: ChaCha20Poly1305.nonceByteCount)
    let cipher = try ChaCha20Poly1305(key: secret)
    // The marker as a key, as a plaintext that is opened, as a seed, as what is stretched.
    let sealed = try sealedMarker(cipher, nonce)
    let opened = try cipher.openSecret(nonce: nonce, sealed)
    guard opened == secret else { return -1 }
    var stream = try ChaCha20Stream(key: secret)
    _ = try stream.word()
    _ = try hkdfSHA256(ikm: secret, info: [1])
    _ = try scrypt(passphrase: secret, salt: nonce, logN: 4)
    let other = try SecretBytes.random(count)
    _ = try X25519.agree(secret, X25519.publicKey(other))
    _ = try Ed25519.sign([1], seed: secret)
    return withExtendedLifetime(opened) { copies() ?? -1 }
  }

  /// The marker under the cipher, through an array that is wiped as its owner should.
  private static func sealedMarker(
    _ cipher: ChaCha20Poly1305, _ nonce: [UInt8]
  ) throws -> [UInt8] {
    var plaintext = try secret().unprotectedCopy()
    defer { wipe(&plaintext) }
    return try cipher.seal(nonce: nonce, plaintext)
  }

  /// How often the marker stands in this process's writable memory; `nil` where it cannot be read.
  private static func copies() -> Int? { copies(of: count, marker) }

  /// How often a sequence of bytes, each computed, stands in this process's writable memory.
  private static func copies(of count: Int, _ wanted: (Int) -> UInt8) -> Int? {
    let memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
    guard memory >= 0, let maps = FileHandle(forReadingAtPath: "/proc/self/maps"),
      let text = try? maps.readToEnd()
    else { return nil }
    defer { close(memory) }
    // Pages of its own, which are left out of the search: it holds what was just read.
    let size = 1 << 20
    guard let buffer = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      buffer != MAP_FAILED
    else { return nil }
    defer { munmap(buffer, size) }
    var found = 0
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, words[1].hasPrefix("rw") else { continue }
      var at = ends[0]
      while at < ends[1] {
        // The buffer may be one mapping with its neighbours: it is stepped over.
        let own = UInt(bitPattern: buffer)
        if at >= own, at < own + UInt(size) {
          at = own + UInt(size)
          continue
        }
        var length = min(UInt(size), ends[1] - at)
        if at < own { length = min(length, own - at) }
        let got = pread(memory, buffer, Int(length), off_t(at))
        guard got > 0 else { break }
        found += hits(in: UnsafeRawBufferPointer(start: buffer, count: got), count, wanted)
        // Overlapping, so that no copy is cut in two; a copy in the overlap is counted once.
        at += got == Int(length) && at + UInt(got) < ends[1] ? UInt(got - count + 1) : UInt(got)
      }
    }
    return found
  }

  private static func hits(
    in bytes: UnsafeRawBufferPointer, _ count: Int, _ wanted: (Int) -> UInt8
  ) -> Int {
    guard var at = bytes.baseAddress else { return 0 }
    let end = at + bytes.count
    var found = 0
    while at + count <= end, let hit = memchr(at, Int32(wanted(0)), end - at - count + 1) {
      if (1..<count).allSatisfy({ hit.load(fromByteOffset: $0, as: UInt8.self) == wanted($0) }) {
        found += 1
      }
      at = UnsafeRawPointer(hit) + 1
    }
    return found
  }
}

extension [UInt8] {
  /// Whether a masked sequence stands in these bytes.
  fileprivate func contains(needle: [UInt8]) -> Bool {
    indices.contains { start in
      start + needle.count <= count
        && needle.indices.allSatisfy { self[start + $0] == needle[$0] ^ 0x5a }
    }
  }
}
