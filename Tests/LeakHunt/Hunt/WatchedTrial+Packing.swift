import Foundation
import TrialTestSupport

/// Packing alone, watched: every scan in the terminal and, of the same kits, as pages.
extension WatchedTrial {
  /// Fills, shuffles and sorts; `looksAtMemory` keeps the memory of the program that has finished packing.
  func pack(looksAtMemory: Bool) throws {
    let labels = manifest.packing?.labels ?? []
    let sheet = random.shuffled(labels.count).map { labels[$0] }
    let perArm = design.slots / design.arms.count + WatchedTrial.spares
    let bag = try fill(sheet, perArm: perArm)
    exhibits += try Exhibit.files(of: folder, at: "filled")
    // The terminal first and then the pages in one half of the trials, the other way round in the other.
    let pagesAreFirst = random.below(2) == 0
    let orders = (0..<2).map { _ in random.shuffled(bag.count).map { bag[$0] } }
    if pagesAreFirst {
      try sortInPages(orders[0], finishing: false, looksAtMemory: false)
      try sortInTerminal(orders[1], finishing: true)
    } else {
      try sortInTerminal(orders[0], finishing: false)
      try sortInPages(orders[1], finishing: true, looksAtMemory: looksAtMemory)
    }
    for (slot, label) in kits where slot > 0 {
      noteCode(label, "code on the kit", slot: slot)
      table.note(
        "code on the kit: place among labels", slot: slot,
        Double(labels.firstIndex(of: label) ?? -1))
    }
    exhibits += try Exhibit.files(of: folder, at: "packed")
  }

  /// Fills arm by arm; gives the kits, which all look alike.
  private func fill(_ sheet: [String], perArm: Int) throws -> [String] {
    let packer = try Child(
      program, ["pack", folder, "--clock", WatchedTrial.clock(slot: 0, hour: 20)])
    var next = 0
    for arm in design.arms.indices {
      for _ in 0..<perArm {
        packer.type(sheet[next])
        _ = try answer(of: packer)
        filled[sheet[next]] = arm
        next += 1
      }
      packer.type("done")
    }
    packer.type("done")
    let end = packer.end()
    exhibits.append(Exhibit("output of pack, filling", end.out, namesArms: true))
    return Array(sheet[..<next])
  }

  /// One line that answers a scan, and how long it took.
  private func answer(of packer: Child) throws -> (line: String, seconds: Double) {
    let start = ContinuousClock.now
    while true {
      let line = try packer.read(until: "\n")
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let words = ["registered", "slot ", "spare ", "this label"]
      if words.contains(where: { line.hasPrefix($0) }) { return (line, seconds) }
    }
  }

  private func sortInTerminal(_ bag: [String], finishing: Bool) throws {
    let packer = try Child(
      program, ["pack", folder, "--clock", WatchedTrial.clock(slot: 0, hour: 21)])
    var before = 0
    for (turn, label) in bag.enumerated() {
      packer.type(label)
      let (line, seconds) = try answer(of: packer)
      let place = try place(in: line)
      try keep(label, at: place)
      note("terminal", turn, place, before, seconds, size: line.utf8.count)
      before = place
    }
    if finishing {
      packer.type("done")
      packer.type("yes")
    }
    let end = packer.end()
    guard end.status == 0 else {
      throw HuntFault("pack: \(String(decoding: end.out, as: UTF8.self))")
    }
    exhibits.append(Exhibit("output of pack, sorting", end.out))
  }

  private func sortInPages(_ bag: [String], finishing: Bool, looksAtMemory: Bool) throws {
    let server = try Child(
      program,
      [
        "pack", folder, "--browser", "--port", "0", "--clock",
        WatchedTrial.clock(slot: 0, hour: 21),
      ])
    let invitation = try server.read(until: "nothing is lost\n")
    guard let port = invitation.text(after: "127.0.0.1:", before: "/").flatMap({ UInt16($0) }),
      let code = invitation.text(after: "code=", before: "\n")
    else { throw HuntFault("pack --browser said \(invitation)") }
    let visitor = try PageVisitor(port: port, code: code)
    var page = try visitor.page()
    var before = 0
    for (turn, label) in bag.enumerated() {
      let (answer, next) = try visitor.post("/scan", "code=\(label)", from: page)
      page = next
      let place = try place(in: page.body.text(after: "<strong>", before: "</strong>") ?? "")
      try keep(label, at: place)
      note(
        "page", turn, place, before, answer.seconds + page.seconds,
        size: page.body.utf8.count + answer.head.utf8.count)
      before = place
      exhibits.append(Exhibit("a page", Array((answer.head + page.head + page.body).utf8)))
    }
    if finishing {
      page = try visitor.post("/next", "sure=yes", from: page).next
      page = try visitor.post("/finish", "", from: page).next
      exhibits.append(Exhibit("the last page", Array((page.head + page.body).utf8)))
      if looksAtMemory, let memory = MemoryOfProcess.read(server.process) {
        exhibits.append(Exhibit("memory of pack --browser, when packed", memory, namesArms: true))
      }
    }
    let end = server.end(signal: SIGTERM)
    exhibits.append(Exhibit("output of pack --browser", end.out))
  }

  /// A slot, or minus the number of a spare.
  private func place(in line: String) throws -> Int {
    let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
    guard words.count >= 2, let number = Int(words[1]) else {
      throw HuntFault("a scan was answered \(line)")
    }
    return words[0] == "slot" ? number : -number
  }

  private func keep(_ label: String, at place: Int) throws {
    guard kits[place] == nil || kits[place] == label else {
      throw HuntFault("place \(place) was given twice")
    }
    kits[place] = label
  }

  private func note(
    _ way: String, _ turn: Int, _ place: Int, _ before: Int, _ seconds: Double, size: Int
  ) {
    guard place > 0 else { return }
    var facts = stat()
    stat("\(folder)/packing/register.age", &facts)
    table.note("\(way): turn", slot: place, Double(turn))
    table.note("\(way): place that was said before", slot: place, Double(before))
    table.note("\(way): duration of the answer", slot: place, seconds)
    table.note("\(way): length of the answer", slot: place, Double(size))
    table.note("\(way): size of the register", slot: place, Double(facts.st_size))
  }
}
