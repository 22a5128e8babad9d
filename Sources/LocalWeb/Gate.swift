import OpenSSLCrypto
import Synchronization

/// Who is let in, and whose forms are taken.
///
/// A visitor is let in by the pairing code, once per browser; from then on a cookie that no script and
/// no other site can use says who they are. A form is taken when it carries its visitor's token and was
/// sent from a page of this site. Names other than this machine's own are refused, since a foreign name
/// that points here would make a foreign page part of this site.
package final class Gate: Sendable {
  /// Wrong pairing codes that are forgiven before nobody is let in any more.
  static let forgiven = 10
  /// Characters of a pairing code: 8 of 31 are 39.6 bits, against ten tries.
  static let codeLength = 8
  /// No 0, 1, I, O, U: nothing to mistake when it is typed on a phone.
  static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTVWXYZ")

  /// What pairing came to.
  package enum Pairing: Equatable {
    /// Let in; the cookie's value.
    case admitted(cookie: String)
    /// The code is wrong.
    case refused
    /// Too many wrong codes: until the program is started again, nobody new is let in.
    case closed
  }

  /// Digits of a visitor's own part of the cookie; the rest shows that this gate gave it out.
  static let numberLength = 32

  /// The pairing code, in two groups of four.
  package let code: String
  private let key: [UInt8]
  private let wrong = Mutex(0)

  /// A gate with a new code.
  ///
  /// - Parameter key: the secret behind the cookies; who was let in under a key stays let in wherever the
  ///   same key is used again. Without one they are let in until the program ends.
  /// - Throws: `CryptoError` if the system gives no entropy.
  package init(key: [UInt8]? = nil) throws {
    self.key = try key ?? randomBytes(32)
    var characters: [Character] = []
    while characters.count < Gate.codeLength {
      // 248 = 8 * 31: above it, some characters would be likelier than others.
      for byte in try randomBytes(16) where byte < 248 && characters.count < Gate.codeLength {
        characters.append(Gate.alphabet[Int(byte) % Gate.alphabet.count])
      }
    }
    code = String(characters.prefix(4)) + "-" + String(characters.suffix(4))
  }

  /// Lets a browser in that has the code; blanks, hyphens and small letters are forgiven.
  ///
  /// - Throws: `CryptoError` if the system gives no entropy.
  package func pair(_ typed: String) throws -> Pairing {
    let plain = { (text: String) in text.uppercased().filter { $0 != "-" && $0 != " " } }
    let number = Hex.encode(try randomBytes(Gate.numberLength / 2))
    return wrong.withLock { wrong in
      guard wrong < Gate.forgiven else { return .closed }
      guard Gate.same(plain(typed), plain(code)) else {
        wrong += 1
        return wrong < Gate.forgiven ? .refused : .closed
      }
      return .admitted(cookie: number + mark(number, for: "cookie"))
    }
  }

  /// The visitor of a cookie, if they were let in.
  package func visitor(cookie: String?) -> Visitor? {
    guard let cookie else { return nil }
    let number = String(cookie.prefix(Gate.numberLength))
    guard Gate.same(cookie, number + mark(number, for: "cookie")) else { return nil }
    return Visitor(number: number, formToken: mark(number, for: "form"))
  }

  /// What only this gate can put beside a visitor's number.
  private func mark(_ number: String, for use: String) -> String {
    Hex.encode(hmacSHA256(key: key, Array("\(use) \(number)".utf8)))
  }

  /// Whether a form was made for its visitor and sent from this site.
  ///
  /// - Parameters:
  ///   - origin: the `Origin` header; browsers send it with every form.
  ///   - site: the `Sec-Fetch-Site` header, where the browser knows it.
  ///   - host: the `Host` header, which has been checked.
  ///   - scheme: `http`, or `https` where there is a certificate.
  package static func takes(
    _ form: FormBody, of visitor: Visitor, origin: String?, site: String?, host: String,
    scheme: String = "http"
  ) -> Bool {
    guard origin == nil || origin == "\(scheme)://\(host)" else { return false }
    guard site == nil || site == "same-origin" else { return false }
    return same(form.fields[FormBody.tokenName] ?? "", visitor.formToken)
  }

  /// Whether a `Host` header names this machine by a number or as localhost, and not by a name that
  /// somebody else may have pointed here.
  ///
  /// - Parameter certified: the name of the server's certificate, which nobody else can use.
  package static func isOwn(_ host: String, port: Int, certified: String? = nil) -> Bool {
    let suffix = ":\(port)"
    // Browsers leave the usual port of a scheme out.
    let isUsual = port == (certified == nil ? 80 : 443)
    guard host.hasSuffix(suffix) || isUsual && (!host.contains(":") || host.hasSuffix("]")) else {
      return false
    }
    let name = host.hasSuffix(suffix) ? host.dropLast(suffix.count) : Substring(host)
    if let certified, name.lowercased() == certified { return true }
    if name == "localhost" || name == "[::1]" { return true }
    let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4
      && numbers.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && (Int(part) ?? 256) < 256
      }
  }

  private static func same(_ one: String, _ other: String) -> Bool {
    constantTimeEqual(Array(one.utf8), Array(other.utf8))
  }
}
