import BlindRecord
import LocalWeb
import Synchronization

/// Where each visitor is: what day an entry belongs to follows from it.
final class VisitorClocks: Sendable {
  private let clock: @Sendable (String?) -> WallClock?
  private let zones = Mutex<[String: String]>([:])

  init(_ clock: @escaping @Sendable (String?) -> WallClock?) { self.clock = clock }

  /// The clock of a visitor.
  ///
  /// - Throws: `FormatError` when the system does not know the trial's own zone.
  func clock(of visitor: Visitor) throws(FormatError) -> WallClock {
    let zone = zones.withLock { $0[visitor.number] }
    guard let found = clock(zone) else {
      throw FormatError("zone", found: zone ?? "the protocol’s", expected: "a zone of the system")
    }
    return found
  }

  /// Notes where a visitor is, until the program ends.
  ///
  /// - Returns: `false` for a zone that the system does not know.
  func set(_ zone: String, for visitor: Visitor) -> Bool {
    guard !zone.isEmpty, zone.utf8.count <= 60, clock(zone) != nil else { return false }
    zones.withLock { $0[visitor.number] = zone }
    return true
  }
}

/// The form that says where somebody is.
struct ZonePage {
  let pages: TrialPages
  let view: TrialView
  let visitor: Visitor
  /// What stands in the field beforehand: the zone that a device says it is in.
  var offered: String?

  /// The page.
  func response(unknown: String? = nil) -> WebResponse {
    let field = unknown ?? offered ?? view.now.zone
    let said: Markup? = unknown.map {
      """
      <p class="said refused" role="alert">“\(String($0.prefix(40)))” is no zone that this computer knows. \
      Zones are named like Europe/Berlin.</p>
      """
    }
    return pages.page(
      "Where are you?",
      """
      \(said)<p>Which day an entry belongs to follows from the time where you are. Now it is \
      \(view.now.localTime) on \(view.today.description) in \(view.now.zone); the trial’s own zone is \
      \(view.manifest.zone).</p><form method="post" action="/zone">\(visitor.hiddenField)\
      <label for="zone">Time zone</label><input id="zone" name="zone" value="\(String(field.prefix(60)))" \
      autocomplete="off" spellcheck="false" maxlength="60"><button>I am there</button></form>

      """, status: unknown == nil ? .ok : .unprocessable)
  }
}
