import Testing

@testable import TrialStatistics

@Suite("The generator of simulations")
struct CounterGeneratorTests {
  /// From numpy 2.4, `np.random.Philox(counter=…, key=…).random_raw(…)`, which counts once before it
  /// begins.
  @Test("Philox4x64-10 as numpy has it")
  func vectors() {
    let zero = CounterGenerator.block(counter: (1, 0, 0, 0), key: (0, 0))
    #expect(
      [zero.0, zero.1, zero.2, zero.3] == [
        0x02F4_BA64_08E4_D89B, 0x3DD6_2B0B_9CA8_C5B2, 0x1C86_67A5_5D90_2E79, 0x907D_7A05_2FD5_B4DC,
      ])
    // The second and third block of seed 7, simulation 1, stream 3.
    var generator = CounterGenerator(seed: 7, simulation: 1, stream: .belief)
    let words = (0..<12).map { _ in generator.next() }
    #expect(
      Array(words.dropFirst(4)) == [
        0x7FBA_8B04_54AB_E64E, 0xAB8E_2C1B_F44A_8F35, 0x15C9_7D7B_268A_50E0, 0x9094_769B_2CFB_9690,
        0x9A61_99F4_8C68_45E8, 0x1A11_440B_B163_CE9F, 0x718F_5F9A_D606_73D8, 0x7009_FD61_1163_A729,
      ])
  }

  @Test("uniform and normal numbers have their moments")
  func moments() {
    var generator = CounterGenerator(seed: 1, simulation: 0, stream: .noise)
    let uniform = (0..<20_000).map { _ in generator.uniform() }
    #expect(uniform.allSatisfy { 0 <= $0 && $0 < 1 })
    // Four standard errors.
    #expect(abs(mean(uniform) - 0.5) < 4 * 0.00204)
    let normal = (0..<20_000).map { _ in generator.normal() }
    #expect(abs(mean(normal)) < 4 * 0.00707)
    #expect(abs(mean(normal.map { $0 * $0 }) - 1) < 4 * 0.01)
    #expect(abs(mean(zip(normal, normal.dropFirst()).map { $0 * $1 })) < 4 * 0.00707)
  }

  @Test("streams and simulations differ, and begin again where they began")
  func streams() {
    func first(_ seed: UInt64, _ simulation: Int, _ stream: CounterGenerator.Stream) -> UInt64 {
      var generator = CounterGenerator(seed: seed, simulation: simulation, stream: stream)
      return generator.next()
    }
    let all = [
      first(1, 0, .noise), first(1, 1, .noise), first(1, 0, .missing), first(2, 0, .noise),
    ]
    #expect(Set(all).count == 4)
    #expect(first(1, 0, .noise) == all[0])
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
