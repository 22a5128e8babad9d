import Foundation
import OpenSSLCrypto
import Testing
import TrialSeal
import TrialTestSupport

/// A genuine pulse of the NIST beacon, and every way in which it can be changed.
struct BeaconPulseTests {
  /// The pulses and the certificate, as others kept them; `nil` where the shared folder is missing.
  struct Genuine {
    let pulses: [[UInt8]]
    let certificate: [UInt8]

    init?() throws {
      guard let folder = SharedFiles.url("vectors/nist-beacon") else { return nil }
      pulses = try SharedFiles.files(below: folder, extension: "json").map(SharedFiles.bytes)
      certificate = try SharedFiles.bytes(folder.appending(path: "cert.pem"))
      try #require(!pulses.isEmpty)
    }

    /// A pulse with something changed in it.
    func changed(_ change: (inout [String: Any]) -> Void) throws -> [UInt8] {
      let whole = try JSONSerialization.jsonObject(with: Data(pulses[0])) as? [String: Any]
      var pulse = try #require(whole?["pulse"] as? [String: Any])
      change(&pulse)
      return Array(try JSONSerialization.data(withJSONObject: ["pulse": pulse]))
    }

    func refusal(of json: [UInt8], certificate other: [UInt8]? = nil) -> String {
      do {
        _ = try BeaconPulse(json: json, certificate: other ?? certificate)
        return "accepted"
      } catch { return error.message }
    }
  }

  static let signature =
    "beacon pulse: found a signature that does not fit its fields, expected a pulse unchanged"

  @Test func aGenuinePulse() throws {
    guard let genuine = try Genuine() else { return }
    for json in genuine.pulses {
      let pulse = try BeaconPulse(json: json, certificate: genuine.certificate)
      #expect(pulse.value.count == 64)
      #expect(pulse.earlierValues.count == 5)
      #expect(pulse.uri.hasSuffix("/chain/\(pulse.chainIndex)/pulse/\(pulse.pulseIndex)"))
    }
    let pulse = try BeaconPulse(json: genuine.pulses[0], certificate: genuine.certificate)
    #expect(pulse.chainIndex == 1)
    #expect(pulse.pulseIndex == 54_609)
    // 2018-08-30T17:43:00Z by `date -u -d … +%s`.
    #expect(pulse.milliseconds == 1_535_650_980_000)
    #expect(pulse.period == 60_000)
    #expect(pulse.status == 0)
    #expect(Hex.encode(pulse.value).hasPrefix("20695b01257c5009eab6cf7bf1f286ee"))
    #expect(
      Hex.encode(try #require(pulse.earlierValues[.previous])).hasPrefix("758eedd4afc6bc36"))
    #expect(pulse.certificateID.hasPrefix("5501e3d72bc42f3b"))
  }

  @Test func everySignedTextAndNumberCounts() throws {
    guard let genuine = try Genuine() else { return }
    for name in ["localRandomValue", "precommitmentValue"] {
      for place in [0, 127] {
        let json = try genuine.changed { $0[name] = Self.flipped($0[name], at: place) }
        #expect(genuine.refusal(of: json) == Self.signature, "\(name)")
      }
    }
    for name in ["period", "chainIndex", "pulseIndex", "statusCode"] {
      let json = try genuine.changed { $0[name] = (($0[name] as? Int) ?? 0) + 1 }
      #expect(genuine.refusal(of: json) == Self.signature, "\(name)")
    }
    let uri = try genuine.changed { $0["uri"] = "https://beacon.example/54609" }
    #expect(genuine.refusal(of: uri) == Self.signature)
    let time = try genuine.changed { $0["timeStamp"] = "2018-08-30T17:43:00.001Z" }
    #expect(genuine.refusal(of: time) == Self.signature)
    let signature = try genuine.changed {
      $0["signatureValue"] = Self.flipped($0["signatureValue"], at: 500)
    }
    #expect(genuine.refusal(of: signature) == Self.signature)
    for (name, value) in [("sourceId", nil), ("value", nil), ("statusCode", 1)] as [(String, Int?)]
    {
      let json = try genuine.changed { pulse in
        var external = pulse["external"] as? [String: Any] ?? [:]
        external[name] = value ?? Self.flipped(external[name], at: 64)
        pulse["external"] = external
      }
      #expect(genuine.refusal(of: json) == Self.signature, "external.\(name)")
    }
    for place in 0..<5 {
      let json = try genuine.changed { pulse in
        var list = pulse["listValues"] as? [[String: Any]] ?? []
        list[place]["value"] = Self.flipped(list[place]["value"], at: 3)
        pulse["listValues"] = list
      }
      #expect(genuine.refusal(of: json) == Self.signature, "listValues[\(place)]")
    }
    let swapped = try genuine.changed { pulse in
      var list = pulse["listValues"] as? [[String: Any]] ?? []
      (list[0]["type"], list[1]["type"]) = (list[1]["type"], list[0]["type"])
      pulse["listValues"] = list
    }
    #expect(genuine.refusal(of: swapped) == Self.signature)
  }

  /// The beacon signs neither the addresses of earlier pulses nor keys of others: they are not read.
  @Test func whatIsNotSignedIsNotRead() throws {
    guard let genuine = try Genuine() else { return }
    let json = try genuine.changed { pulse in
      var list = pulse["listValues"] as? [[String: Any]] ?? []
      list[0]["uri"] = "https://elsewhere.example"
      pulse["listValues"] = Array(list.reversed())
      pulse["more"] = true
    }
    let pulse = try BeaconPulse(json: json, certificate: genuine.certificate)
    #expect(
      try pulse == BeaconPulse(json: genuine.pulses[0], certificate: genuine.certificate))
  }

