import LocalWeb
import PackingWeb

/// The browser's face of packing alone: serves its pages until it is stopped.
///
/// Never together with the participant's pages: whoever fills knows what they fill.
struct PackingServer {
  let walk: PackingWalk
  let reach: LocalServer.Reach
  let port: Int

  /// Prints where the pages are and how a browser is let in, and serves.
  func run() throws {
    let (walk, reach) = (walk, reach)
    let gate = try Gate()
    let server = LocalServer(
      reach: reach, port: port, gate: gate, frame: PackingSite.frame,
      site: { await walk.respond(to: $0) })
    try server.runAlone { port in
      for line in PackingServer.invitation(reach, port: port, code: gate.code) {
        // Where nobody reads what is printed, nobody is let in: that is no reason to stop.
        try? Output.show(line)
      }
    }
    try Output.show("stopped; what was answered is on the disk")
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
