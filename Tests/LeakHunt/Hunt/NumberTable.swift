/// Numbers by name and slot, as they are noted while a trial is watched.
struct NumberTable {
  private(set) var names: [String] = []
  private(set) var rows: [[Float]] = []
  private var places: [String: Int] = [:]
  private let slots: Int

  init(slots: Int) { self.slots = slots }

  /// The same in the order of the names: which of two ways was taken first differs between trials.
  var sorted: (names: [String], rows: [[Float]]) {
    let order = names.indices.sorted { names[$0] < names[$1] }
    return (order.map { names[$0] }, order.map { rows[$0] })
  }

  /// Notes a number of a slot, from 1; a slot without one has 0.
  mutating func note(_ name: String, slot: Int, _ value: Double) {
    let place = places[name] ?? names.count
    if place == names.count {
      places[name] = place
      names.append(name)
      rows.append(Array(repeating: 0, count: slots))
    }
    rows[place][slot - 1] = Float(value)
  }

  /// Notes what a run of a program was like.
  mutating func note(_ command: String, slot: Int, _ run: Child.Ended) {
    note("\(command): duration", slot: slot, run.wall)
    note("\(command): processor time", slot: slot, run.processor)
    note("\(command): memory", slot: slot, Double(run.memory))
    note("\(command): length of the answer", slot: slot, Double(run.out.count))
  }
}
