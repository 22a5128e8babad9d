extension ProtocolReader {
  /// The safety part; a protocol without it, or not lawful, cannot be sealed.
  func safety(_ node: YAMLNode?) -> SafetyPart? {
    guard
      let fields = fields(
        node, "safety", known: ["stoppingRules", "emergencyContact", "clinicianAsked", "lawful"])
    else { return nil }
    let rules = list(
      fields.required("stoppingRules", expected: "stoppingRules: when to stop, as a list"),
      "stoppingRules", most: 50
    ) { text($0, "a stopping rule") }
    let contact = text(
      fields.required("emergencyContact", expected: "emergencyContact: whom to call"),
      "emergencyContact")
    let asked = word(
      fields.required("clinicianAsked", expected: "clinicianAsked: yes, no or not-needed"),
      "clinicianAsked", as: SafetyPart.ClinicianAsked.self)
    let lawfulNode = fields.required(
      "lawful", expected: "lawful: true, when what is taken is lawful where you live")
    let lawful = flag(lawfulNode, "lawful")
    if let lawfulNode, lawful == false {
      faults.add(
        lawfulNode, found: "lawful: false", expected: "lawful: true",
        hint: "a trial of something that is not lawful where you live is not sealed")
    }
    guard let rules, let contact, let asked, lawful == true else { return nil }
    return SafetyPart(
      stoppingRules: rules, emergencyContact: contact, clinicianAsked: asked, lawful: true)
  }
}
