import BlindRecord
import LocalWeb
import PackingWeb
import Synchronization
import Testing
import TrialKits
import TrialTestSupport

/// The pages over a session, without a server: what each form is answered.
@Suite struct PackingSiteTests {
  /// A site on a made-up job, and somebody who uses it.
  final class Bench {
    let packing: SamplePacking
    let session: PackingSession
    let site: PackingSite
    let records = RecordBox()
    let visitor = Visitor(number: "1", formToken: "t1")

    init(seed: Int = 1) throws {
      packing = try SamplePacking(seed: seed)
      session = try packing.open()
      site = PackingSite(session, record: records.take)
    }

    var labels: [String] { session.job.labels.map(\.text) }

    func page(_ path: String = "/", _ fields: [String: String] = [:]) async -> String {
      let request = WebRequest(.get, path, fields: fields, visitor: visitor)
      return String(decoding: await site.respond(to: request).body, as: UTF8.self)
    }

    /// The step that the present page's forms name.
    func step() async -> String? {
      await page().firstMatch(of: #/name="step" value="([^"]*)"/#).map { String($0.1) }
    }

    /// Sends a form of the present page; what is said then.
    @discardableResult
    func post(
      _ path: String, _ fields: [String: String] = [:], file: [UInt8]? = nil, step: String? = nil
    ) async throws -> String? {
      var all = fields
      if let now = await self.step() { all["step"] = now }
      if let step { all["step"] = step }
      let answer = await site.respond(
        to: WebRequest(.post, path, fields: all, file: file, visitor: visitor))
      #expect(answer.status == .seeOther && answer.location == "/")
      return await page().firstMatch(of: #/<strong>([^<]*)<\/strong>([^<]*)<\/div>/#).map {
        "\($0.1): \($0.2)"
      }
    }

    /// Fills every arm; the labels of each, in order.
    func fillAll() async throws -> [[String]] {
      var next = labels[...]
      var filled: [[String]] = []
      for arm in session.job.arms {
        filled.append(Array(next.prefix(arm.kits)))
        for label in next.prefix(arm.kits) { try await post("/scan", ["code": label]) }
        next = next.dropFirst(arm.kits)
        try await post("/next", ["sure": "yes"])
      }
      return filled
    }
  }

  /// What was written into the record.
  final class RecordBox: Sendable {
    private let packed = Mutex<[PackedKits]>([])
    private let failing = Mutex(false)
    var all: [PackedKits] { packed.withLock { $0 } }
    func fail(_ fails: Bool) { failing.withLock { $0 = fails } }
    @Sendable func take(_ kits: PackedKits) throws {
      if failing.withLock({ $0 }) { throw FormatError("journal", found: "no", expected: "yes") }
      packed.withLock { $0.append(kits) }
    }
  }

