import Foundation
import OpenSSLCrypto
import Testing
import TrialTestSupport

/// Timestamps of RFC 3161 against a local authority, and the traps of checking them.
struct TimestampTests {
  static let digest = sha256(Array("what is anchored".utf8))

  /// An authority, a request to it and what it takes to check an answer.
  struct Case {
    let authority: LocalAuthority
    let request: TimestampRequest
    let roots: [Certificate]

    init?(shortLife: Int = 3600) throws {
      guard let authority = try LocalAuthority(shortLife: shortLife) else { return nil }
      self.authority = authority
      request = try TimestampRequest(digest: TimestampTests.digest)
      roots = try Certificate.readAll(authority.root)
    }

    func verdict(
      _ response: [UInt8], for other: TimestampRequest? = nil, roots given: [Certificate]? = nil,
      intermediates: [Certificate] = []
    ) -> String {
      do {
        _ = try TimestampResponse(der: response).verified(
          for: other ?? request, authorities: given ?? roots, intermediates: intermediates)
        return "verified"
      } catch { return "\(error)" }
    }
  }

  static let wrongSignature =
    "found a wrong signature, expected the authority's over this token"

  @Test func aFlippedSignatureByteIsRefused() throws {
    guard let test = try Case() else { return }
    var response = try test.authority.answer(test.request.der)
    #expect(test.verdict(response) == "verified")
    // The last bytes of a response are those of the signature.
    response[response.count - 1] ^= 1
    #expect(test.verdict(response) == Self.wrongSignature)
    response[response.count - 1] ^= 1
    response[response.count - 20] ^= 0x10
    #expect(test.verdict(response) == Self.wrongSignature)
  }

