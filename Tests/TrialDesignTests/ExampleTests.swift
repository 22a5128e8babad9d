import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@Suite struct ExampleTests {
  @Test func examplesAreProtocols() throws {
    let examples = [
      ExampleProtocols.small, ExampleProtocols.pairs, ExampleProtocols.blocks,
      ExampleProtocols.complete, ExampleProtocols.periods, ExampleProtocols.year,
    ]
    for bytes in examples {
      let design = try ExampleProtocols.read(bytes)
      #expect(design.bytes == bytes)
      #expect(design.days.count == design.scheme.slotCount)
      #expect(design.items.map(\.name) == ["mood", "sleep", "nap", "notes"])
      #expect(design.outcome?.name == "mood")
    }
  }
}
