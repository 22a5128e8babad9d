import Foundation
import OpenSSLCrypto
import Testing
import TrialTestSupport

@testable import TrialSeal

/// The C2SP vectors of the age format: each fails in its own way, or gives its plaintext.
struct AgeVectorTests {
  @Test func allVectors() throws {
    guard let folder = SharedFiles.url("vectors/age") else { return }
    let files = try SharedFiles.files(below: folder)
    #expect(files.count > 60)
    for file in files {
      let vector = try #require(AgeVector(SharedFiles.bytes(file)), "\(file.lastPathComponent)")
      try check(vector, name: file.lastPathComponent)
    }
  }

  private func check(_ vector: AgeVector, name: String) throws {
    let keys = try Self.keys(of: vector)
    var released: [UInt8] = []
    var error: AgeError?
    do {
      let isArmored = vector.head["armored"] == ["yes"]
      let binary = isArmored ? try AgeArmor.decode(vector.file) : vector.file
      try AgeFile.open(binary: binary, with: keys, released: &released)
    } catch let caught {
      error = caught
    }
    #expect([Self.kind(of: error)] == vector.head["expect"], "\(name): \(error?.message ?? "")")
    if let digest = vector.head["payload"] {
      #expect([Hex.encode(sha256(released))] == digest, "\(name)")
    }
    guard keys.count == 1 else { return }
    // The public door agrees, and releases nothing of a damaged file.
    let opened =
      if let passphrase = vector.head["passphrase"]?.first {
        try? AgeFile.decrypt(vector.file, passphrase: Array(passphrase.utf8))
      } else {
        try? AgeFile.decrypt(vector.file, with: keys.compactMap { $0 as? AgeIdentity })
      }
    #expect(opened.map(sha256) == (error == nil ? sha256(released) : nil), "\(name)")
  }

  private static func keys(of vector: AgeVector) throws -> [any AgeUnwrapping] {
    let identities: [any AgeUnwrapping] = try (vector.head["identity"] ?? [])
      .map { try AgeIdentity($0) }
    let passphrases = try (vector.head["passphrase"] ?? []).map {
      try AgePassphrase(passphrase: Array($0.utf8), logN: AgePassphrase.mostLogN)
    }
    return identities + passphrases
  }

  private static func kind(of error: AgeError?) -> String {
    switch error {
    case nil: "success"
    case .armor: "armor failure"
    case .header, .workFactor: "header failure"
    case .headerChanged: "HMAC failure"
    case .payload: "payload failure"
    case .wrongIdentity, .wrongPassphrase, .needsIdentity, .needsPassphrase: "no match"
    default: "another failure"
    }
  }
}
