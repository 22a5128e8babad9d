import ArgumentParser
import BlindRecord
import OpenSSLCrypto
import TrialArchive
import TrialSeal

/// Has an authority put its time on the seal or on the lock (RFC 3161).
struct AnchorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anchor",
    abstract: "Have a timestamp authority put its time on the seal or on the lock.",
    discussion: """
      In two steps: --request writes a file to be sent, by curl or by anybody; --response takes \
      the answer. In one step: --url sends it by the program curl. Sent is a digest and nothing \
      else.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  /// The parts by their names on the command line.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case seal, lock

    var anchored: WitnessFacts.Anchored {
      switch self {
      case .seal: .seal
      case .lock: .lock
      }
    }
  }

  @Option(name: .customLong("what"), help: "What the time is put on.")
  var part: Part

  @Option(
    help: ArgumentHelp("Write the request to this file, to be sent by yourself.", valueName: "file")
  )
  var request: String?

  @Option(help: ArgumentHelp("Take the authority's answer from this file.", valueName: "file"))
  var response: String?

  @Option(help: ArgumentHelp("Ask the authority at this address, by curl.", valueName: "url"))
  var url: String?

  @Option(
    name: .customLong("ca"),
    help: ArgumentHelp("The root certificate that you believe, PEM or DER.", valueName: "file"))
  var authority: String?

  @Option(
    help: ArgumentHelp(
      "Certificates between the authority's signer and its root.", valueName: "file"))
  var untrusted: String?

  private var what: WitnessFacts.Anchored { part.anchored }

  func validate() throws {
    guard [request, response, url].compactMap({ $0 }).count == 1 else {
      throw ValidationError("give one of --request, --response and --url")
    }
    guard (request == nil) == (authority != nil) else {
      throw ValidationError(
        request == nil ? "give the authority's root with --ca" : "--ca goes with an answer only")
    }
    guard untrusted == nil || request == nil else {
      throw ValidationError("--untrusted goes with an answer only")
    }
    if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
      throw ValidationError("--url: expected an address that begins with https:// or http://")
    }
  }

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    if let request {
      try GivenFile.write(trialFolder.anchorRequest(what).der, to: request)
      try Output.show("wrote \(request): the digest of the \(what.rawValue) and a random number")
      try Output.show(
        "send it: curl -H 'Content-Type: application/timestamp-query' --data-binary @\(request) "
          + "-o answer.tsr URL")
      try Output.show(
        "next: selfblind anchor \(folder) --what \(what.rawValue) --response answer.tsr --ca FILE")
      return
    }
    let authorities = try certificates(authority)
    let intermediates = try certificates(untrusted)
    let anchor: WitnessFacts.Anchor
    if let response {
      anchor = try trialFolder.keepAnchor(
        what, response: GivenFile.read(response), from: response, authorities: authorities,
        intermediates: intermediates)
    } else {
      let asked = try trialFolder.anchorRequest(what)
      let answer = try Curl.post(
        asked.der, type: "application/timestamp-query", to: url ?? "")
      anchor = try trialFolder.keepAnchor(
        what, response: answer, from: "the answer", authorities: authorities,
        intermediates: intermediates)
    }
    try Output.show("anchored the \(what.rawValue) at \(anchor.at.utc)")
    try Output.show("by \(anchor.authority), serial \(anchor.serial), policy \(anchor.policy)")
    try Output.show("root \(anchor.fingerprint)")
    if anchor.standing == .late {
      try Output.show(
        what == .seal
          ? "this time is after the first check-in: until then the seal could have been made anew"
          : "this time is after the opening: until then the record could have been made anew")
    }
    try Output.show("compare the root with what the authority publishes: it is the SHA-256 that")
    try Output.show("`openssl x509 -noout -fingerprint -sha256` shows")
  }

  private func certificates(_ path: String?) throws -> [Certificate] {
    guard let path else { return [] }
    do { return try Certificate.readAll(GivenFile.read(path)) } catch let error as CryptoError {
      throw WitnessError.certificates(path, reason: error.operation)
    }
  }
}
