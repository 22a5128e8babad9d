import Foundation
import Testing

/// `new`: the dialogue, the templates, and what is refused before anything is written.
struct NewTests {
  static let templates = [
    "caffeine", "supplement", "medicine", "light", "citizen-science", "half-half", "open-arm",
    "blank",
  ]
  /// Every answer as an option.
  static let options = [
    "--title", "My \"trial\": a test", "--start", "2031-03-03", "--zone", "Europe/Berlin", "--arm",
    "zorblax", "--arm", "quivven", "--emergency-contact", "Dr. Weiss, 030 1234", "--stopping-rule",
    "a racing heart", "--clinician-asked", "yes", "--lawful", "yes",
  ]

  @Test(arguments: templates) func everyTemplateCanBeSealed(_ template: String) async throws {
    let place = try TemporaryFolder()
    let third = template == "open-arm" ? ["--arm", "nothing"] : []
    let made = try await Tool.run(
      ["new", "trial", "--template", template] + NewTests.options + third, in: place.url)
    #expect(made.err == "")
    let check = try await Tool.run(["check", "trial"], in: place.url)
    #expect(check.out.hasPrefix("the protocol \"My \"trial\": a test\" is right\n"))
    try Data("correct horse battery staple".utf8).write(to: place / "passphrase")
    let seal = try await Tool.run(
      [
        "seal", "trial", "--custody", "self", "--passphrase-file", "passphrase", "--work-factor",
        "1", "--clock", "2031-03-01T12:00:00Z",
      ], in: place.url)
    #expect(seal.status == 0, "\(seal.err)")
  }

