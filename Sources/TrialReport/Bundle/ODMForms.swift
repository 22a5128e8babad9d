import BlindRecord
import TrialDesign

/// The forms of a trial in ODM: the daily one, and those of adverse events, deviations and code breaks.
struct ODMForms {
  let arms: [String]
  let design: TrialProtocol

  private struct Definition {
    let oid: String
    let name: String
    let type: String
    var length = 0
    var digits: Int?
    var question: String?
    var unit: Int?
    var bounds: (lower: DecimalNumber, upper: DecimalNumber)?
    var options: [String] = []
  }

  /// The units of the items, each once.
  static func units(_ design: TrialProtocol) -> [String] {
    var units: [String] = []
    for item in design.items {
      if case .number(_, _, _, let unit?) = item.kind, !units.contains(unit) { units.append(unit) }
    }
    return units
  }

  /// What is written down beside the daily form, each kind as a study event of its own.
  enum Event: String, CaseIterable {
    case adverseEvents = "EVENTS"
    case deviations = "DEVIATIONS"
    case codeBreaks = "BREAKS"

    var event: String { "SE.\(rawValue)" }
    var form: String { "FO.\(rawValue)" }
    var group: String { "IG.\(rawValue)" }
    var name: String {
      switch self {
      case .adverseEvents: "Adverse events"
      case .deviations: "Deviations"
      case .codeBreaks: "Code breaks"
      }
    }
  }

  /// The identifiers of an event's items, in their order.
  func items(of event: Event) -> [String] { definitions(of: event).map(\.oid) }

  /// Adds the content of a MetaDataVersion.
  func add(to xml: inout XMLText) {
    let slot = slotItems
    xml.open("Protocol")
    for (place, oid) in (["SE.SLOT"] + Event.allCases.map(\.event)).enumerated() {
      xml.leaf(
        "StudyEventRef",
        [
          ("StudyEventOID", oid), ("OrderNumber", "\(place + 1)"),
          ("Mandatory", place == 0 ? "Yes" : "No"),
        ])
    }
    xml.close()
    let kinds = Event.allCases
    for (oid, name, repeats, type, form) in [("SE.SLOT", "Slot", "Yes", "Scheduled", "FO.SLOT")]
      + kinds.map({ ($0.event, $0.name, "No", "Unscheduled", $0.form) })
    {
      xml.open(
        "StudyEventDef", [("OID", oid), ("Name", name), ("Repeating", repeats), ("Type", type)])
      xml.leaf("FormRef", [("FormOID", form), ("Mandatory", "No")])
      xml.close()
    }
    for (oid, name, group) in [("FO.SLOT", "Daily form", "IG.SLOT")]
      + kinds.map({ ($0.form, $0.name, $0.group) })
    {
      xml.open("FormDef", [("OID", oid), ("Name", name), ("Repeating", "No")])
      xml.leaf("ItemGroupRef", [("ItemGroupOID", group), ("Mandatory", "No")])
      xml.close()
    }
    addGroup("IG.SLOT", "Slot", false, slot, &xml)
    for kind in kinds { addGroup(kind.group, kind.name, true, definitions(of: kind), &xml) }
    let all = slot + kinds.flatMap(definitions)
    for item in all { add(item, &xml) }
    for item in all where !item.options.isEmpty { addList(item, &xml) }
  }

  private var slotItems: [Definition] {
    var items = [
      arm("IT.ARM", "Arm"),
      Definition(oid: "IT.DAY", name: "Due day", type: "date"),
      Definition(oid: "IT.KIT", name: "Scheduled kit", type: "text", length: 20),
      Definition(oid: "IT.KIT.OTHER", name: "Kit taken instead", type: "text", length: 20),
      arm("IT.ARM.OTHER", "Arm of the kit taken instead"),
      Definition(
        oid: "IT.STATUS", name: "Status", type: "text", length: 16,
        options: ["recorded", "recorded-late", "missing", "upcoming"]),
      Definition(
        oid: "IT.GUESS", name: "Guess", type: "float", length: 6, digits: 4,
        question: design.guessPrompt),
      flag("IT.GUESS.UNKNOWN", "Answered the guess with do not know"),
      text("IT.GUESS.REASON", "What the guess rested on"),
      flag("IT.CODE.BROKEN", "Code of the slot broken"),
      Definition(
        oid: "IT.SKIPPED", name: "Items left unanswered on purpose, with reasons", type: "text",
        length: design.items.count * (Item.longestText + 50)),
    ]
    let units = ODMForms.units(design)
    for (place, item) in design.items.enumerated() {
      var definition = Definition(
        oid: "IT.ANSWER.\(place + 1)", name: item.name, type: "text", length: Item.longestText,
        question: item.prompt)
      switch item.kind {
      case .number(let lower, let upper, let decimals, let unit):
        definition = Definition(
          oid: definition.oid, name: item.name, type: decimals == 0 ? "integer" : "float",
          length: max(lower.description.count, upper.description.count) + decimals + 1,
          digits: decimals == 0 ? nil : decimals, question: item.prompt,
          unit: unit.flatMap(units.firstIndex), bounds: (lower, upper))
      case .choice(let options): definition.options = options
      // Several of a list are one text, divided by semicolons: a code list has one at a time.
      case .choices, .text: break
      }
      items.append(definition)
    }
    return items
  }

