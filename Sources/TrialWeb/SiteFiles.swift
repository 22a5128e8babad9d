import BlindRecord
import LocalWeb

/// The scripts of the pages and what installs them as an app; the same for every trial.
///
/// Without them every page works: they make a line of a number, run the tasks, keep what is filled in
/// without a connection, and notice that the device is in another time zone.
enum SiteFiles {
  /// By their paths.
  static let all: [String: WebResponse] = [
    "/lines.js": script(PackageResources.lines_js), "/tasks.js": script(PackageResources.tasks_js),
    "/keeping.js": script(PackageResources.keeping_js),
    "/zone.js": script(PackageResources.zone_js),
    "/worker.js": script(PackageResources.worker_js),
    "/icon.svg": .file(PackageResources.icon_svg, type: "image/svg+xml"),
    "/manifest.webmanifest": .file(
      PackageResources.manifest_json, type: "application/manifest+json"),
    // For a page that wants to know whether anybody is there.
    "/alive": .file(Array("yes".utf8), type: "text/plain; charset=utf-8"),
  ]

  /// What a page's head says of them, and which trial it is of.
  static func head(of manifest: Manifest) -> Markup {
    """
    <link rel="manifest" href="/manifest.webmanifest"><link rel="icon" href="/icon.svg">\
    <meta name="theme-color" content="#0b57a4"><meta name="trial" content="\(manifest.trial)">\
    <script src="/lines.js" defer></script><script src="/tasks.js" defer></script>\
    <script src="/keeping.js" defer></script><script src="/zone.js" defer></script>
    """
  }

  private static func script(_ bytes: [UInt8]) -> WebResponse {
    .file(bytes, type: "text/javascript; charset=utf-8")
  }
}
