// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "RecorderOnly",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "SelfBlind", path: "../..")],
  targets: [
    .executableTarget(
      name: "RecorderOnly",
      dependencies: [.product(name: "SelfBlindRecorder", package: "SelfBlind")])
  ]
)
