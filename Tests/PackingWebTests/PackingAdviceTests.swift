import BlindRecord
import Foundation
import LocalWeb
import PackingWeb
import Testing
import TrialTestSupport

@testable import TrialKits

/// What the packer is told to do about what is wrong: it depends on the step, and on what is in the hand.
@Suite struct PackingAdviceTests {
  /// A page on which all arms are filled and kits are drawn.
  private static func drawing() async throws -> (PackingSiteTests.Bench, kits: [String]) {
    let bench = try PackingSiteTests.Bench()
    let kits = try await bench.fillAll().flatMap { $0 }
    try await bench.post("/next", ["sure": "yes"])
    return (bench, kits)
  }

  /// A label that is put on a drawn kit anew was never scanned, and leads nowhere.
  @Test func aDrawnKitWithAWrongLabelIsPutAside() async throws {
    let bench = try PackingSiteTests.Bench()
    let cup = bench.packing.job.cups[0].text
    let foreign = try SamplePacking(seed: 2).job.labels[0].text
    let ofCup = "The label \(cup) is for a cup of the matching test."
    let ofAnother = "The label \(foreign) is not of this trial."
    #expect(
      try await bench.post("/scan", ["code": cup])
        == "not done: \(ofCup) Put a kit&#39;s label on it.")
    #expect(
      try await bench.post("/scan", ["code": foreign])
        == "not done: \(ofAnother) Use the labels that were printed for this trial.")
    let (drawing, _) = try await Self.drawing()
    for (code, sentence) in [(cup, ofCup), (foreign, ofAnother)] {
      #expect(
        try await drawing.post("/scan", ["code": code])
          == "not done: \(sentence) Put the kit aside: nobody knows what it holds.")
    }
  }

  @Test func givingUpSaysHowManyAndForGood() async throws {
    let (bench, kits) = try await Self.drawing()
    for label in kits.dropLast(2) { try await bench.post("/scan", ["code": label]) }
    var page = await bench.page()
    #expect(
      page.contains(
        "<p>2 kits are not sorted: they are given up for good, and one that is found later is put aside.</p>"
      ), "\(page)")
    #expect(page.contains("<legend>Is none left in the bag?</legend>"))
    try await bench.post("/scan", ["code": kits[24]])
    page = await bench.page()
    #expect(page.contains("<p>1 kit is not sorted: it is given up for good, and"), "\(page)")
  }

  /// The name of a file keeps its letters, and nothing that was scanned is lost.
  @Test func aDiskThatRefusesIsSaidWithWhatToDo() async throws {
    let bench = try PackingSiteTests.Bench()
    try await bench.post("/scan", ["code": bench.labels[0]])
    let place = URL(filePath: bench.packing.folder).appending(path: "packing")
    let aside = URL(filePath: bench.packing.folder).appending(path: "aside")
    try FileManager.default.moveItem(at: place, to: aside)
    try Data().write(to: place)
    #expect(
      try await bench.post("/scan", ["code": bench.labels[1]])
        == "not done: packing/register.age: not a directory. See to the disk and to the rights of the folder, "
        + "and go on: what was scanned before is kept.")
    try FileManager.default.removeItem(at: place)
    try FileManager.default.moveItem(at: aside, to: place)
    #expect(bench.session.progress.done == 1)
    #expect(
      try await bench.post("/scan", ["code": bench.labels[1]])?.hasPrefix("registered") == true)
    #expect(bench.session.progress.done == 2)
    let full = PackingError.file("packing/register.age", reason: PackingFiles.words(ENOSPC))
    #expect(
      full.sentences
        == "packing/register.age: no space is left on the disk. Make room on the disk and go on: what was "
        + "scanned before is kept.")
    #expect(PackingError.noKey.sentences.hasPrefix("packing.key is not in the folder"))
  }
}
