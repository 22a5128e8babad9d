/// How a number is asked for, where not by typing it.
///
/// It changes what a page and the terminal show, never what is recorded: the analysis sees a number.
public enum ItemFace: Hashable, Sendable {
  /// A line between two ends, in words; nothing is set on it before it is touched.
  case slider(low: String, high: String)
  /// A word for each whole number from the lower bound on.
  case scale([String])
  /// A time of day, as minutes after the midnight before the lower bound.
  case time
  /// Hours and minutes, as minutes.
  case duration
  /// A task that is done on the page, and its score.
  case task(Task)

  /// The tasks that there are.
  public enum Task: String, Hashable, Sendable, Codable, CaseIterable {
    /// Reaction time to a signal that comes after an unforeseeable wait: the median, in milliseconds.
    case vigilance
    /// Digits for signs by a key: how many right ones in a fixed time.
    case symbols

    /// How long it takes without the practice, in seconds.
    public var seconds: Int { self == .vigilance ? 60 : 90 }
  }
}

extension ItemFace: Codable {
  private enum CodingKeys: String, CodingKey { case type, low, high, labels, task }

  /// Reads `{"type": "slider" | "scale" | "time" | "duration" | "task", …}`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    switch try fields.decode(String.self, forKey: .type) {
    case "slider":
      self = .slider(
        low: try fields.decode(String.self, forKey: .low),
        high: try fields.decode(String.self, forKey: .high))
    case "scale": self = .scale(try fields.decode([String].self, forKey: .labels))
    case "time": self = .time
    case "duration": self = .duration
    case "task": self = .task(try fields.decode(Task.self, forKey: .task))
    case let other:
      throw FormatError(
        "item face", found: "\"\(other.prefix(40))\"",
        expected: "slider, scale, time, duration or task")
    }
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .slider(let low, let high):
      try fields.encode("slider", forKey: .type)
      try fields.encode(low, forKey: .low)
      try fields.encode(high, forKey: .high)
    case .scale(let labels):
      try fields.encode("scale", forKey: .type)
      try fields.encode(labels, forKey: .labels)
    case .time: try fields.encode("time", forKey: .type)
    case .duration: try fields.encode("duration", forKey: .type)
    case .task(let task):
      try fields.encode("task", forKey: .type)
      try fields.encode(task, forKey: .task)
    }
  }
}
