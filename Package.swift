// swift-tools-version: 6.2

// Every target and its arrows: this page is the architecture. A target imports what it lists here
// and nothing else; `scripts/check` builds with the explicit import check. ARCHITECTURE.md says why.

import PackageDescription

let testSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let settings = testSettings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// A program: `Sources/<name>`.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: [argumentParser] + dependencies, swiftSettings: settings)
}

/// A target that several programs stand on: `Sources/Shared/<name>`.
func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Shared/\(name)",
    swiftSettings: settings)
}

/// A C library of the system: a module map and a shim header, no logic.
func door(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/Shared/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["Support"], exclude: exclude,
    swiftSettings: testSettings)
}

let package = Package(
  name: "TrackTime365",
  products: ["tt-auth", "tt-fetch", "tt-tz", "tt-load", "tt-report"].map {
    .executable(name: $0, targets: [$0])
  },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // Programs: they never import one another.
    tool("tt-auth", ["Console", "Identity", "HTTP", "CurlTransport", "NDJSON", "Records"]),
    tool(
      "tt-fetch",
      ["Console", "Identity", "HTTP", "CurlTransport", "NDJSON", "Records"]),
    tool("tt-tz", ["Console", "NDJSON", "Records", "CivilTime", "ZoneDatabase"]),
    tool(
      "tt-load", ["Console", "NDJSON", "Records", "CivilTime", "Schema", "ODBC", "Database"]),
    tool(
      "tt-report",
      [
        "Console", "NDJSON", "Records", "CivilTime", "ZoneDatabase", "Schema", "ODBC", "Database",
        "CYAML", "CRE2", "CXLSX", crypto,
      ]),

    // Doors: the only code that touches the world.
    shared("Console", ["NDJSON", "Records", argumentParser]),
    shared("ZoneDatabase", ["CivilTime"]),
    shared("CurlTransport", ["HTTP", "CCurl", "CDeflate"]),
    shared("ODBC", ["CODBC"]),
    shared("Database", ["Console", "ODBC", "Schema"]),
    shared(
      "Identity",
      ["HTTP", "NDJSON", "Records", "Console", argumentParser, crypto, cryptoExtras]),

    // Pure: values and decisions, no input or output.
    shared("CivilTime"),
    shared("NDJSON"),
    shared("Records", ["NDJSON"]),
    shared("HTTP", ["CivilTime"]),
    shared("Schema", ["Records"]),

    // C libraries, one importer each.
    door("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    door("CDeflate", pkgConfig: "libdeflate", apt: "libdeflate-dev"),
    door("CODBC", pkgConfig: "odbc", apt: "unixodbc-dev"),
    door("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    // RE2 speaks C++: its door has four functions in C before it.
    .target(name: "CRE2", path: "Sources/Shared/CRE2", linkerSettings: [.linkedLibrary("re2")]),
    door("CXLSX", pkgConfig: "xlsxwriter", apt: "libxlsxwriter-dev"),

    // Tests and their equipment: shipped in no package.
    .target(
      name: "Support", dependencies: [subprocess], path: "Tests/Support",
      swiftSettings: testSettings),
    // Stands before the driver manager in the tests' executable: it takes names of ODBC's functions.
    .target(
      name: "FaultyODBC", path: "Tests/FaultyODBC", linkerSettings: [.linkedLibrary("odbc")]),
    .executableTarget(
      name: "tenant", dependencies: [argumentParser, crypto, cryptoExtras, "NDJSON", "CDeflate"],
      path: "Tests/Tenant", exclude: ["README.md"], swiftSettings: settings),
    tests("CivilTimeTests", ["CivilTime", "ZoneDatabase"], exclude: ["Oracle"]),
    tests("TimeZonesTests", ["tt-tz", "NDJSON"]),
    tests("NDJSONTests", ["NDJSON"], exclude: ["Oracle"]),
    tests("RecordsTests", ["Records", "NDJSON"]),
    tests("ConsoleTests", ["Console"]),
    tests("HTTPTests", ["HTTP"]),
    tests("IdentityTests", ["Identity", "HTTP", "Console"]),
    tests(
      "FetchTests", ["tt-fetch", "Console", "HTTP", "NDJSON", "Records", "CurlTransport"]),
    tests("ODBCTests", ["ODBC"]),
    tests("SchemaTests", ["Schema"]),
    tests("DatabaseTests", ["Database", "ODBC", "Schema", "Console"]),
    tests(
      "LoadTests",
      ["tt-load", "Schema", "ODBC", "Database", "NDJSON", "Records", "Console", "FaultyODBC"]),
    tests(
      "ReportTests", ["tt-report", "Console", "NDJSON", "CivilTime", argumentParser],
      exclude: ["Oracle"]),
    tests("PipelineTests", [], exclude: ["Cases", "DatabaseCases", "Oracle"]),
    tests("DocumentTests", []),
    tests("TenantTests", ["tenant", "NDJSON", crypto, cryptoExtras]),
    tests("SyncTests", []),
  ]
)
