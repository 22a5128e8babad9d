import LocalWeb

/// Serves a site until it is stopped, and says before where it is and how a browser is let in.
///
/// One site at a time: the packer's pages and the review never run in one program.
struct PageServer {
  let frame: PageFrame
  let site: LocalServer.Site
  let reach: LocalServer.Reach
  let port: Int
  /// What stopping does not lose.
  let farewell: String

  /// Prints where the pages are and how a browser is let in, and serves.
  func run() throws {
    let reach = reach
    let gate = try Gate()
    let server = LocalServer(reach: reach, port: port, gate: gate, frame: frame, site: site)
    try server.runAlone { port in
      for line in PageServer.invitation(reach, port: port, code: gate.code) {
        // Where nobody reads what is printed, nobody is let in: that is no reason to stop.
        try? Output.show(line)
      }
    }
    try Output.show(farewell)
  }

  /// What is printed once the pages are served.
  static func invitation(_ reach: LocalServer.Reach, port: Int, code: String) -> [String] {
    switch reach {
    case .loopback:
      ["open http://127.0.0.1:\(port)/pair?code=\(code)", "control-C stops; nothing is lost"]
    case .homeNetwork:
      HomeAddresses.all.map { "open http://\($0):\(port)" } + [
        "pairing code \(code)",
        "everybody in this network can knock; use it at home only; control-C stops",
      ]
    }
  }
}
