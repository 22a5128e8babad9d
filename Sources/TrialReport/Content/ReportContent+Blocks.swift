import TrialAnalysis

extension ReportContent {
  /// The table by block or week.
  static func blocks(_ result: TrialResult) -> Section {
    let arms = result.arms
    let word = result.blockWord.title
    let rows = result.blocks.map { block -> [Cell] in
      var row: [Cell] = [
        .text("\(block.number)"),
        .text(block.first == block.last ? "\(block.first)" : "\(block.first)–\(block.last)"),
      ]
      row += arms.indices.map { .text("\(block.rated[$0]) of \(block.planned[$0])") }
      row += arms.indices.map { .number(block.means[$0]) }
      if arms.count == 2 { row.append(.number(block.difference)) }
      return row
    }
    return Section(
      id: "blocks", title: "\(word) by \(word.lowercased())",
      blocks: [
        .paragraph("The scheme: \(result.scheme)."),
        .table(
          Table(
            caption: "Means of \(result.primary.name); rated slots of those planned for each arm",
            header: [word, "Slots"] + arms.map { "\($0): rated" } + arms.map { "\($0): mean" }
              + (arms.count == 2 ? ["Difference"] : []), rows: rows)),
      ])
  }
}

extension TrialResult {
  /// What a row of the table by blocks is called.
  var blockWord: (title: String, plural: String) {
    if blocksAreDesigned { return ("Block", "blocks") }
    return slots.contains { $0.day != nil } ? ("Week", "weeks") : ("Part", "runs of seven slots")
  }
}
