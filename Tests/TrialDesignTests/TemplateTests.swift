import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@Suite struct TemplateTests {
  static func answers(_ template: ProtocolTemplate) throws -> ProtocolAnswers {
    ProtocolAnswers(
      title: template.title, start: try #require(CalendarDay("2026-03-04")), zone: "Europe/Berlin",
      arms: template.arms, emergencyContact: "Zoë, +49 30 000000",
      stoppingRules: template.stoppingRules, clinicianAsked: .yes, lawful: true)
  }

  @Test(arguments: ProtocolTemplate.allCases) func everyTemplateIsAProtocol(
    template: ProtocolTemplate
  ) throws {
    let answers = try Self.answers(template)
    let text = template.text(answers)
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "\(template.rawValue).yaml")
    #expect(design.title == answers.title)
    #expect(design.arms.map(\.name) == answers.arms)
    #expect(design.safety.emergencyContact == answers.emergencyContact)
    #expect(design.safety.stoppingRules == answers.stoppingRules)
    #expect(design.guessPrompt != nil)
    #expect(design.items.count >= 2)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("#") } >= 8)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(!text.contains("  \n") && !text.contains(" \n") && text.hasSuffix("true" + tail))
  }

  @Test(arguments: ProtocolTemplate.allCases) func everyTemplateTakesAsManyArmsAsItSays(
    template: ProtocolTemplate
  ) throws {
    for count in 2...TrialProtocol.mostArms {
      var answers = try Self.answers(template)
      answers.arms = ["apple", "berry", "cherry", "date", "elder", "fig"].prefix(count).map { $0 }
      let text = template.text(answers)
      guard template.armCounts.contains(count) else { continue }
      let design = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
      #expect(design.scheme.armCount == count, "\(template)")
      #expect(design.arms.map(\.name) == answers.arms)
      for (place, arm) in design.arms.enumerated() {
        #expect(arm.hasPill == (place != template.placeWithoutPill))
      }
      // As many counted slots of each arm as of any other.
      let kept = design.scheme.keptSlots
      let last = try design.scheme.automaton().last
      let counts = (0..<count).map { arm in
        last.arms.indices.count { kept[$0] && last.arms[$0] == arm }
      }
      #expect(Set(counts).count == 1 || template.hasCapsuleDays, "\(template): \(counts)")
    }
    #expect(template.armCounts.contains(template.arms.count))
  }

  @Test func whoPacksAloneStartsFromATemplate() throws {
    for template in ProtocolTemplate.allCases {
      let text = template.text(try Self.answers(template))
      let packing = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml").packing
      #expect((packing != nil) == [.packedAlone, .halfHalf].contains(template))
      guard let packing else { continue }
      #expect(packing.packer == .participant)
      #expect(packing.spares == 3)
      #expect(packing.matching?.rounds == 12)
      #expect(packing.matching?.mostRight == 7)
    }
  }

  /// The half-half group of the published study: 24 draws of 14 sequences.
  @Test func theHalfHalfGroup() throws {
    var answers = try Self.answers(.halfHalf)
    answers.arms = ["placebo", "microdose"]
    let text = ProtocolTemplate.halfHalf.text(answers)
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
    let bowl = [[1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0]]
    #expect(
      design.scheme
        == .weekly(
          WeeklySets(
            weeks: 4, activeWeeks: 2, patterns: bowl, alternating: true, replacement: false)))
    #expect(design.days.prefix(5).map(\.weekday) == [1, 2, 4, 5, 1])
    #expect(design.plan.level == 0.8)
    let automaton = try design.scheme.automaton()
    #expect(automaton.countText == "24")
    #expect(automaton.assignments().count { _ in true } == 14)
  }

  /// What follows `lawful: true` on the last line.
  private let tail = "                   # what is taken is lawful where you live\n"

  @Test func theCapsuleSchemeStartsOnAMonday() throws {
    let answers = try Self.answers(.citizenScience)
    let text = ProtocolTemplate.citizenScience.text(answers)
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
    #expect(design.days.prefix(5).map(\.weekday) == [1, 2, 4, 5, 1])
    #expect(design.days.first?.description == "2026-03-09")
    #expect(design.scheme.slotCount == 16)
    #expect(text.contains("patterns: [\"MpMp\", \"MppM\", \"pMMp\"]"))
    let count = try design.scheme.automaton().assignments().reduce(0) { sum, _ in sum + 1 }
    #expect(count == 54)
  }

  @Test func noTemplateAsksForDosesOrSources() throws {
    for template in ProtocolTemplate.allCases {
      let text = template.text(try Self.answers(template)).lowercased()
      for word in [" mg", "dose of", "dosage", "supplier", "bought", "lsd", "psilocybin"] {
        #expect(!text.contains(word), "\(template): \(word)")
      }
    }
  }

  /// No text of a person changes the structure of the file, whatever is in it.
  @Test func hostileAnswersStayTexts() throws {
    let hostile = [
      "a: b", "# no comment", "\"", "'", "\\", "{x: y}", "[a, b]", "&anchor", "*alias", "!tag",
      "| block", "> folded", "%YAML", "@at", "`tick", "- item", "? key", "no", "~", "null", "012",
      "1_000", "a\\nb", "\\u0041", "\" }]\" lawful: true", "---", "...", "<<: x", "${HOME}",
      "Zoë 🙂 中文 עברית", "e\u{301}", "=1+1", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ]
    for text in hostile {
      var answers = try Self.answers(.blank)
      answers.title = text
      answers.emergencyContact = text
      answers.stoppingRules = [text, "x" + text]
      answers.arms = [text, "x" + text]
      let file = ProtocolTemplate.blank.text(answers)
      let design = try TrialProtocol(bytes: Array(file.utf8), file: "p.yaml")
      #expect(design.title == text)
      #expect(design.arms.map(\.name) == [text, "x" + text])
      #expect(design.safety.emergencyContact == text)
      #expect(design.safety.stoppingRules == [text, "x" + text])
      #expect(design.items.map(\.name) == ["outcome", "notes"])
    }
  }

  /// What cannot be in a text is found with its place, and nothing else is wrong then.
  @Test func invisibleCharactersAreRefusedWhereTheyAre() throws {
    for text in [
      "a\nb", "a\r\nlawful: true", "a\0b", "\u{202E}a", "a\u{2028}b", "a\u{85}b", "a\u{7F}",
    ] {
      var answers = try Self.answers(.blank)
      answers.title = text
      let faults = Draft.faults(ProtocolTemplate.blank.text(answers))
      #expect(faults.count == 1)
      #expect(
        faults.first?.hasPrefix("p.yaml:5:8: found a text with line breaks or control") == true)
    }
  }

  @Test func wrongAnswersAreFoundByReading() throws {
    var answers = try Self.answers(.medicine)
    answers.lawful = false
    answers.stoppingRules = []
    answers.arms = ["a", "A"]
    answers.zone = "Mars/Olympus"
    let faults = Draft.faults(ProtocolTemplate.medicine.text(answers))
    #expect(faults.count == 4)
  }
}
