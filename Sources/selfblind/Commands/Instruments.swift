import ArgumentParser
import TrialDesign

/// Lists the questions that may be put into any protocol, or prints one set of them.
struct InstrumentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instruments",
    abstract: "List freely usable sets of questions, or print one for a protocol.",
    discussion: """
      selfblind instruments phq-4

      prints the lines that go below items: in protocol.yaml, with source and licence. The two tasks that are
      done on the page are items too: type: vigilance and type: symbols.
      """)

  @Argument(help: ArgumentHelp("The one to print.", valueName: "name"))
  var name: String?

  func run() throws {
    guard let name else {
      for one in Instrument.all {
        try Output.show("\(one.name): \(one.title)")
        try Output.show("  \(one.licence)")
      }
      return
    }
    guard let one = Instrument.named(name) else {
      throw CommandRefusal(
        "there is no instrument \"\(name.prefix(40))\"",
        hint: "there are: " + Instrument.all.map(\.name).joined(separator: ", "))
    }
    try Output.show(one.text, end: "")
  }
}
