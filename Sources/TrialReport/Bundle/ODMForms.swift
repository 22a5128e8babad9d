import BlindRecord
import TrialDesign

/// The forms of a trial in ODM: the daily one and that of adverse events.
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

  /// Adds the content of a MetaDataVersion.
  func add(to xml: inout XMLText) {
    let slot = slotItems
    let event = eventItems
    xml.open("Protocol")
    for (place, oid) in ["SE.SLOT", "SE.EVENTS"].enumerated() {
      xml.leaf(
        "StudyEventRef",
        [
          ("StudyEventOID", oid), ("OrderNumber", "\(place + 1)"),
          ("Mandatory", place == 0 ? "Yes" : "No"),
        ])
    }
    xml.close()
    for (oid, name, repeats, type, form) in [
      ("SE.SLOT", "Slot", "Yes", "Scheduled", "FO.SLOT"),
      ("SE.EVENTS", "Adverse events", "No", "Unscheduled", "FO.EVENTS"),
    ] {
      xml.open(
        "StudyEventDef", [("OID", oid), ("Name", name), ("Repeating", repeats), ("Type", type)])
      xml.leaf("FormRef", [("FormOID", form), ("Mandatory", "No")])
      xml.close()
    }
    for (oid, name, group) in [
      ("FO.SLOT", "Daily form", "IG.SLOT"), ("FO.EVENTS", "Adverse events", "IG.EVENT"),
    ] {
      xml.open("FormDef", [("OID", oid), ("Name", name), ("Repeating", "No")])
      xml.leaf("ItemGroupRef", [("ItemGroupOID", group), ("Mandatory", "No")])
      xml.close()
    }
    addGroup("IG.SLOT", "Slot", false, slot, &xml)
    addGroup("IG.EVENT", "Adverse event", true, event, &xml)
    for item in slot + event { add(item, &xml) }
    for item in slot + event where !item.options.isEmpty { addList(item, &xml) }
  }

  private var slotItems: [Definition] {
    var items = [
      Definition(oid: "IT.ARM", name: "Arm", type: "text", length: 64, options: arms),
      Definition(oid: "IT.DAY", name: "Due day", type: "date"),
      Definition(oid: "IT.KIT", name: "Kit taken", type: "text", length: 20),
      Definition(
        oid: "IT.STATUS", name: "Status", type: "text", length: 16,
        options: ["recorded", "recorded-late", "missing"]),
      Definition(
        oid: "IT.GUESS", name: "Guess", type: "float", length: 6, digits: 4,
        question: design.guessPrompt),
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

  private var eventItems: [Definition] {
    [
      Definition(oid: "IT.AE.TERM", name: "Term", type: "text", length: Item.longestText),
      Definition(oid: "IT.AE.ONSET", name: "Onset", type: "date"),
      Definition(
        oid: "IT.AE.SEVERITY", name: "Severity", type: "text", length: 8,
        options: AdverseEvent.Severity.allCases.map(\.rawValue)),
      Definition(
        oid: "IT.AE.SERIOUS", name: "Serious", type: "text", length: 1, options: ["Y", "N"]),
      Definition(oid: "IT.AE.ACTION", name: "Action", type: "text", length: Item.longestText),
      Definition(oid: "IT.AE.OUTCOME", name: "Outcome", type: "text", length: Item.longestText),
      Definition(
        oid: "IT.AE.ARM", name: "Arm of the day of onset", type: "text", length: 64, options: arms),
    ]
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
