import BlindRecord
import OpenSSLCrypto
import TrialSeal

/// The word at the end of a kit list: random, so that its digest in the record says nothing of the list.
///
/// Five groups of five characters with check characters, like the passphrase of an envelope; whoever packs
/// tells it back.
enum KitListWord {
  /// A new word, and its digest for the record.
  static func make(trial: String) throws -> (word: String, receipt: String) {
    let word = String(decoding: try PaperPassphrase.generate().bytes, as: UTF8.self)
    return (word, try receipt(of: word, trial: trial))
  }

  /// SHA-256("selfblind/kit-list/v1\0" ‖ T in hex ‖ word) in hex.
  ///
  /// - Throws: `CommandRefusal` for a word with a typing error.
  static func receipt(of typed: String, trial: String) throws -> String {
    let word: [UInt8]
    do { word = try PaperPassphrase(typed: Array(typed.utf8)).bytes } catch {
      throw CommandRefusal(error.message(of: "the word of the kit list"), hint: error.hint)
    }
    return Hex.encode(sha256(Array("selfblind/kit-list/v1\0\(trial)".utf8) + word))
  }
}