  @Test func aGoodResponse() throws {
    guard let test = try Case() else { return }
    let before = Int(Date().timeIntervalSince1970)
    let response = try test.authority.answer(test.request.der)
    let after = Int(Date().timeIntervalSince1970)
    #expect(try test.authority.stockVerifies(response, for: test.request.der))
    let time = try TimestampResponse(der: response).verified(
      for: test.request, authorities: test.roots)
    #expect((before...after).contains(time.seconds))
    #expect(time.digest == Self.digest)
    #expect(time.accuracy == 1)
    #expect(time.serial == "02")
    #expect(time.policy == "1.3.6.1.4.1.99999.1")
    #expect(time.signer.subject == "CN = \"Signer of tests, usual\"")
    #expect(time.root == test.roots[0])
    #expect(
      time.chain.map(\.subject) == [
        "CN = \"Signer of tests, usual\"", "CN = Intermediate of tests", "CN = Root of tests",
      ])
    #expect(time.root.fingerprint == Hex.encode(sha256(time.root.der)))
  }

  /// The order of certificates in a response or a file says nothing about who signed.
  @Test func theSignerIsFoundNotGuessed() throws {
    guard let test = try Case() else { return }
    let others = try Certificate.readAll(test.authority.otherRoot + test.authority.intermediate)
    let bare = try test.authority.answer(test.request.der, withIntermediate: false)
    #expect(
      test.verdict(bare)
        == "found a signer (CN = \"Signer of tests, usual\") that does not lead to the given "
        + "authority (the certificate of an issuer is missing), "
        + "expected the root in which its chain ends")
    for given in [others, others.reversed()] {
      let time = try TimestampResponse(der: bare).verified(
        for: test.request, authorities: test.roots, intermediates: given)
      #expect(time.signer.subject == "CN = \"Signer of tests, usual\"")
      #expect(time.chain.count == 3)
    }
  }

  @Test func anotherImprintAndAnotherNonce() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der)
    let foreign = try TimestampRequest(digest: sha256([1]))
    #expect(
      test.verdict(response, for: foreign)
        == "found a timestamp of something else, expected one over the digest that was asked about"
    )
    let again = try TimestampRequest(digest: Self.digest)
    #expect(again != test.request)
    #expect(
      test.verdict(response, for: again)
        == "found the answer to another request, expected the nonce of this one")
  }

  @Test func anotherAuthority() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der)
    let other = try Certificate.readAll(test.authority.otherRoot)
    #expect(
      test.verdict(response, roots: other)
        == "found a signer (CN = \"Signer of tests, usual\") that does not lead to the given "
        + "authority (the certificate of an issuer is missing), "
        + "expected the root in which its chain ends")
    #expect(
      test.verdict(response, roots: [])
        == "found no authority to trust, expected at least one certificate")
    // An intermediate that is given as one believes nobody.
    #expect(
      test.verdict(response, roots: other, intermediates: test.roots).hasPrefix("found a sig"))
  }

  @Test func aSignerForSomethingElse() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der, signer: .unfit)
    #expect(
      test.verdict(response)
        == "found a signer that is not for timestamps (CN = \"Signer of tests, unfit\"), "
        + "expected the extended key usage timeStamping, critical and alone")
  }

  @Test func aSignerWithAWeakKey() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der, signer: .weak)
    #expect(
      test.verdict(response)
        == "found a signer (CN = \"Signer of tests, weak\") whose chain is too weak (ee certificate key "
        + "too weak), expected 112 bits of security: RSA from 2048 bits, no SHA-1")
  }

  @Test func timesOutsideOfTheValidity() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der, signer: .expired)
    #expect(
      test.verdict(response)
        == "found a time at which the signer's chain was not valid, expected it within: "
        + "certificate has expired")
  }

  @Test func aTokenOutlivesItsCertificate() async throws {
    guard let test = try Case(shortLife: 4) else { return }
    let response = try test.authority.answer(test.request.der, signer: .short)
    let time = try TimestampResponse(der: response).verified(
      for: test.request, authorities: test.roots)
    #expect(time.seconds <= time.signer.notAfter)
    let rest = test.authority.shortEnd.timeIntervalSinceNow + 1.1
    try await Task.sleep(for: .seconds(max(0, rest)))
    #expect(Date().timeIntervalSince1970 > Double(time.signer.notAfter))
    #expect(test.verdict(response) == "verified")
    #expect(try !test.authority.stockVerifies(response, for: test.request.der))
  }

  @Test func aRejection() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der, digests: "sha512")
    #expect(
      test.verdict(response)
        == "found a refusal by the authority (status 2: Message digest algorithm is not "
        + "supported.), expected a granted timestamp")
  }

  @Test func bytesThatAreNoResponse() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der)
    let unreadable = "found bytes that are no timestamp response, expected one whole in DER"
    for count in [0, 1, 2, 10, response.count / 2, response.count - 1] {
      #expect(test.verdict(Array(response.prefix(count))) == unreadable)
    }
    #expect(test.verdict(Array("<html>not found</html>".utf8)) == unreadable)
    #expect(test.verdict(test.request.der) == unreadable)
    #expect(
      test.verdict(response + [0])
        == "found 1 byte after the timestamp response, expected none")
    #expect(
      test.verdict(response + response)
        == "found \(response.count) bytes after the timestamp response, expected none")
  }

  /// Each byte of a response in turn: it is refused, or it says the same.
  @Test func everyByteIsUnderTheSignatureOrSaysNothing() throws {
    guard let test = try Case() else { return }
    let response = try test.authority.answer(test.request.der)
    let good = try TimestampResponse(der: response).verified(
      for: test.request, authorities: test.roots)
    var accepted = 0
    for place in response.indices {
      for bit in [UInt8(0x01), 0x80] {
        var changed = response
        changed[place] ^= bit
        let time = try? TimestampResponse(der: changed).verified(
          for: test.request, authorities: test.roots)
        guard let time else { continue }
        accepted += 1
        #expect(time == good, "byte \(place)")
      }
    }
    // Not signed: whether it was granted as asked or with modifications, the version numbers of the
    // envelope, and the names of algorithms that the key decides.
    #expect(accepted < 30, "\(accepted)")
  }

  @Test func requests() throws {
    let request = try TimestampRequest(digest: Self.digest)
    #expect(try TimestampRequest(der: request.der) == request)
    #expect(request.hasNonce)
    #expect(throws: CryptoError.self) { try TimestampRequest(digest: [1]) }
    for bytes in [[], request.der + [0], Array(request.der.dropLast()), [0x30, 0x00]] {
      #expect(throws: TimestampError.unreadableRequest) { try TimestampRequest(der: bytes) }
    }
    #expect(
      "\(TimestampError.unreadableRequest)"
        == "found bytes that are no timestamp request, expected one over a SHA-256 digest")
  }
}