  @Test func sentencesOfFilling() async throws {
    let bench = try Bench()
    let label = bench.labels[0]
    #expect(
      try await bench.post("/scan", ["code": label])
        == "registered: Lay it with the others of this arm.")
    #expect(try await bench.post("/scan", ["code": label]) == Self.known)
    #expect(await bench.page().contains("No label left? <a href=\"/labels\">Print the sheets"))
    #expect(await bench.page().contains("<button>Take scan 1 back</button>"))
    #expect(
      try await bench.post("/undo") == "not done: The form says no scan to be taken back.")
    #expect(
      try await bench.post("/undo", ["scan": "1"])
        == "taken back: That was scan 1. Scan that kit again when it is ready.")
    #expect(
      try await bench.post("/undo", ["scan": "1"])
        == "not done: There is no scan of this step to take back.")
    #expect(
      try await bench.post("/scan", ["code": ""])
        == "not done: There was no code. Scan or type one.")
    #expect(
      try await bench.post("/photograph", file: [])
        == "not done: There was no photograph. Choose or take one first.")
    #expect(
      try await bench.post("/photograph", file: Array("a letter".utf8))
        == "not done: The photograph: found a file that is no picture, expected a JPEG or a PNG. "
        + "Take the photograph with this page&#39;s button, or type the code.")
    #expect(
      try await bench.post("/scan", ["code": label], step: "sort")
        == "not done: That page was of an earlier step. This is where packing stands now.")
    #expect(bench.session.progress.done == 0)
  }

  @Test func photographIsAScan() async throws {
    let bench = try Bench()
    let code = bench.labels[3]
    let picture = PictureFile.png(of: try QRMatrix(code), scale: 5)
    #expect(
      try await bench.post("/photograph", file: picture)
        == "registered: Lay it with the others of this arm.")
    #expect(try await bench.post("/scan", ["code": code]) == Self.known)
  }

  static let known =
    "known already: That label was scanned before; nothing has changed, so nothing of it is to be taken back."

  @Test func aFormThatIsSentTwiceTakesOneScanBack() async throws {
    let bench = try Bench()
    for label in bench.labels.prefix(4) { try await bench.post("/scan", ["code": label]) }
    try await bench.post("/undo", ["scan": "4"])
    #expect(
      try await bench.post("/undo", ["scan": "4"])
        == "not done: Scan 4 is not the last one any more. Look how many there are now; each is taken back "
        + "once, the last one first.")
    #expect(bench.session.progress.done == 3)
  }

  /// A page can be closed before it was read, and a program killed: the list is on every page of the step.
  @Test func whatIsToBeBroughtIsListedUntilItStands() async throws {
    let bench = try Bench(seed: 3)
    let filled = try await bench.fillAll()
    let kits = filled.flatMap { $0 }
    try await bench.post("/next", ["sure": "yes"])
    let arm = try #require(bench.packing.places.firstIndex { $0.contains { $0 > 20 } })
    let lost = try #require(zip(filled[arm], bench.packing.places[arm]).first { $1 <= 20 }?.0)
    for label in kits where label != lost { try await bench.post("/scan", ["code": label]) }
    #expect(
      try await bench.post("/lost", ["sure": "yes"])?.hasPrefix("bring spare ") == true)
    // Another visitor has seen no answer.
    let stranger = WebRequest(.get, "/", visitor: Visitor(number: "2", formToken: "t2"))
    let page = String(decoding: await bench.site.respond(to: stranger).body, as: UTF8.self)
    #expect(page.firstMatch(of: #/<li>spare \d+ to slot \d+<\/li>/#) != nil)
    #expect(page.contains("these stand at their slots"))
    #expect(page.contains("action=\"/scan\""), "a kit can be scanned again")
    try await bench.post("/next", ["sure": "yes"])
    #expect(await bench.step() == "finish")
  }

  @Test func goingOnNeedsTheBox() async throws {
    let bench = try Bench()
    for label in bench.labels.prefix(10) { try await bench.post("/scan", ["code": label]) }
    #expect(await bench.step() == "clear-0")
    #expect(
      try await bench.post("/next") == "not done: Tick the box first, when it is true.")
    #expect(try await bench.post("/next", ["sure": "yes"]) == nil)
    #expect(await bench.step() == "fill-1")
  }

  @Test func walkEndsInTheRecord() async throws {
    let bench = try Bench()
    let filled = try await bench.fillAll()
    try await bench.post("/next", ["sure": "yes"])
    var places: [Int: String] = [:]
    // From the back, and every second one first, so that no order helps.
    let kits = filled.flatMap { $0 }.reversed().enumerated()
    let drawn =
      kits.filter { $0.offset % 2 == 0 }.map(\.element)
      + kits.filter { $0.offset % 2 == 1 }.map(\.element)
    for label in drawn {
      let said = try #require(try await bench.post("/scan", ["code": label]))
      let match = try #require(said.firstMatch(of: #/^(slot|spare) (\d+): /#))
      let number = try #require(Int(match.2))
      places[match.1 == "slot" ? number : 20 + number] = label
    }
    #expect(places.count == 26)
    for (arm, labels) in filled.enumerated() {
      for (place, label) in places where labels.contains(label) {
        #expect(bench.packing.places[arm].contains(place))
      }
    }
    try await bench.post("/next", ["sure": "yes"])
    bench.records.fail(true)
    #expect(
      try await bench.post("/finish") == "not done: Journal: found no, expected yes.")
    bench.records.fail(false)
    try await bench.post("/finish")
    #expect(await bench.page().contains("<h1>Packed</h1>"))
    #expect(bench.records.all.count == 1)
    #expect(bench.records.all.first?.kits.map(\.text) == (1...20).compactMap { places[$0] })
    try await bench.post("/finish")
    #expect(bench.records.all.count == 1)
  }

  // A page of sorting follows from the answer and the count alone: it has one shape, and the same bytes
  // for the same answer whatever the arms are.
  @Test func pagesOfSortingNameNoArm() async throws {
    let bench = try Bench(seed: 5)
    let filled = try await bench.fillAll()
    try await bench.post("/next", ["sure": "yes"])
    var shapes: Set<String> = []
    for label in filled.flatMap({ $0 }).dropLast(2) {
      try await bench.post("/scan", ["code": label])
      let page = await bench.page()
      for arm in bench.session.job.arms { #expect(!page.contains(arm.name)) }
      #expect(!page.contains(label))
      shapes.insert(
        page.replacing(#/<strong>(slot|spare) \d+<\/strong>[^<]*/#, with: "")
          .replacing(#/\d+ of 26|value="\d+"|scan \d+ back|\d+ kits are not sorted/#, with: ""))
    }
    #expect(shapes.count == 1)
  }

  @Test func aTornLabelIsPrintedAgainOnlyWhenOneKitIsLeft() async throws {
    let bench = try Bench()
    let kits = try await bench.fillAll().flatMap { $0 }
    try await bench.post("/next", ["sure": "yes"])
    for label in kits.dropLast(2) { try await bench.post("/scan", ["code": label]) }
    #expect(await !bench.page("/labels").contains("/labels/last"))
    #expect(await !bench.page("/labels/last").contains("class=\"label"))
    try await bench.post("/scan", ["code": kits[24]])
    #expect(await bench.page("/labels").contains("/labels/last"))
    let sheet = await bench.page("/labels/last", ["format": "a4"])
    #expect(sheet.contains("<span>\(kits[25].prefix(4))</span>"))
  }

  @Test(arguments: [
    (["format": "L9999"], "Sheet of labels: found &quot;L9999&quot;"),
    (["right": "six"], "Shift of the print: found &quot;six&quot;, expected millimetres"),
    (["down": "-5,1"], "Shift of the print: found -5.1 mm, expected -5 to 5 mm."),
    (["first": "190"], "First free label: found &quot;190&quot;, expected 1 to 189."),
    (["first": "0"], "First free label: found &quot;0&quot;, expected 1 to 189."),
  ])
  func wrongWishesForSheetsAreRefused(_ fields: [String: String], _ words: String) async throws {
    let bench = try Bench()
    for path in ["/labels/sheet", "/labels/calibration"] {
      #expect(await bench.page(path, fields).contains(words))
    }
  }

  @Test func sheetsAreAsWished() async throws {
    let bench = try Bench()
    let sheet = await bench.page(
      "/labels/sheet",
      ["format": "L7651", "right": "1,5", "down": "-0.5", "first": "64", "text": "no"])
    #expect(sheet.matches(of: #/<div class="label/#).count == 34)
    #expect(sheet.matches(of: #/<section/#).count == 2)
    #expect(!sheet.contains("<code>"))
    #expect(sheet.contains(".c0 { left: 6.25mm; }"))
    #expect(sheet.contains(".r0 { top: 10.2mm; }"))
  }

  /// The codes on a sheet, in their order.
  static func codes(on sheet: String) -> [String] {
    sheet.matches(of: #/<code><span>(\w+)<\/span><span>(\w+)<\/span>/#).map { "\($0.1)\($0.2)" }
  }

  // Labels are stuck on in the order of the sheet, one arm after the other: that order must be nobody's.
  @Test func everyPrintingHasAnOrderOfItsOwn() async throws {
    let bench = try Bench()
    var orders: Set<[String]> = []
    for _ in 1...5 {
      let codes = PackingSiteTests.codes(on: await bench.page("/labels/sheet"))
      #expect(codes.sorted() == bench.labels.sorted())
      orders.insert(codes)
    }
    #expect(orders.count == 5)
    #expect(!orders.contains(bench.labels))
  }

  @Test func otherPathsAreNoPages() async throws {
    let bench = try Bench()
    for (method, path) in [(WebRequest.Method.get, "/scan"), (.post, "/"), (.get, "/labels/x")] {
      let answer = await bench.site.respond(
        to: WebRequest(method, path, visitor: bench.visitor))
      #expect(answer.status == .notFound)
    }
  }
}
