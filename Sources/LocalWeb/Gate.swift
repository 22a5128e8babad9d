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

  private struct State {
    var visitors: [String: Visitor] = [:]
    var wrong = 0
  }

  /// The pairing code, in two groups of four.
  package let code: String
  private let state = Mutex(State())

  /// A gate with a new code.
  ///
  /// - Throws: `CryptoError` if the system gives no entropy.
  package init() throws {
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
    let (cookie, token) = (Hex.encode(try randomBytes(32)), Hex.encode(try randomBytes(32)))
    return state.withLock { state in
      guard state.wrong < Gate.forgiven else { return .closed }
      guard Gate.same(plain(typed), plain(code)) else {
        state.wrong += 1
        return state.wrong < Gate.forgiven ? .refused : .closed
      }
      state.visitors[cookie] = Visitor(number: state.visitors.count + 1, formToken: token)
      return .admitted(cookie: cookie)
    }
  }

  /// The visitor of a cookie, if they were let in.
  package func visitor(cookie: String?) -> Visitor? {
    guard let cookie else { return nil }
    return state.withLock { $0.visitors[cookie] }
  }

  /// Whether a form was made for its visitor and sent from this site.
  ///
  /// - Parameters:
  ///   - origin: the `Origin` header; browsers send it with every form.
  ///   - site: the `Sec-Fetch-Site` header, where the browser knows it.
  ///   - host: the `Host` header, which has been checked.
  package static func takes(
    _ form: FormBody, of visitor: Visitor, origin: String?, site: String?, host: String
  ) -> Bool {
    guard origin == nil || origin == "http://\(host)" else { return false }
    guard site == nil || site == "same-origin" else { return false }
    return same(form.fields[FormBody.tokenName] ?? "", visitor.formToken)
  }

  /// Whether a `Host` header names this machine by a number or as localhost, and not by a name that
  /// somebody else may have pointed here.
  package static func isOwn(_ host: String, port: Int) -> Bool {
    let suffix = ":\(port)"
    guard host.hasSuffix(suffix) else { return false }
    let name = host.dropLast(suffix.count)
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
