import BlindRecord
import Foundation
import TrialAnalysis
import TrialDesign
import TrialReport

/// What must hold of the table of an open data set.
enum TableProperties {
  static let designText = """
    arms: [a, b]
    scheme:
      pairs: {count: 3}
    analysis: {statistic: mean-difference, whitening: none, level: 0.5}

    """
  static let design = try? OpenDesign(bytes: Array(designText.utf8), file: "design.yaml")

  /// A table that is read can be analysed, or is refused in a sentence; line ends do not matter.
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let design else { throw BrokenProperty("the fixed design is none") }
    guard let record = try read(bytes, design) else { return }
    if !bytes.contains(0x0D) {
      let other = try read(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, design)
      try hold(other != nil, "refused with CRLF")
    }
    // An analysis and a report cost a thousand times what reading does.
    guard fingerprint(bytes).isMultiple(of: 16) else { return }
    do {
      let report = try Report(TrialResult(record))
      _ = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    } catch is RecordFault {
      return
    } catch {
      throw BrokenProperty("a report that cannot be made or read: \(error)")
    }
  }

  private static func read(
    _ bytes: [UInt8], _ design: OpenDesign
  ) throws(BrokenProperty) -> DeclaredRecord? {
    do {
      return try DeclaredRecord(csv: bytes, csvName: "x.csv", design: design, outcome: nil)
    } catch let fault as any Refusal {
      try hold(
        !fault.message.unicodeScalars.contains { $0.properties.generalCategory == .control },
        "more than a sentence: \(fault.message)")
      return nil
    } catch {
      throw BrokenProperty("an error without a sentence: \(error)")
    }
  }
}
