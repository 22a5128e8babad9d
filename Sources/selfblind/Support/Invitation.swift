import LocalWeb

/// What is printed once pages are served: where they are, and how a browser is let in.
enum Invitation {
  /// The lines; on the home network with each address as a QR code for a phone's camera.
  ///
  /// - Parameters:
  ///   - isSecure: whether there is a certificate.
  ///   - name: the name that the certificate is for, where it is one.
  static func lines(
    _ reach: LocalServer.Reach, port: Int, code: String, isSecure: Bool = false,
    name: String? = nil
  ) -> [String] {
    let scheme = isSecure ? "https" : "http"
    switch reach {
    case .loopback:
      return [
        "open \(scheme)://\(name ?? "127.0.0.1"):\(port)/pair?code=\(code)",
        "control-C stops; nothing is lost",
      ]
    case .homeNetwork:
      let addresses = (name.map { [$0] } ?? HomeAddresses.all).map { "\(scheme)://\($0):\(port)" }
      let picture = addresses.first.flatMap { TerminalQR.text("\($0)/pair?code=\(code)") }
      return addresses.map { "open \($0)" } + ["pairing code \(code)"]
        + (picture.map { [$0] } ?? [])
        + ["everybody in this network can knock; use it at home only; control-C stops"]
    }
  }
}
