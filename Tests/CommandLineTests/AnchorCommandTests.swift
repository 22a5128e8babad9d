import Foundation
import Testing
import TrialTestSupport

/// `anchor`: by files, over HTTP, and what is said when it cannot be.
struct AnchorCommandTests {
  @Test func byFiles() async throws {
    guard let authority = try LocalAuthority() else { return }
    let trial = try await TrialFixture.sealed()
    try Data(authority.root).write(to: trial.place / "root.pem")
    let asked = try await trial.run("anchor", ["--what", "seal", "--request", "q.tsq"])
    #expect(asked.status == 0, "\(asked.err)")
    #expect(asked.out.hasPrefix("wrote q.tsq: the digest of the seal and a random number\n"))
    #expect(asked.out.contains("send it: curl -H 'Content-Type: application/timestamp-query'"))
    let request = Array(try Data(contentsOf: trial.place / "q.tsq"))
    // Asked again, the request that waits is given again.
    #expect(
      try await trial.run("anchor", ["--what", "seal", "--request", "q.tsq"]).status == 0)
    try Data(authority.answer(request)).write(to: trial.place / "answer.tsr")
    let kept = try await trial.run(
      "anchor", ["--what", "seal", "--response", "answer.tsr", "--ca", "root.pem"])
    #expect(kept.status == 0, "\(kept.err)")
    #expect(kept.out.hasPrefix("anchored the seal at 20"))
    #expect(kept.out.contains("\nby CN = \"Signer of tests, usual\", serial 02, policy 1.3.6.1."))
    let verified = try await trial.run("verify")
    #expect(verified.status == 0)
    #expect(verified.out.contains("\nok     witness: seal at 20"))
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--request", "q.tsq"]),
      "q.tsq: cannot write: it exists already")
  }

  @Test func theIntermediateMayBeGiven() async throws {
    guard let authority = try LocalAuthority() else { return }
    let trial = try await TrialFixture.sealed()
    try Data(authority.root).write(to: trial.place / "root.pem")
    try Data(authority.intermediate).write(to: trial.place / "middle.pem")
    _ = try await trial.run("anchor", ["--what", "seal", "--request", "q.tsq"])
    let request = Array(try Data(contentsOf: trial.place / "q.tsq"))
    try Data(authority.answer(request, withIntermediate: false))
      .write(to: trial.place / "answer.tsr")
    let options = ["--what", "seal", "--response", "answer.tsr", "--ca", "root.pem"]
    expectRefusal(
      try await trial.run("anchor", options),
      "answer.tsr: found a signer (CN = \"Signer of tests, usual\") that does not lead to the "
        + "given authority (the certificate of an issuer is missing), "
        + "expected the root in which its chain ends",
      hint: "give the authority's root with --ca, and what stands between with --untrusted")
    let kept = try await trial.run("anchor", options + ["--untrusted", "middle.pem"])
    #expect(kept.status == 0, "\(kept.err)")
    // What was given is stored, so the folder verifies alone.
    try FileManager.default.removeItem(at: trial.place / "middle.pem")
    #expect(try await trial.run("verify").status == 0)
  }

  @Test func overHTTP() async throws {
    guard let authority = try LocalAuthority() else { return }
    guard try StockProgram.url("curl") != nil else { return }
    let trial = try await TrialFixture.locked()
    try Data(authority.root).write(to: trial.place / "root.pem")
    let server = try LocalServer { type, body in
      type == "application/timestamp-query" ? try? authority.answer(body) : nil
    }
    let run = try await trial.run(
      "anchor", ["--what", "lock", "--url", server.url, "--ca", "root.pem"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasPrefix("anchored the lock at 20"))
    #expect(try await trial.run("verify").status == 0)
    let failing = try LocalServer { _, _ in nil }
    let refused = try await trial.run(
      "anchor", ["--what", "seal", "--url", failing.url, "--ca", "root.pem"])
    expectRefusal(
      refused,
      "no answer from the authority: curl: (22) The requested URL returned error: 500",
      hint: "the request is kept; try again, or send it yourself with --request", status: 1)
    let page = try LocalServer { _, _ in Array("<html>".utf8) }
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--url", page.url, "--ca", "root.pem"]),
      "the answer: found bytes that are no timestamp response, expected one whole in DER")
    let bare = try await Tool.run(
      ["anchor", "trial", "--what", "seal", "--url", page.url, "--ca", "root.pem"],
      environment: ["PATH": "/nonexistent"], in: trial.place.url)
    expectRefusal(
      bare, "the program curl is not here",
      hint: "install it, or send the request yourself: see 'selfblind anchor --help'")
  }

  @Test func wrongUsage() async throws {
    let trial = try await TrialFixture.sealed()
    let hint = "see 'selfblind anchor --help'"
    for options in [[], ["--request", "q", "--url", "http://x"]] {
      expectRefusal(
        try await trial.run("anchor", ["--what", "seal"] + options),
        "give one of --request, --response and --url", hint: hint, status: 64)
    }
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--response", "r"]),
      "give the authority's root with --ca", hint: hint, status: 64)
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--request", "q", "--ca", "x"]),
      "--ca goes with an answer only", hint: hint, status: 64)
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--request", "q", "--untrusted", "x"]),
      "--untrusted goes with an answer only", hint: hint, status: 64)
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--url", "ftp://x", "--ca", "x"]),
      "--url: expected an address that begins with https:// or http://", hint: hint, status: 64)
    try Data("no certificate".utf8).write(to: trial.place / "root.pem")
    expectRefusal(
      try await trial.run("anchor", ["--what", "seal", "--response", "r", "--ca", "root.pem"]),
      "root.pem: found no certificate, expected certificates in PEM or DER")
  }
}