  @Test func whatCannotBe() throws {
    guard let genuine = try Genuine() else { return }
    func refusal(_ name: String, _ value: Any?) throws -> String {
      genuine.refusal(of: try genuine.changed { $0[name] = value })
    }
    #expect(
      try genuine.refusal(
        of: genuine.changed { $0["outputValue"] = Self.flipped($0["outputValue"], at: 9) })
        == "beacon pulse: found a value that does not follow from the signed fields, "
        + "expected the SHA-512 of them and the signature")
    #expect(
      try refusal("version", "Version 2.1")
        == "beacon pulse: found the version \"Version 2.1\", expected \"Version 2.0\"")
    #expect(
      try refusal("cipherSuite", 1)
        == "beacon pulse: found the cipher suite 1, expected 0: RSA with SHA-512")
    #expect(
      try refusal("timeStamp", "2018-08-30 17:43")
        == "beacon pulse: found a timeStamp that cannot be one, "
        + "expected YYYY-MM-DDTHH:MM:SS.mmmZ")
    #expect(
      try refusal("period", 0)
        == "beacon pulse: found a period that cannot be one, expected more than 0 milliseconds")
    #expect(
      try refusal("localRandomValue", "D6CB")
        == "beacon pulse: found a localRandomValue that cannot be one, expected 128 hex digits")
    #expect(
      try refusal("listValues", [["type": "previous", "value": "00"]])
        == "beacon pulse: found a listValues.previous that cannot be one, "
        + "expected 128 hex digits")
    #expect(
      try refusal("listValues", [Any]())
        == "beacon pulse: found a listValues that cannot be one, "
        + "expected previous, hour, day, month and year, each once")
    let end = ", expected the JSON of one pulse as the beacon serves it"
    #expect(
      try refusal("pulseIndex", nil) == "beacon pulse: found no field \"pulseIndex\"" + end)
    #expect(
      try refusal("uri", 7)
        == "beacon pulse: found another kind of value at \"pulse.uri\"" + end)
    #expect(
      try refusal("pulseIndex", -1)
        == "beacon pulse: found bytes that are not JSON, or a number out of range" + end)
    #expect(
      genuine.refusal(of: Array("<html>".utf8))
        == "beacon pulse: found bytes that are not JSON, or a number out of range" + end)
    #expect(
      genuine.refusal(of: [UInt8](repeating: 0x20, count: 70_000))
        == "beacon pulse: found 70000 bytes" + end)
  }

  @Test func anotherCertificate() throws {
    guard let genuine = try Genuine() else { return }
    let changed = try genuine.changed {
      $0["certificateId"] = Self.flipped($0["certificateId"], at: 100)
    }
    #expect(
      genuine.refusal(of: changed)
        == "beacon certificate: found another one than the pulse names, "
        + "expected that with the SHA-512 5501e3d72bc42f3b…")
    #expect(
      genuine.refusal(of: genuine.pulses[0], certificate: [])
        == "beacon certificate: found none in the file, "
        + "expected one certificate with an RSA key of 4096 bits")
    #expect(
      genuine.refusal(
        of: genuine.pulses[0], certificate: genuine.certificate + genuine.certificate)
        == "beacon certificate: found 2 in the file, "
        + "expected one certificate with an RSA key of 4096 bits")
  }

  @Test func theRuleLeavesNoChoice() throws {
    guard let genuine = try Genuine() else { return }
    let pulse = try BeaconPulse(json: genuine.pulses[0], certificate: genuine.certificate)
    let at = 1_535_650_980
    func verdict(_ seconds: Int, chain: UInt64 = 1, id: String? = nil) throws -> String {
      let rule = try BeaconRule(
        chainIndex: chain, seconds: seconds, certificateID: id ?? pulse.certificateID)
      do {
        let value = try BeaconPulse.value(
          json: genuine.pulses[0], certificate: genuine.certificate, rule: rule)
        return value == pulse.value ? "the first" : "another value"
      } catch { return error.message }
    }
    // The pulse of 17:43 is the first for every instant after 17:42 up to 17:43, and for no other.
    for seconds in [at, at - 1, at - 59] { #expect(try verdict(seconds) == "the first") }
    #expect(
      try verdict(at - 60)
        == "beacon pulse: found the pulse of 2018-08-30T17:43:00Z, "
        + "expected the first one at or after 2018-08-30T17:42:00Z")
    #expect(
      try verdict(at + 1)
        == "beacon pulse: found the pulse of 2018-08-30T17:43:00Z, "
        + "expected one at or after 2018-08-30T17:43:01Z")
    #expect(
      try verdict(at, chain: 2) == "beacon pulse: found a pulse of chain 1, expected chain 2")
    #expect(
      try verdict(at, id: String(repeating: "ab", count: 64))
        == "beacon pulse: found a pulse under the certificate 5501e3d72bc42f3b…, "
        + "expected the certificate abababababababab… of the rule")
  }

  @Test func theRuleHasOneSpelling() throws {
    let id = String(repeating: "0f", count: 64)
    let text = "nist-beacon 2.0 chain 2 at 2031-03-03T00:00:00Z certificate \(id)"
    let rule = try BeaconRule(text)
    #expect(rule.text == text)
    #expect(rule.chainIndex == 2)
    // By `date -u -d 2031-03-03T00:00:00Z +%s`.
    #expect(rule.seconds == 1_930_262_400)
    for wrong in [
      "", "none", text + " ", text.uppercased(), text.replacing("chain 2", with: "chain 02"),
      text.replacing("Z cert", with: "+00:00 cert"), text.replacing("2.0", with: "2.1"),
      String(text.dropLast()), text.replacing("chain", with: "pulse"),
    ] {
      #expect(throws: BeaconError.unreadableRule(String(wrong.prefix(100)))) {
        try BeaconRule(wrong)
      }
    }
    for seconds in [Int.min, Int.max, -99_999_999_999_999] {
      #expect(throws: BeaconError.self) {
        try BeaconRule(chainIndex: 1, seconds: seconds, certificateID: id)
      }
    }
    #expect(
      BeaconError.unreadableRule("x").message
        == "beacon rule: found \"x\", expected \"nist-beacon 2.0 chain C at "
        + "YYYY-MM-DDTHH:MM:SSZ certificate SHA-512\"")
  }

  /// A hex text with one digit changed.
  static func flipped(_ value: Any?, at place: Int) -> String {
    var digits = Array((value as? String ?? "").utf8)
    guard digits.indices.contains(place) else { return "" }
    digits[place] = digits[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
    return String(decoding: digits, as: UTF8.self)
  }
}
