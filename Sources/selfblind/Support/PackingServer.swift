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
      for line in Invitation.lines(reach, port: port, code: gate.code) {
        // Where nobody reads what is printed, nobody is let in: that is no reason to stop.
        try? Output.show(line)
      }
    }
    try Output.show("stopped; what was answered is on the disk")
  }
}
