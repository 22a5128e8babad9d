import BlindRecord

/// Why pages cannot be served.
package enum LocalServerError: Refusal, Equatable {
  /// Another program listens there.
  case portTaken(Int)

  /// What was found and what was expected.
  package var message: String {
    switch self {
    case .portTaken(let port): "port \(port): found another program there, expected a free port"
    }
  }

  /// What to do about it.
  package var hint: String? { "stop that program, or choose another with --port" }
}
