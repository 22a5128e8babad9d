public import BlindRecord

/// One thing that is wrong with a protocol file, and where.
public struct ProtocolFault: Hashable, Sendable {
  /// The file as it was named.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1 in Unicode scalars.
  public let column: Int
  /// What was found there.
  public let found: String
  /// What was expected instead.
  public let expected: String
  /// What to do about it, where that is not obvious.
  public let hint: String?

  /// `protocol.yaml:12:5: found …, expected …`.
  public var message: String { "\(file):\(line):\(column): found \(found), expected \(expected)" }
}

/// Everything that is wrong with a protocol file, in the order of its lines.
public struct ProtocolFaults: Refusal, Equatable {
  /// The faults; at least one.
  public let faults: [ProtocolFault]

  /// One line per fault; with several faults, each with its hint.
  public var message: String {
    if faults.count == 1 { return faults[0].message }
    return faults.map { fault in
      fault.message + (fault.hint.map { " (\($0))" } ?? "")
    }.joined(separator: "\n")
  }

  /// The hint of a single fault.
  public var hint: String? { faults.count == 1 ? faults[0].hint : nil }
}
