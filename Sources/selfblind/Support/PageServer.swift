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
      for line in Invitation.lines(reach, port: port, code: gate.code) {
        // Where nobody reads what is printed, nobody is let in: that is no reason to stop.
        try? Output.show(line)
      }
    }
    try Output.show(farewell)
  }
}
