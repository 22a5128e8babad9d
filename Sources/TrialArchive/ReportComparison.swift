import BlindRecord
import Foundation
import TrialReport

/// Compares the stored files of a report with the report made again from the record.
///
/// The same version gives the same bytes. Another version may word or draw a page otherwise and may
/// round a last digit otherwise; of its report every number of the JSON is compared instead, to one
/// part in a million, and the transcript says so. No number that this version gives may be missing there;
/// the pages of another version are not compared, and the transcript says that too.
struct ReportComparison {
  let report: Report
  let read: (String) throws -> [UInt8]

  /// What was found, in words.
  ///
  /// - Throws: `FormatError` naming the first file or number that differs.
  func detail() throws -> String {
    let stored = try read(ReportFile.json.rawValue)
    let writer = ReportComparison.writer(of: stored)
    guard let writer, writer != ProgramVersion.text else {
      for file in ReportFile.allCases {
        guard try read(file.rawValue) == file.bytes(of: report) else {
          throw FormatError(
            file.rawValue, found: "other text than the record gives",
            expected: "the report of this record", hint: "write it again with `selfblind report`")
        }
      }
      return "every number and word follows again from the record and the sealed plan"
    }
    let made = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    let found = try JSONSerialization.jsonObject(with: Data(stored))
    try compare(found, made, at: "")
    return
      "the numbers of report.json follow again from the record and the sealed plan; NOT compared: "
      + "report.html and report.md, written by \(writer.prefix(40)), and what only that version says"
  }

  /// The program that a report names as its writer.
  private static func writer(of json: [UInt8]) -> String? {
    struct Head: Decodable { let program: String }
    return try? JSONDecoder().decode(Head.self, from: Data(json)).program
  }

  /// Every number of the stored report against the one made again; words are left to their version.
  private func compare(_ found: Any, _ made: Any, at path: String) throws {
    switch (found, made) {
    case (let one as [String: Any], let other as [String: Any]):
      for (key, value) in other.sorted(by: { $0.key < $1.key }) {
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let there = one[key] else {
          throw differs(found: "nothing at \(place)", expected: "what the record gives")
        }
        try compare(there, value, at: place)
      }
    case (let one as [Any], let other as [Any]) where one.count == other.count:
      for (index, pair) in zip(one, other).enumerated() {
        try compare(pair.0, pair.1, at: "\(path)[\(index)]")
      }
    case (let one as NSNumber, let other as NSNumber):
      let (a, b) = (one.doubleValue, other.doubleValue)
      guard abs(a - b) <= 1e-6 * max(1, abs(a), abs(b)) else {
        throw differs(found: "\(one) at \(path)", expected: "\(other)")
      }
    case (let one as [Any], let other as [Any]):
      throw differs(found: "\(one.count) values at \(path)", expected: "\(other.count)")
    case (is String, is String), (is NSNull, is NSNull): break
    default: throw differs(found: "another kind of value at \(path)", expected: "\(made)")
    }
  }

  private func differs(found: String, expected: String) -> FormatError {
    FormatError(
      ReportFile.json.rawValue, found: found, expected: String(expected.prefix(60)),
      hint: "write it again with `selfblind report`")
  }
}
