import BlindRecord
import LocalWeb
import Testing
import TrialJournal
import TrialTestSupport
import TrialWeb

/// The code at the dose by camera: the same checks as for a typed one, and nothing that was filled in is lost.
@Suite struct CameraTests {
  private static let path = "/check-in/photograph"

  /// A trial that was packed alone, on the day of slot 1.
  private static func packed() async throws -> (desk: Desk, kits: [KitCode]) {
    let desk = try Desk(alone: true)
    let kits = (1...6).map { Desk.kit(100 + $0) }
    desk.go(toDay: 1, seconds: 0)
    let now = try #require(WallClock.moment(seconds: 20_000 * 86_400, zone: "UTC"))
    let spares = [PackedKits.Spare(spare: 1, kit: Desk.kit(107))]
    _ = try desk.journal.append(PackedKits(kits: kits, spares: spares), clock: .set(to: now))
    desk.go(toDay: 1)
    return (desk, kits)
  }

  private static func isFilledIn(_ page: String) -> Bool {
    page.contains("value=\"7,5\"") && page.contains("value=\"\(Desk.token(1))\"")
  }

  @Test func aPhotographFillsInTheCode() async throws {
    let (desk, kits) = try await Self.packed()
    let form = await desk.page("/check-in")
    #expect(
      form.contains("formaction=\"/check-in/photograph\" formenctype=\"multipart/form-data\""))
    #expect(form.contains("accept=\"image/jpeg,image/png\" capture=\"environment\""))
    // The return key, a scanner's too, presses the first button.
    #expect(
      try #require(form.firstMatch(of: #/<button[^>]*>([^<]*)</#)).1 == "Go on")
    let picture = try PictureFile.png(ofCodes: [kits[0].text])
    let (answer, page) = await desk.post(Self.path, Desk.form(1, once: 1), file: picture)
    #expect(answer.status == .ok)
    #expect(page.contains("name=\"kit\" ") && page.contains("value=\"\(kits[0].text)\""))
    #expect(page.contains("Nothing is recorded yet."))
    #expect(Self.isFilledIn(page))
    #expect(try desk.events().count == 1)
    let right = Desk.form(1, once: 1, ["kit": kits[0].text])
    #expect(await desk.post("/guess", right).0.location == "/recorded?entry=2")
    let (late, said) = await desk.post(Self.path, Desk.form(1, once: 2), file: picture)
    #expect(late.status == .conflict && said.contains("Slot 1: recorded already."))
    #expect(try desk.events().count == 2)
  }

  @Test func aPhotographIsCheckedLikeATypedCode() async throws {
    let (desk, kits) = try await Self.packed()
    for (code, words) in [
      (kits[1].text, "That is the kit of slot 2."), (Desk.kit(107).text, "That is spare 1."),
      (Desk.kit(300).text, "That code is on no kit of this trial."),
      ("HTTPS://X.EXAMPLE", "Photograph: found another code, expected that of a kit"),
    ] {
      let picture = try PictureFile.png(ofCodes: [code])
      let (answer, page) = await desk.post(Self.path, Desk.form(1, once: 1), file: picture)
      #expect(answer.status == .unprocessable)
      #expect(page.contains(words), "\(page)")
      #expect(Self.isFilledIn(page))
    }
    #expect(try desk.events().count == 1)
  }

  /// Sent as it is, the form has the name of the file and nothing of the picture.
  @Test func aPhotographThatIsNotReadIsSaid() async throws {
    let (desk, _) = try await Self.packed()
    let form = Desk.form(1, once: 1, ["kit": "", "photograph": "label.jpg"])
    let (answer, page) = await desk.post("/check-in", form)
    #expect(answer.status == .unprocessable && Self.isFilledIn(page))
    #expect(page.contains("choose it again, and press “Read the photograph”"))
  }

  @Test func whatCannotBeReadIsSaidInASentence() async throws {
    let (desk, kits) = try await Self.packed()
    let typed = Desk.form(1, once: 1, ["kit": "AB"])
    let cases: [([UInt8]?, String)] = [
      (nil, "Photograph: found none, expected one that is chosen or taken first."),
      ([], "Photograph: found none, expected one that is chosen or taken first."),
      (PictureFile.png(width: 300, height: 200) { _, _ in 255 }, "found no label, expected one."),
      (
        try PictureFile.png(ofCodes: [kits[0].text, kits[1].text]), "found 2 labels, expected one."
      ),
      (Array("a letter".utf8), "found a file that is no picture, expected a JPEG or a PNG."),
      ([UInt8](repeating: 0xFF, count: 20_000_001), "found 20.1 MB, expected at most 20 MB."),
      (
        PictureFile.pngHead(width: 20, height: 20), "found a damaged picture, expected a whole one."
      ),
    ]
    for (file, words) in cases {
      let (answer, page) = await desk.post(Self.path, typed, file: file)
      #expect(answer.status == .unprocessable)
      #expect(page.contains(words), "\(words)")
      #expect(Self.isFilledIn(page) && page.contains("value=\"AB\""), "\(words)")
    }
    let (unmarked, _) = await desk.post(Self.path, ["slot": "1"], file: [1])
    #expect(unmarked.status == .unprocessable, "a form that was made elsewhere")
  }

  /// Only its beginning and the fields around it came through: the form comes back, and says how large it was.
  @Test func aPhotographThatWasTooLargeLosesNoField() async throws {
    let (desk, kits) = try await Self.packed()
    func send(_ path: String, kit: String) async -> (WebResponse, String) {
      let request = WebRequest(
        .post, path, fields: Desk.form(1, once: 1, ["kit": kit]), file: [0xFF, 0xD8],
        leftOut: 59_999_998, visitor: desk.visitor)
      let answer = await desk.site.respond(to: request)
      return (answer, String(decoding: answer.body, as: UTF8.self))
    }
    let (answer, page) = await send(Self.path, kit: "AB")
    #expect(answer.status == .unprocessable)
    #expect(page.contains("found 60 MB, expected at most 20 MB."), "\(page)")
    #expect(Self.isFilledIn(page) && page.contains("value=\"AB\""))
    // Nothing is recorded from a form of which something is missing.
    #expect(await send("/guess", kit: kits[0].text).0.status == .unprocessable)
    #expect(try desk.events().count == 1)
  }

  @Test func whereSomebodyElsePackedThereIsNothingToRead() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let page = await desk.page("/check-in")
    #expect(!page.contains("photograph") && !page.contains("aria-hidden=\"true\">Go on"))
    #expect(await desk.post(Self.path, Desk.form(1, once: 1), file: [1]).0.status == .notFound)
    #expect(TrialSite.mostBytes(of: desk.manifest) == 2_500_000)
    let alone = try Desk(alone: true)
    #expect(TrialSite.mostBytes(of: alone.manifest) == 22_700_000)
  }
}
