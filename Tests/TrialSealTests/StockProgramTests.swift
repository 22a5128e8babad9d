import Foundation
import Testing
import TrialTestSupport

/// A program that is missing is passed over on a desk, and a failure where it must be there.
struct StockProgramTests {
  @Test func aMissingProgramFailsInContinuousIntegration() throws {
    let nowhere = ["PATH": "/nonexistent"]
    #expect(try StockProgram.url("age", environment: nowhere) == nil)
    #expect(throws: StockProgram.Missing.self) {
      try StockProgram.url("age", environment: nowhere.merging(["CI": "true"]) { $1 })
    }
    #expect(try StockProgram.url("sh", environment: ["PATH": "/bin"])?.path() == "/bin/sh")
  }
}
