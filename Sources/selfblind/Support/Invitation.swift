import LocalWeb

/// What is printed once pages are served: where they are, and how a browser is let in.
enum Invitation {
  /// The lines; on the home network with each address as a QR code for a phone's camera.
  static func lines(_ reach: LocalServer.Reach, port: Int, code: String) -> [String] {
    switch reach {
    case .loopback:
      return [
        "open http://127.0.0.1:\(port)/pair?code=\(code)", "control-C stops; nothing is lost",
      ]
    case .homeNetwork:
      let addresses = HomeAddresses.all.map { "http://\($0):\(port)" }
      let picture = addresses.first.flatMap { TerminalQR.text("\($0)/pair?code=\(code)") }
      return addresses.map { "open \($0)" } + ["pairing code \(code)"]
        + (picture.map { [$0] } ?? [])
        + ["everybody in this network can knock; use it at home only; control-C stops"]
    }
  }
}
