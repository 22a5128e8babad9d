import Foundation
import Testing

/// A trial of twelve days in a temporary folder, brought by the command line as far as a test needs.
struct TrialFixture {
  /// The folder that everything is in; the trial's is `trial` in it.
  let place: TemporaryFolder

  /// Arm names that occur nowhere else, so that one of them in an output is a leak.
  static let arms = ["zorblax", "quivven"]

  /// A protocol of six pairs, from 2031-03-03 on.
  static let protocolText = """
    selfblind: 1
    title: Twelve days
    arms: [zorblax, quivven]
    scheme:
      pairs: {count: 6}
    schedule:
      start: 2031-03-03
      zone: UTC
      every: 1
      entryWindow: 1
    items:
      - name: mood
        prompt: How was your mood?
        type: number
        range: [0, 10]
        decimals: 1
        direction: higher
      - name: sleep
        prompt: How many hours did you sleep?
        type: number
        range: [0, 16]
        decimals: 1
    guess: How likely is it that it was not the reference?
    analysis:
      outcome: mood
      statistic: mean-difference
      whitening: none
      level: 0.95
    safety:
      stoppingRules:
        - a racing heart
      emergencyContact: Dr. Weiss, 030 1234
      clinicianAsked: not-needed
      lawful: true

    """

  /// An unsealed folder with the protocol.
  init(protocol text: String = TrialFixture.protocolText) throws {
    place = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: trial, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data(text.utf8).write(to: trial.appendingPathComponent("protocol.yaml"))
    try Data("correct horse battery staple\n".utf8).write(to: place / "passphrase")
  }

  /// The trial's folder.
  var trial: URL { place / "trial" }

  /// A file of the trial's folder.
  func file(_ name: String) -> URL { trial.appendingPathComponent(name) }

  /// A sealed trial, custody `self`.
  static func sealed() async throws -> TrialFixture {
    let fixture = try TrialFixture()
    let run = try await fixture.seal()
    try #require(run.status == 0, "\(run.err)")
    return fixture
  }

  /// A sealed trial with its first days recorded, locked.
  static func locked(days: Int = 2) async throws -> TrialFixture {
    let fixture = try await sealed()
    for day in 1...days { try await fixture.record(slot: day) }
    let run = try await fixture.run(
      "lock", ["--reason", "long enough"], at: "2031-03-\(pad(2 + days))T23:00:00Z")
    try #require(run.status == 0, "\(run.err)")
    return fixture
  }

  /// A locked trial that was opened and has its report.
  static func finished() async throws -> TrialFixture {
    let fixture = try await locked(days: 12)
    let opened = try await fixture.unblind()
    try #require(opened.status == 0, "\(opened.err)")
    let report = try await fixture.run("report")
    try #require(report.status == 0, "\(report.err)")
    return fixture
  }

  /// Runs one command on the trial's folder, from the folder around it.
  func run(
    _ command: String, _ rest: [String] = [], at clock: String? = nil, input: String = ""
  ) async throws -> Tool.Run {
    try await Tool.run(
      [command, "trial"] + rest + (clock.map { ["--clock", $0] } ?? []), input: input,
      in: place.url)
  }

  /// Seals with a passphrase that is hardly stretched.
  func seal(_ rest: [String] = []) async throws -> Tool.Run {
    try await run(
      "seal",
      ["--custody", "self", "--passphrase-file", "passphrase", "--work-factor", "1"] + rest,
      at: "2031-03-02T20:00:00Z")
  }

  /// Records a slot on the evening of its day.
  func record(slot: Int) async throws {
    let run = try await checkIn(day: 2 + slot)
    try #require(run.status == 0, "\(run.err)")
  }

  /// A check-in on a day of March 2031.
  func checkIn(day: Int, _ rest: [String] = [], hour: Int = 21) async throws -> Tool.Run {
    try await run(
      "checkin", ["mood=\(day % 7)", "sleep=7.5", "guess=60"] + rest,
      at: "2031-03-\(pad(day))T\(pad(hour)):00:00Z")
  }

  /// Opens the locked trial.
  func unblind(_ rest: [String] = []) async throws -> Tool.Run {
    try await run(
      "unblind", ["--passphrase-file", "passphrase", "--prediction", "nothing"] + rest,
      at: "2031-03-20T20:00:00Z")
  }
}

/// Two digits.
func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// Expects a refusal: its status, its sentence and its hint, and nothing on standard output.
func expectRefusal(
  _ run: Tool.Run, _ message: String, hint: String? = nil, status: Int32 = 2,
  at location: SourceLocation = #_sourceLocation
) {
  let lines = "selfblind: error: \(message)\n" + (hint.map { "selfblind: hint: \($0)\n" } ?? "")
  #expect(run.err == lines, sourceLocation: location)
  #expect(run.status == status, sourceLocation: location)
}
