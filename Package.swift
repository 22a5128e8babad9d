// swift-tools-version: 6.2
import PackageDescription

// The line of targets, and every arrow between them, is described in
// Documentation/Design/philosophy.md and held by Tests/BlindTests/ArrowTests.swift.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A target of ours: its own arrows first, then the packages of others.
func room(
  _ name: String, _ ours: [String] = [], packages: [Target.Dependency] = [],
  exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: ours.map { .byName(name: $0) } + packages, exclude: exclude,
    resources: resources, swiftSettings: settings)
}

/// The tests of the targets named in `ours`.
func tests(
  _ name: String, _ ours: [String], packages: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: ours.map { .byName(name: $0) } + packages, exclude: exclude,
    swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let library = [
  "BlindRecord", "OpenSSLCrypto", "MerkleLog", "TrialDesign", "TrialStatistics", "TrialSeal",
  "TrialKits", "TrialJournal", "TrialAnalysis", "GroupStudy", "TrialReport", "TrialArchive",
  "TrialSeries",
]

let package = Package(
  name: "SelfBlind",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "SelfBlind", targets: library),
    .library(name: "SelfBlindRecorder", targets: ["BlindRecord", "TrialJournal"]),
    .executable(name: "selfblind", targets: ["selfblind"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CSpawn"),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    room("BlindRecord"),
    room("ChildPrograms", ["CSpawn"]),
    room("OpenSSLCrypto", ["COpenSSL"]),
    room("MerkleLog", ["OpenSSLCrypto"]),
    room("TrialDesign", ["BlindRecord"], packages: [bigInt, yams]),
    room("TrialStatistics", packages: [realModule]),
    room(
      "TrialSeal", ["BlindRecord", "OpenSSLCrypto", "MerkleLog", "TrialDesign"],
      packages: [bigInt]),
    room("TrialKits", ["CQREncode", "BlindRecord", "TrialDesign", "TrialSeal"]),
    room("LabelPhotograph", ["BlindRecord", "CZBar", "CTurboJPEG", "CPNG"]),
    room(
      "LocalWeb", ["BlindRecord", "OpenSSLCrypto"],
      packages: [hummingbird, hummingbirdCore, hummingbirdTLS, httpTypes, logging, nioCore, nioSSL]),
    room("TrialJournal", ["BlindRecord", "MerkleLog"], packages: [grdb]),
    room(
      "TrialWeb", ["BlindRecord", "LabelPhotograph", "TrialJournal", "LocalWeb"],
      resources: [
        .embedInCode("Scripts/lines.js"), .embedInCode("Scripts/tasks.js"),
        .embedInCode("Scripts/keeping.js"), .embedInCode("Scripts/worker.js"),
        .embedInCode("Scripts/zone.js"),
        .embedInCode("Scripts/icon.svg"), .embedInCode("Scripts/manifest.json"),
      ]),
    room(
      "TrialAnalysis", ["BlindRecord", "TrialDesign", "TrialSeal", "TrialStatistics"],
      packages: [bigInt, yams]),
    room("GroupStudy", ["BlindRecord", "TrialDesign", "TrialStatistics"]),
    room(
      "TrialReport", ["BlindRecord", "TrialDesign", "TrialAnalysis", "GroupStudy"],
      packages: [mustache],
      resources: [
        .embedInCode("Bundle/Scripts/reproduce.py"), .embedInCode("Bundle/Scripts/reproduce.R"),
        .embedInCode("Bundle/Scripts/ranks_and_t.py"), .embedInCode("Bundle/Scripts/ranks_and_t.R"),
        .embedInCode("Bundle/Scripts/looks.py"), .embedInCode("Bundle/Scripts/looks.R"),
      ]),
    room(
      "PackingWeb", ["BlindRecord", "TrialStatistics", "TrialKits", "LabelPhotograph", "LocalWeb"]),
    room(
      "TrialArchive",
      [
        "BlindRecord", "OpenSSLCrypto", "MerkleLog", "TrialDesign", "TrialSeal", "TrialKits",
        "TrialJournal", "TrialAnalysis", "TrialReport",
      ]),
    room(
      "TrialSeries",
      [
        "BlindRecord", "TrialDesign", "TrialStatistics", "TrialAnalysis", "TrialReport",
        "TrialArchive",
      ]),
    room(
      "ReviewWeb",
      [
        "BlindRecord", "TrialDesign", "TrialAnalysis", "TrialReport", "TrialArchive", "LocalWeb",
      ]),
    .executableTarget(
      name: "selfblind",
      dependencies: (library + ["ChildPrograms", "LocalWeb", "PackingWeb", "TrialWeb", "ReviewWeb"])
        .map {
          .byName(name: $0)
        }
        + [argumentParser],
      swiftSettings: settings),
    .executableTarget(
      name: "calibration",
      dependencies: [
        "TrialDesign", "TrialStatistics", "TrialAnalysis", "GroupStudy", "TrialTestSupport",
      ],
      path: "Benchmarks/Calibration", swiftSettings: settings),
    .executableTarget(
      name: "cost",
      dependencies: ["BlindRecord", "TrialDesign", "TrialStatistics", "TrialAnalysis", bigInt],
      path: "Benchmarks/Cost", swiftSettings: settings),
    .executableTarget(
      name: "tamper", dependencies: ["TrialArchive", "TrialTestSupport"], path: "Tests/Tamper",
      swiftSettings: settings),
    .target(
      name: "LeakHunt",
      dependencies: [
        "BlindRecord", "ChildPrograms", "OpenSSLCrypto", "MerkleLog", "TrialDesign", "TrialSeal",
        "TrialTestSupport", bigInt,
      ],
      path: "Tests/LeakHunt/Hunt", swiftSettings: settings),
    .executableTarget(
      name: "leak-hunt", dependencies: ["LeakHunt", "TrialTestSupport"],
      path: "Tests/LeakHunt/Program", swiftSettings: settings),
    .executableTarget(
      name: "gallery",
      dependencies: [
        "BlindRecord", "TrialAnalysis", "TrialArchive", "TrialDesign", "TrialJournal", "TrialKits",
        "TrialSeal", "TrialTestSupport",
      ],
      path: "Tests/Gallery", swiftSettings: settings),
    .executableTarget(
      name: "seal-benchmarks",
      dependencies: [
        "BlindRecord", "ChildPrograms", "OpenSSLCrypto", "MerkleLog", "TrialDesign", "TrialSeal",
        "TrialJournal", "TrialArchive", grdb,
      ], path: "Benchmarks/Seal", swiftSettings: settings),
    .executableTarget(
      name: "read-photographs", dependencies: ["BlindRecord", "LabelPhotograph"],
      path: "Tests/ReadPhotographs", swiftSettings: settings),
    .executableTarget(
      name: "packing-wizard",
      dependencies: ["BlindRecord", "TrialSeal", "TrialKits", "LocalWeb", "PackingWeb"],
      path: "Tests/PackingWizard", swiftSettings: settings),
    room("TrialTestSupport", library + ["ChildPrograms"], packages: [bigInt]),

    tests("BlindRecordTests", ["BlindRecord"]),
    tests("ChildProgramsTests", ["ChildPrograms"]),
    tests("OpenSSLCryptoTests", ["OpenSSLCrypto", "TrialTestSupport"]),
    tests("MerkleLogTests", ["MerkleLog", "OpenSSLCrypto", "TrialTestSupport"]),
    tests("TrialDesignTests", ["BlindRecord", "TrialDesign", "TrialTestSupport"]),
    tests("TrialStatisticsTests", ["TrialStatistics", "TrialTestSupport"]),
    tests(
      "GroupStudyTests",
      [
        "BlindRecord", "TrialDesign", "TrialStatistics", "GroupStudy", "TrialReport",
        "TrialTestSupport",
      ]),
    tests(
      "TrialSealTests",
      [
        "BlindRecord", "OpenSSLCrypto", "MerkleLog", "TrialDesign", "TrialSeal", "TrialKits",
        "ChildPrograms", "TrialJournal", "TrialArchive", "TrialTestSupport",
      ], packages: [bigInt]),
    tests(
      "TrialJournalTests",
      [
        "BlindRecord", "ChildPrograms", "MerkleLog", "OpenSSLCrypto", "TrialJournal",
        "TrialTestSupport", "journal-writer",
      ], packages: [grdb]),
    .executableTarget(
      name: "journal-writer", dependencies: ["BlindRecord", "MerkleLog", "TrialJournal"],
      path: "Tests/JournalWriter", swiftSettings: settings),
    tests(
      "TrialAnalysisTests",
      [
        "BlindRecord", "TrialDesign", "TrialSeal", "TrialStatistics", "TrialAnalysis",
        "TrialReport", "TrialTestSupport",
      ]),
    tests(
      "PackingWebTests",
      [
        "BlindRecord", "TrialKits", "LabelPhotograph", "LocalWeb", "PackingWeb",
        "TrialTestSupport",
      ]),
    tests("ReviewWebTests", library + ["LocalWeb", "ReviewWeb", "TrialTestSupport"]),
    tests(
      "TrialWebTests",
      ["BlindRecord", "MerkleLog", "LocalWeb", "TrialJournal", "TrialWeb", "TrialTestSupport"]),
    tests("TrialArchiveTests", library + ["ChildPrograms", "TrialTestSupport"]),
    tests("TrialSeriesTests", library + ["TrialTestSupport"]),
    tests("TrialKitsTests", library + ["TrialTestSupport"]),
    tests(
      "BlindTests", library + ["ChildPrograms", "selfblind", "LeakHunt", "TrialTestSupport"],
      exclude: ["Refused"]),
    tests("LeakHuntTests", ["selfblind", "TrialDesign", "LeakHunt", "TrialTestSupport"]),
    tests("CommandLineTests", library + ["ChildPrograms", "selfblind", "TrialTestSupport"]),
    .target(
      name: "FuzzProperties",
      dependencies: (library + ["TrialTestSupport"]).map { .byName(name: $0) } + [bigInt],
      path: "Tests/Fuzz/Properties", swiftSettings: settings),
    tests("FuzzTests", ["FuzzProperties", "TrialTestSupport"]),
  ]
)

// Linked with libFuzzer only: see Tests/Fuzz/run.
if Context.environment["SELFBLIND_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzProperties"], path: "Tests/Fuzz/Driver",
      swiftSettings: settings))
}