  private func text(_ oid: String, _ name: String) -> Definition {
    Definition(oid: oid, name: name, type: "text", length: Item.longestText)
  }

  private func flag(_ oid: String, _ name: String) -> Definition {
    Definition(oid: oid, name: name, type: "text", length: 1, options: ["Y", "N"])
  }

  private func arm(_ oid: String, _ name: String) -> Definition {
    Definition(oid: oid, name: name, type: "text", length: 64, options: arms)
  }

  private func definitions(of event: Event) -> [Definition] {
    switch event {
    case .adverseEvents:
      [
        text("IT.AE.TERM", "Term"),
        Definition(oid: "IT.AE.ONSET", name: "Onset", type: "date"),
        Definition(
          oid: "IT.AE.SEVERITY", name: "Severity", type: "text", length: 8,
          options: AdverseEvent.Severity.allCases.map(\.rawValue)),
        flag("IT.AE.SERIOUS", "Serious"), text("IT.AE.ACTION", "Action"),
        text("IT.AE.OUTCOME", "Outcome"), arm("IT.AE.ARM", "Arm of the day of onset"),
      ]
    case .deviations:
      [
        Definition(oid: "IT.DV.WRITTEN", name: "Written down", type: "date"),
        Definition(oid: "IT.DV.SLOT", name: "Slot", type: "integer", length: 4),
        arm("IT.DV.ARM", "Arm of the slot"),
        Definition(
          oid: "IT.DV.KIND", name: "Kind", type: "text", length: 20,
          options: Deviation.Kind.allCases.map(\.rawValue)),
        text("IT.DV.REASON", "Reason"),
      ]
    case .codeBreaks:
      [
        Definition(oid: "IT.CB.AT", name: "Announced at", type: "datetime"),
        Definition(oid: "IT.CB.SLOT", name: "Slot", type: "integer", length: 4),
        arm("IT.CB.ARM", "Arm that was opened"), text("IT.CB.REASON", "Reason"),
      ]
    }
  }

  private func addGroup(
    _ oid: String, _ name: String, _ repeats: Bool, _ items: [Definition], _ xml: inout XMLText
  ) {
    xml.open(
      "ItemGroupDef", [("OID", oid), ("Name", name), ("Repeating", repeats ? "Yes" : "No")])
    for (place, item) in items.enumerated() {
      xml.leaf(
        "ItemRef",
        [("ItemOID", item.oid), ("OrderNumber", "\(place + 1)"), ("Mandatory", "No")])
    }
    xml.close()
  }

  private func add(_ item: Definition, _ xml: inout XMLText) {
    var facts = [("OID", item.oid), ("Name", item.name), ("DataType", item.type)]
    if item.length > 0 { facts.append(("Length", "\(item.length)")) }
    if let digits = item.digits { facts.append(("SignificantDigits", "\(digits)")) }
    xml.open("ItemDef", facts)
    if let question = item.question {
      xml.open("Question")
      xml.translated(question)
      xml.close()
    }
    if let unit = item.unit {
      xml.leaf("MeasurementUnitRef", [("MeasurementUnitOID", "MU.\(unit + 1)")])
    }
    if let bounds = item.bounds {
      for (comparator, bound) in [("GE", bounds.lower), ("LE", bounds.upper)] {
        xml.open("RangeCheck", [("Comparator", comparator), ("SoftHard", "Hard")])
        xml.leaf("CheckValue", text: bound.description)
        xml.close()
      }
    }
    if !item.options.isEmpty { xml.leaf("CodeListRef", [("CodeListOID", "CL.\(item.oid)")]) }
    xml.close()
  }

  private func addList(_ item: Definition, _ xml: inout XMLText) {
    xml.open(
      "CodeList", [("OID", "CL.\(item.oid)"), ("Name", item.name), ("DataType", "text")])
    for option in item.options {
      xml.open("CodeListItem", [("CodedValue", option)])
      xml.open("Decode")
      xml.translated(option)
      xml.close()
      xml.close()
    }
    xml.close()
  }
}
