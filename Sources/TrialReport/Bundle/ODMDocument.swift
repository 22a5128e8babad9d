import BlindRecord
import TrialAnalysis
import TrialDesign

/// The record as one CDISC ODM-XML 1.3.2 file of type Snapshot: one subject, one study event for each slot.
///
/// Elements and their order are those of the public specification, chapters 3.1.1 (study) and 3.1.4
/// (clinical data); which of them are used is in Documentation/Specifications/bundle.md.
struct ODMDocument {
  private let result: TrialResult
  private let design: TrialProtocol
  private let record: LockedRecord
  private let rows: [SlotRecord]
  private var study: String { "ST.\(record.manifest.trial)" }

  init(_ result: TrialResult, design: TrialProtocol, record: LockedRecord) {
    self.result = result
    self.design = design
    self.record = record
    rows = SlotRecord.rows(of: record.manifest.schedule, entries: record.entries, today: nil)
  }

  /// The whole file.
  var text: String {
    let locked = record.entries.last?.moment.utc ?? record.manifest.sealedAt.utc
    var xml = XMLText()
    xml.open(
      "ODM",
      [
        ("xmlns", "http://www.cdisc.org/ns/odm/v1.3"), ("ODMVersion", "1.3.2"),
        ("FileType", "Snapshot"), ("FileOID", "ODM.\(record.manifest.trial)"),
        ("CreationDateTime", locked), ("SourceSystem", "SelfBlind"),
        ("SourceSystemVersion", ProgramVersion.text),
      ])
    addStudy(&xml)
    addData(&xml)
    xml.close()
    return xml.text
  }

  private func addStudy(_ xml: inout XMLText) {
    xml.open("Study", [("OID", study)])
    xml.open("GlobalVariables")
    xml.leaf("StudyName", text: design.title)
    xml.leaf(
      "StudyDescription",
      text: "A self-blinded trial of one person: "
        + "\(result.arms.dropFirst().joined(separator: ", ")) against \(result.arms[0])")
    xml.leaf("ProtocolName", text: record.manifest.trial)
    xml.close()
    addUnits(&xml)
    xml.open("MetaDataVersion", [("OID", "MDV.1"), ("Name", "As sealed")])
    ODMForms(arms: result.arms, design: design).add(to: &xml)
    xml.close()
    xml.close()
  }

  private func addUnits(_ xml: inout XMLText) {
    let units = ODMForms.units(design)
    guard !units.isEmpty else { return }
    xml.open("BasicDefinitions")
    for (place, unit) in units.enumerated() {
      xml.open("MeasurementUnit", [("OID", "MU.\(place + 1)"), ("Name", unit)])
      xml.open("Symbol")
      xml.translated(unit)
      xml.close()
      xml.close()
    }
    xml.close()
  }

  private func addData(_ xml: inout XMLText) {
    xml.open("ClinicalData", [("StudyOID", study), ("MetaDataVersionOID", "MDV.1")])
    xml.open("SubjectData", [("SubjectKey", "1")])
    for (line, row) in zip(result.slots, rows) { add(line, row, &xml) }
    addEvents(&xml)
    xml.close()
    xml.close()
  }

  private func add(_ line: SlotLine, _ row: SlotRecord, _ xml: inout XMLText) {
    xml.open(
      "StudyEventData",
      [("StudyEventOID", "SE.SLOT"), ("StudyEventRepeatKey", "\(line.slot)")])
    xml.open("FormData", [("FormOID", "FO.SLOT")])
    xml.open("ItemGroupData", [("ItemGroupOID", "IG.SLOT")])
    func item(_ oid: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      xml.leaf("ItemData", [("ItemOID", oid), ("Value", value)])
    }
    item("IT.ARM", result.arms[line.arm])
    item("IT.DAY", line.day?.description)
    item("IT.KIT", line.kit)
    item("IT.KIT.OTHER", line.otherKit)
    item("IT.ARM.OTHER", line.otherArm.map { result.arms[$0] })
    item("IT.STATUS", line.status?.rawValue)
    switch line.guess {
    case .none: break
    case .unknown: item("IT.GUESS.UNKNOWN", "Y")
    case .probability(let share):
      item("IT.GUESS", "\(share)")
      item("IT.GUESS.UNKNOWN", "N")
    }
    item("IT.GUESS.REASON", row.guess?.reason)
    item("IT.CODE.BROKEN", line.codeBroken ? "Y" : "N")
    item("IT.SKIPPED", BundleTables.skipped(row, design))
    for (place, asked) in design.items.enumerated() {
      let oid = "IT.ANSWER.\(place + 1)"
      switch row.answers[asked.name] {
      case .skipped: xml.leaf("ItemData", [("ItemOID", oid), ("IsNull", "Yes")])
      case let answer: item(oid, BundleTables.text(answer))
      }
    }
    for _ in 0..<3 { xml.close() }
  }

  /// What happened beside the daily form: one study event for each kind of which there is something.
  private func addEvents(_ xml: inout XMLText) {
    add(
      .adverseEvents,
      result.adverseEvents.map { line in
        let event = line.event
        return [
          event.term, event.onset.description, event.severity.rawValue, event.serious ? "Y" : "N",
          event.action, event.outcome, line.arm ?? "",
        ]
      }, &xml)
    add(
      .deviations,
      result.deviations.map { line in
        [
          line.day.description, line.slot.map(String.init) ?? "", line.arm ?? "",
          line.kind.rawValue, line.reason,
        ]
      }, &xml)
    add(
      .codeBreaks,
      result.codeBreaks.map { line in
        [line.at, "\(line.slot)", line.arm, line.reason]
      }, &xml)
  }

  /// - Parameter rows: the values in the order of the form's items; an empty one is left out.
  private func add(_ form: ODMForms.Event, _ rows: [[String]], _ xml: inout XMLText) {
    guard !rows.isEmpty else { return }
    let items = ODMForms(arms: result.arms, design: design).items(of: form)
    xml.open("StudyEventData", [("StudyEventOID", form.event)])
    xml.open("FormData", [("FormOID", form.form)])
    for (place, values) in rows.enumerated() {
      xml.open(
        "ItemGroupData",
        [("ItemGroupOID", form.group), ("ItemGroupRepeatKey", "\(place + 1)")])
      for (oid, value) in zip(items, values) where !value.isEmpty {
        xml.leaf("ItemData", [("ItemOID", oid), ("Value", value)])
      }
      xml.close()
    }
    xml.close()
    xml.close()
  }
}
