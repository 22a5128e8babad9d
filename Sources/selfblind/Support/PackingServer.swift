import BlindRecord
import LocalWeb
import PackingWeb
import TrialJournal
import TrialKits

/// The browser's face of a packing session: serves its pages until it is stopped.
///
/// Never together with the participant's pages: whoever fills knows what they fill.
struct PackingServer {
  let session: PackingSession
  let journal: Journal
  let clock: WallClock
  let reach: LocalServer.Reach
  let port: Int

  /// Prints where the pages are and how a browser is let in, and serves.
  func run() throws {
    let (journal, clock, reach) = (journal, clock, reach)
    let site = PackingSite(session) { packed in _ = try journal.append(packed, clock: clock) }
    let gate = try Gate()
    let server = LocalServer(
      reach: reach, port: port, gate: gate, frame: PackingSite.frame,
      site: { await site.respond(to: $0) })
    try server.runAlone { port in
      for line in PackingServer.invitation(reach, port: port, code: gate.code) {
        // Where nobody reads what is printed, nobody is let in: that is no reason to stop.
        try? Output.show(line)
      }
    }
    try Output.show(
      session.step == .finish
        ? "stopped" : "stopped; `selfblind pack` goes on here")
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