/// `checkpoint`: one line for a helper, and back.
struct CheckpointCommandTests {
  @Test func theLineGoesAndComesBack() async throws {
    let trial = try await TrialFixture.sealed()
    let first = try await trial.run("checkpoint").out.trimmingCharacters(in: .newlines)
    #expect(first.hasPrefix("selfblind "))
    #expect(first.utf8.count < 100)
    try await trial.record(slot: 1)
    let second = try await trial.run("checkpoint").out.trimmingCharacters(in: .newlines)
    #expect(second != first)
    let back = try await trial.run("checkpoint", ["--came-back", first])
    #expect(
      back.out
        == "the journal extends it: the first 1 of 2 entries are the ones it was made of\n")
    #expect(try await trial.run("verify").out.contains("the line over 1 entry was given back"))
    // The same trial recorded again from a copy made before: another history.
    let other = try await TrialFixture.sealed()
    let foreign = try await other.run("checkpoint").out.trimmingCharacters(in: .newlines)
    let refused = try await trial.run("checkpoint", ["--came-back", foreign])
    #expect(refused.status == 2)
    #expect(refused.err.hasPrefix("selfblind: error: checkpoint line: found a line of trial "))
    #expect(refused.err.hasSuffix("selfblind: hint: give the line of this trial\n"))
    let wrong = try await trial.run("checkpoint", ["--came-back", first + "0"])
    #expect(wrong.status == 2)
    #expect(wrong.err.hasSuffix("selfblind: hint: give the whole line as it was sent, in quotes\n"))
    _ = try await trial.run("lock", ["--reason", "over"], at: "2031-03-04T23:00:00Z")
    // After the lock the sums are renewed.
    #expect(try await trial.run("checkpoint", ["--came-back", second]).status == 0)
    let verified = try await trial.run("verify")
    #expect(verified.status == 0, "\(verified.out)")
    #expect(
      verified.out.contains(
        "the lines over 1, 2 entries were given back, which this journal extends: worth as much as "
          + "the copy that somebody else can show"))
  }

  @Test func aTrialThatWasRecordedAgainIsFound() async throws {
    let trial = try await TrialFixture.sealed()
    let copy = trial.place / "copy"
    try FileManager.default.copyItem(at: trial.trial, to: copy)
    try await trial.record(slot: 1)
    let seen = try await trial.run("checkpoint").out.trimmingCharacters(in: .newlines)
    try FileManager.default.removeItem(at: trial.trial)
    try FileManager.default.copyItem(at: copy, to: trial.trial)
    let hint =
      "put back the folder that the line was made from; "
      + "what was signed twice cannot be repaired"
    expectRefusal(
      try await trial.run("checkpoint", ["--came-back", seen]),
      "checkpoint line: found 1 entries in the journal, expected at least the 2 of the line: "
        + "entries were taken away", hint: hint)
    _ = try await trial.run(
      "checkin", ["mood=9", "sleep=9", "guess=99"], at: "2031-03-03T22:00:00Z")
    expectRefusal(
      try await trial.run("checkpoint", ["--came-back", seen]),
      "checkpoint line: found another beginning of 2 entries in the journal, expected the one of "
        + "the line: the journal was made again", hint: hint)
  }
}
