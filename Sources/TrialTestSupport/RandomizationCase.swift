public import Foundation

/// One case of the reference inputs: a design, the real assignment and its outcome.
public struct RandomizationCase: Decodable {
  /// The name that the expected answers use.
  public let id: String
  /// The design, in the words of the reference.
  public let design: Design
  /// 1 for active, slot by slot.
  public let assignment: [Int]
  /// The ratings; `nil` where one is missing.
  public let outcome: [Double?]
  /// Slots at the start of every period that leave the endpoint.
  public let dropFirstDaysOfEachPeriod: Int

  /// A design; which numbers it has depends on its kind.
  public struct Design: Decodable {
    /// `blocks`, `complete`, `maxrun`, `periods`, `phasesAB`, `phasesABAB`, `bernoulli` or `list`.
    public let kind: String
    /// Slots in each block.
    public let sizes: [Int]?
    /// Active slots, in all or in each block.
    public let active: Numbers?
    /// Slots in all.
    public let n: Int?
    /// The longest run of one arm.
    public let maxRun: Int?
    /// The shortest phase.
    public let limit: Int?
    /// Pairs of periods.
    public let pairs: Int?
    /// Slots in a period.
    public let length: Int?
    /// The fewest slots of each arm.
    public let minPerArm: Int?
    /// An explicit list, 1 for active.
    public let sequences: [[Int]]?
  }

  /// One number, or one for each block.
  public struct Numbers: Decodable {
    /// The numbers; a list of one where there is one.
    public let list: [Int]

    /// Reads a number or a list of numbers.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(Int.self) {
        list = [one]
      } else {
        list = try container.decode([Int].self)
      }
    }
  }

  /// All cases of a folder of the statistics reference.
  public static func all(in folder: URL) throws -> [RandomizationCase] {
    struct File: Decodable { let cases: [RandomizationCase] }
    let data = try Data(contentsOf: folder.appending(path: "inputs/randomization_cases.json"))
    return try JSONDecoder().decode(File.self, from: data).cases
  }
}
