import Foundation

/// The addresses under which other devices of the home network reach this machine.
package enum HomeAddresses {
  /// The IPv4 addresses of the interfaces that are up, without this machine's own loop; a home's first.
  package static var all: [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: Set<String> = []
    var next = first
    while let interface = next {
      next = interface.pointee.ifa_next
      guard let address = interface.pointee.ifa_addr,
        address.pointee.sa_family == sa_family_t(AF_INET),
        interface.pointee.ifa_flags & UInt32(IFF_UP) != 0
      else { continue }
      let number = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        UInt32(bigEndian: $0.pointee.sin_addr.s_addr)
      }
      let parts = [24, 16, 8, 0].map { number >> UInt32($0) & 255 }
      if parts[0] != 127 { found.insert(parts.map(String.init).joined(separator: ".")) }
    }
    return found.sorted { (likelihood($0), $0) < (likelihood($1), $1) }
  }

  /// Homes number themselves 192.168 and 10, virtual networks within one machine mostly 172.
  private static func likelihood(_ address: String) -> Int {
    address.hasPrefix("192.168.") ? 0 : address.hasPrefix("10.") ? 1 : 2
  }
}
