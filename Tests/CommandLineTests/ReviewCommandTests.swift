import Foundation
import Testing

/// `review`: what is served, over HTTP as a browser asks, and what is not.
struct ReviewCommandTests {
  @Test func nothingIsServedBeforeTheEnd() async throws {
    let sealed = try await TrialFixture.sealed()
    expectRefusal(
      try await sealed.run("review", ["--port", "0"]),
      "the trial in this folder is not unblinded yet",
      hint: "run `selfblind lock` and then `selfblind unblind` first")
    expectRefusal(
      try await TrialFixture().run("review", ["--port", "0"]),
      "the trial in this folder is not sealed yet", hint: "run `selfblind seal` first")
    let wrong = try await sealed.run("review", ["--port", "70000"])
    #expect(wrong.status == 64 && wrong.err.contains("--port is 0 to 65535"), "\(wrong.err)")
  }

  @Test func whatDoesNotVerifyIsNotServed() async throws {
    let trial = try await TrialFixture.finished()
    try Data("other".utf8).write(to: trial.file("report.md"))
    expectRefusal(
      try await trial.run("review", ["--port", "0"]),
      "the trial in this folder does not verify: the check \"files\" fails",
      hint: "run `selfblind verify` and see why")
  }

  @Test func aQuestionOverHTTP() async throws {
    let trial = try await TrialFixture.finished()
    let run = try await Tool.shell(
      """
      selfblind review trial --port 0 > said &
      review=$!
      for wait in $(seq 200); do grep -q ^open said && break; sleep 0.1; done
      address=$(sed -n 's|^open \\(http://[^/]*\\)/.*|\\1|p' said)
      code=$(sed -n 's|.*code=||p' said)
      curl -s "$address/ask?part=second" | grep -o 'Who is there?' | head -1
      curl -s -o pair -c jar -d "code=$code" "$address/pair"
      curl -s -b jar "$address/ask?part=second" | grep -o '<h1>[^<]*'
      curl -s -b jar -o home -w '%{http_code}\\n' "$address/"
      grep -o 'Asked so far: 1' home
      curl -s -b jar -o bad -w '%{http_code}\\n' "$address/ask?from=13"
      grep -o '<p>From: found[^<]*' bad
      curl -s -b jar -o report -w '%{http_code}\\n' "$address/report"
      cmp report trial/report.html && echo the same report
      kill -INT $review
      wait $review
      echo ended $?
      tail -n 1 said
      """, in: trial.place.url)
    #expect(
      run.out == """
        Who is there?
        <h1>The second half only
        200
        Asked so far: 1
        400
        <p>From: found &quot;13&quot;, expected a slot from 1 to 12, or a day of the trial such as 2031-03-03.
        200
        the same report
        ended 0
        stopped; nothing was written

        """, "\(run.out)\(run.err)")
    #expect(try await trial.run("verify").status == 0)
  }
}
