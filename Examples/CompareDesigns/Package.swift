// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "CompareDesigns",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "SelfBlind", path: "../..")],
  targets: [
    .executableTarget(
      name: "CompareDesigns",
      dependencies: [.product(name: "SelfBlind", package: "SelfBlind")])
  ]
)
