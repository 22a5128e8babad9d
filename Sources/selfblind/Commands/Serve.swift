import ArgumentParser
import BlindRecord
import LocalWeb
import TrialJournal
import TrialWeb

/// The participant's pages: check-in, status, what went differently, for a browser or a phone.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the daily check-in as pages, for a browser or a phone.",
    discussion: """
      It is served to this machine alone, unless --home-network lets a phone in that knows the pairing
      code. A browser that was let in stays so until the record is locked.

      Every entry that a page calls recorded is on the disk. It stops with control-C; nothing is lost.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Flag(help: "Let other devices of this network in that know the pairing code.")
  var homeNetwork = false

  @Option(help: "The port of the pages; 0 for any free one.")
  var port = 8471

  @Option(
    help: ArgumentHelp("A certificate chain (PEM): the pages are https then.", valueName: "file"))
  var certificate: String?

  @Option(help: ArgumentHelp("The certificate's private key (PEM).", valueName: "file"))
  var certificateKey: String?

  @Option(help: ArgumentHelp("The name that the certificate is for.", valueName: "name"))
  var name: String?

  @OptionGroup var time: ClockOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535") }
    guard (certificate == nil) == (certificateKey == nil), certificate != nil || name == nil else {
      throw ValidationError("--certificate needs --certificate-key, and --name needs both")
    }
  }

  func run() throws {
    let journal = try Journal.open(in: folder)
    let certificate = try certificate.map { chain in
      try ServerCertificate(chain: chain, key: certificateKey ?? "", name: name ?? "localhost")
    }
    _ = try time.wallClock(zone: journal.manifest.zone)
    let (time, standing) = (time, try zoneOfTheLatestEntry(in: journal))
    let site = TrialSite(journal) { zone in try? time.wallClock(zone: standing, at: zone) }
    let (reach, gate) = (
      homeNetwork ? LocalServer.Reach.homeNetwork : .loopback,
      try Gate(key: try? journal.sessionKey(for: "serve"))
    )
    let server = LocalServer(
      reach: reach, port: port, gate: gate, frame: TrialSite.frame(for: journal.manifest),
      mostBytes: TrialSite.mostBytes(of: journal.manifest), certificate: certificate,
      site: { await site.respond(to: $0) })
    let certified = self.name
    try server.runAlone { port in
      let lines = Invitation.lines(
        reach, port: port, code: gate.code, isSecure: certificate != nil, name: certified)
      for line in lines { try? Output.show(line) }
    }
    try journal.close()
    try Output.show("stopped; what was recorded is on the disk")
  }

  /// Where somebody was when the newest entry was made, and is for all we know.
  ///
  /// A traveller who said so once need not say it again after a restart. The protocol's zone where the
  /// entry's is no place: a clock that was set names its offset alone.
  private func zoneOfTheLatestEntry(in journal: Journal) throws -> String {
    guard let zone = try journal.entries().last?.moment.zone, !zone.hasPrefix("UTC+"),
      !zone.hasPrefix("UTC-"), WallClock.system(zone: zone) != nil
    else { return journal.manifest.zone }
    return zone
  }
}
