import ArgumentParser

@main struct SelfBlind: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "selfblind")
}
