import BlindRecord
import FoundationEssentials
import OpenSSLCrypto

/// The fields of a pulse, read and not believed yet.
struct BeaconFields {
  static let version = "Version 2.0"
  /// More than any pulse has; 4 KiB is usual.
  static let mostBytes = 64 << 10
  private static let valueByteCount = 64

  let uri: String
  let cipherSuite: UInt32
  let period: UInt32
  let certificateID: [UInt8]
  let chainIndex: UInt64
  let pulseIndex: UInt64
  let timeStamp: String
  let milliseconds: Int
  let localRandomValue: [UInt8]
  let externalSource: [UInt8]
  let externalStatus: UInt32
  let externalValue: [UInt8]
  let earlierValues: [BeaconPulse.Earlier: [UInt8]]
  let precommitment: [UInt8]
  let status: UInt32
  let signature: [UInt8]
  let outputValue: [UInt8]

  /// Reads the JSON; numbers outside their width and digests of another length are refused.
  init(json: [UInt8]) throws(BeaconError) {
    guard json.count <= Self.mostBytes else { throw .unreadable("\(json.count) bytes") }
    let pulse: Stored.Pulse
    do { pulse = try JSONDecoder().decode(Stored.self, from: Data(json)).pulse } catch {
      throw .unreadable(Self.explain(error))
    }
    guard pulse.version == Self.version else { throw .version(String(pulse.version.prefix(40))) }
    guard pulse.cipherSuite == 0 else { throw .cipherSuite(pulse.cipherSuite) }
    guard let milliseconds = Self.milliseconds(pulse.timeStamp) else {
      throw .field("timeStamp", expected: "YYYY-MM-DDTHH:MM:SS.mmmZ")
    }
    guard pulse.period > 0 else { throw .field("period", expected: "more than 0 milliseconds") }
    uri = pulse.uri
    cipherSuite = pulse.cipherSuite
    period = pulse.period
    certificateID = try Self.bytes(pulse.certificateId, "certificateId")
    chainIndex = pulse.chainIndex
    pulseIndex = pulse.pulseIndex
    timeStamp = pulse.timeStamp
    self.milliseconds = milliseconds
    localRandomValue = try Self.bytes(pulse.localRandomValue, "localRandomValue")
    externalSource = try Self.bytes(pulse.external.sourceId, "external.sourceId")
    externalStatus = pulse.external.statusCode
    externalValue = try Self.bytes(pulse.external.value, "external.value")
    earlierValues = try Self.earlier(pulse.listValues)
    precommitment = try Self.bytes(pulse.precommitmentValue, "precommitmentValue")
    status = pulse.statusCode
    signature = try Self.bytes(pulse.signatureValue, "signatureValue", count: 512)
    outputValue = try Self.bytes(pulse.outputValue, "outputValue")
  }

  /// What the beacon signs: every field in turn, numbers and lengths most significant byte first.
  var signedBytes: [UInt8] {
    var bytes: [UInt8] = []
    func add(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
    func add(_ field: [UInt8]) {
      add(UInt32(field.count))
      bytes += field
    }
    add(Array(uri.utf8))
    add(Array(Self.version.utf8))
    add(cipherSuite)
    add(period)
    add(certificateID)
    add(chainIndex)
    add(pulseIndex)
    add(Array(timeStamp.utf8))
    add(localRandomValue)
    add(externalSource)
    add(externalStatus)
    add(externalValue)
    for kind in BeaconPulse.Earlier.allCases { add(earlierValues[kind] ?? []) }
    add(precommitment)
    add(status)
    return bytes
  }

  private static func earlier(
    _ list: [Stored.Earlier]
  ) throws(BeaconError) -> [BeaconPulse.Earlier: [UInt8]] {
    var values: [BeaconPulse.Earlier: [UInt8]] = [:]
    for item in list {
      guard let kind = BeaconPulse.Earlier(rawValue: item.type), values[kind] == nil else {
        throw .field("listValues", expected: "previous, hour, day, month and year, each once")
      }
      values[kind] = try bytes(item.value, "listValues.\(item.type)")
    }
    guard values.count == BeaconPulse.Earlier.allCases.count else {
      throw .field("listValues", expected: "previous, hour, day, month and year, each once")
    }
    return values
  }

  /// Hex digits of either case: the beacon writes both.
  private static func bytes(
    _ text: String, _ name: String, count: Int = valueByteCount
  ) throws(BeaconError) -> [UInt8] {
    guard let bytes = Hex.decode(text.lowercased()), bytes.count == count else {
      throw .field(name, expected: "\(2 * count) hex digits")
    }
    return bytes
  }

  /// `YYYY-MM-DDTHH:MM:SS.mmmZ` in milliseconds since 1970.
  private static func milliseconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[19] == UInt8(ascii: "."),
      let seconds = Moment.parse(String(decoding: bytes[..<19], as: UTF8.self) + "Z")?.seconds
    else { return nil }
    var fraction = 0
    for digit in bytes[20..<23] {
      guard (0x30...0x39).contains(digit) else { return nil }
      fraction = fraction * 10 + Int(digit - 0x30)
    }
    return bytes[23] == UInt8(ascii: "Z") ? seconds * 1000 + fraction : nil
  }

  private static func explain(_ error: any Error) -> String {
    return switch error as? DecodingError {
    case .keyNotFound(let key, _): "no field \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "another kind of value at \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
    // The decoder gives the same error for both.
    default: "bytes that are not JSON, or a number out of range"
    }
  }

  /// The JSON as the beacon serves it; keys that are not named here are not signed.
  private struct Stored: Decodable {
    struct Earlier: Decodable {
      let type: String
      let value: String
    }
    struct External: Decodable {
      let sourceId: String
      let statusCode: UInt32
      let value: String
    }
    struct Pulse: Decodable {
      let uri: String
      let version: String
      let cipherSuite: UInt32
      let period: UInt32
      let certificateId: String
      let chainIndex: UInt64
      let pulseIndex: UInt64
      let timeStamp: String
      let localRandomValue: String
      let external: External
      let listValues: [Earlier]
      let precommitmentValue: String
      let statusCode: UInt32
      let signatureValue: String
      let outputValue: String
    }
    let pulse: Pulse
  }
}