  @Test func itAsksForWhatIsNotGiven() async throws {
    let place = try TemporaryFolder()
    let answers = [
      "blank", "", "soon", "2031-03-03", "UTC", "", "tea", "", "Ann, 030 1234", "fever", "",
      "not-needed", "maybe", "yes",
    ]
    let run = try await Tool.run(
      ["new", "trial"], input: answers.joined(separator: "\n") + "\n", in: place.url)
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("start: found \"soon\", expected a day as YYYY-MM-DD"))
    #expect(run.out.contains("answer: found nothing, expected a few words"))
    #expect(run.out.contains("answer: found \"maybe\", expected yes or no"))
    let text = try String(contentsOf: place / "trial/protocol.yaml", encoding: .utf8)
    for part in ["title: \"My trial\"", "\"tea\"", "\"fever\"", "\"Ann, 030 1234\""] {
      #expect(text.contains(part))
    }
  }

  @Test func moreArms() async throws {
    let place = try TemporaryFolder()
    let made = try await Tool.run(
      ["new", "trial", "--template", "supplement", "--arm", "frumplet"] + NewTests.options,
      in: place.url)
    #expect(made.status == 0, "\(made.err)")
    let check = try await Tool.run(["check", "trial"], in: place.url)
    #expect(check.out.contains("arms: frumplet, zorblax, quivven\n"), "\(check.out)")
    for (template, more, sentence, hint) in [
      (
        "citizen-science", 1, "found 3 arms, expected 2 for the template citizen-science",
        "these take 3: caffeine, supplement, medicine, light, open-arm, packed-alone, blank"
          as String?
      ),
      (
        "open-arm", 0, "found 2 arms, expected 3 for the template open-arm",
        "these take 2: caffeine, supplement, medicine, light, citizen-science, half-half, "
          + "packed-alone, blank"
      ),
      ("blank", 5, "found 7 arms, expected at most 6 for the template blank", nil),
    ] {
      let arms = (0..<more).flatMap { ["--arm", "arm \($0)"] }
      let run = try await Tool.run(
        ["new", "other", "--template", template] + NewTests.options + arms, in: place.url)
      expectRefusal(run, "--arm: \(sentence)", hint: hint)
      #expect(!FileManager.default.fileExists(atPath: (place / "other").path))
    }
    let one = try await Tool.run(
      ["new", "other", "--template", "blank", "--arm", "only"]
        + NewTests.options.filter {
          !["--arm", "zorblax", "quivven"].contains($0)
        }, in: place.url)
    expectRefusal(
      one, "protocol.yaml:9:7: found one arm, expected 2 to 6 arms, the reference first")
  }

  /// Names that are proposed for another arm, and ones that start as they do.
  @Test func itAsksForEveryArmOfTheTemplate() async throws {
    let place = try TemporaryFolder()
    let options = NewTests.options.filter { !["--arm", "zorblax", "quivven"].contains($0) }
    for (template, typed, arms) in [
      ("open-arm", "Nothing\n\nplacebo\n", "Nothing, supplement, placebo (no pill)"),
      ("open-arm", "\nplacebo\ntea\nair\n", "placebo, tea, air (no pill)"),
      ("citizen-science", "pill\n\n", "pill, microdose"),
      ("caffeine", "Caffeine\nplacebo\n", "Caffeine, placebo"),
    ] {
      let folder = "trial-\(arms.hash)"
      let made = try await Tool.run(
        ["new", folder, "--template", template] + options, input: typed, in: place.url)
      #expect(made.status == 0, "\(made.err) \(made.out)")
      let check = try await Tool.run(["check", folder], in: place.url)
      #expect(check.out.contains("arms: \(arms)\n"), "\(check.out)")
      if template == "open-arm" {
        #expect(made.out.contains("What is the arm without a pill called? [nothing]"))
      }
    }
  }

  @Test func everyAnswerIsCheckedAtItsQuestion() async throws {
    let place = try TemporaryFolder()
    let answers = [
      "1", "", "1931-03-03", "2031-03-03", "Atlantis/Centre", "UTC", "tea", "tea", "coffee",
      "Ann, 030 1234", "", "yes", "no", "yes",
    ]
    let run = try await Tool.run(
      ["new", "trial"], input: answers.joined(separator: "\n") + "\n", in: place.url)
    #expect(run.status == 0, "\(run.err)")
    for sentence in [
      "found \"1931-03-03\", expected start between 2000 and 2199",
      "found \"Atlantis/Centre\", expected the name of a time zone",
      "found the arm \"tea\" again, expected arms with different names",
      "found lawful: false, expected lawful: true",
    ] { #expect(run.out.contains("  \(sentence)"), "\(sentence) \(run.out)") }
    #expect(run.out.components(separatedBy: "screen light").count == 2, "\(run.out)")
    let check = try await Tool.run(["check", "trial"], in: place.url)
    #expect(check.out.contains("arms: tea, coffee"))
  }

  @Test func anInputThatEndsAfterARefusalSaysWhy() async throws {
    let place = try TemporaryFolder()
    let run = try await Tool.run(
      ["new", "trial", "--template", "blank"] + NewTests.options.dropLast(2), input: "no\n",
      in: place.url)
    expectRefusal(
      run, "found lawful: false, expected lawful: true",
      hint: "a trial of something that is not lawful where you live is not sealed")
  }

  @Test func aPlaceThatWillNotDoIsSaidBeforeTheFirstQuestion() async throws {
    let place = try TemporaryFolder()
    try Data().write(to: place / "file")
    let file = try await Tool.run(["new", "file"], in: place.url)
    expectRefusal(file, "file: found a file, expected a folder or a name that is free")
    #expect(file.out == "")
    let nowhere = try await Tool.run(["new", "a/b"], in: place.url)
    expectRefusal(nowhere, "a/b: cannot create: no such file or folder")
    #expect(nowhere.out == "")
    let zone = try await Tool.run(["new", "trial", "--template", "blank", "--zone", "X/Y"])
    #expect(zone.err.contains("found \"X/Y\""), "\(zone.err)")
    #expect(zone.out == "")
    #expect(!FileManager.default.fileExists(atPath: (place / "trial").path))
  }

  @Test func itAsksForNoAmountAndNoSource() async throws {
    let run = try await Tool.run(["new", "--help"])
    for word in ["dose", "dosage", "supplier", "vendor", "source"] {
      #expect(!run.out.lowercased().contains(word))
    }
  }

  @Test func theFolderIsPrivate() async throws {
    let place = try TemporaryFolder()
    _ = try await Tool.run(
      ["new", "trial", "--template", "blank"] + NewTests.options, in: place.url)
    func mode(_ name: String) throws -> Int? {
      let attributes = try FileManager.default.attributesOfItem(atPath: (place / name).path)
      return attributes[.posixPermissions] as? Int
    }
    #expect(try mode("trial") == 0o700)
    #expect(try mode("trial/protocol.yaml") == 0o600)
  }

  @Test func itNeverOverwrites() async throws {
    let trial = try TrialFixture()
    let run = try await trial.run("new", ["--template", "blank"] + NewTests.options)
    expectRefusal(
      run, "trial/protocol.yaml: it exists already", hint: "edit it, or name another folder")
    #expect(
      try String(contentsOf: trial.file("protocol.yaml"), encoding: .utf8)
        == TrialFixture.protocolText)
  }

  @Test func armsWithTheSameName() async throws {
    let place = try TemporaryFolder()
    let options = NewTests.options.map { $0 == "quivven" ? "zorblax" : $0 }
    let run = try await Tool.run(["new", "trial", "--template", "blank"] + options, in: place.url)
    #expect(run.status == 2)
    #expect(run.err.contains("found the arm \"zorblax\" again, expected arms with different names"))
    #expect(!FileManager.default.fileExists(atPath: (place / "trial").path))
  }

  @Test func somethingUnlawfulIsNotWritten() async throws {
    let place = try TemporaryFolder()
    let options = NewTests.options.dropLast() + ["no"]
    let run = try await Tool.run(["new", "trial", "--template", "blank"] + options, in: place.url)
    #expect(run.status == 2)
    #expect(run.err.contains("found lawful: false, expected lawful: true"))
    #expect(!FileManager.default.fileExists(atPath: (place / "trial").path))
  }

  @Test func aPlaceThatCannotBeWrittenTo() async throws {
    let place = try TemporaryFolder()
    try Data().write(to: place / "file")
    let run = try await Tool.run(
      ["new", "file/trial", "--template", "blank"] + NewTests.options, in: place.url)
    expectRefusal(run, "file/trial: cannot create: a part of the path is not a folder")
    let nowhere = try await Tool.run(
      ["new", "a/b/c", "--template", "blank"] + NewTests.options, in: place.url)
    expectRefusal(nowhere, "a/b/c: cannot create: no such file or folder")
  }
}
