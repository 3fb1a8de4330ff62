// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The numeric kernels are fast only with these flags, also in debug builds (see docs/dependencies.md, "Compiler flags").
#if arch(x86_64)
  // Sixteen floats are one register on a building machine with AVX-512, two elsewhere; SSM_VECTORS=avx2 asks for two.
  let processorFlags = Set(
    (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split { $0.isWhitespace }.map(String.init) ?? [])
  let hasAVX512 = processorFlags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"])
  let kernelSettings: [SwiftSetting] =
    hasAVX512 && Context.environment["SSM_VECTORS"] != "avx2"
    ? [.unsafeFlags(["-O", "-Xcc", "-march=x86-64-v4", "-Xcc", "-mprefer-vector-width=512"]), .define("SSM_AVX512")]
    : [.unsafeFlags(["-O", "-Xcc", "-march=x86-64-v3"]), .define("SSM_AVX2")]
#else
  let kernelSettings: [SwiftSetting] = [.unsafeFlags(["-O"])]
#endif

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let complexModule = Target.Dependency.product(name: "ComplexModule", package: "swift-numerics")

/// A module map of an installed C library.
func shim(_ name: String, pkgConfig: String, debian package: String) -> Target {
  .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// What several tools share.
func toolLibrary(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies + [argumentParser], path: "Sources/Tools/\(name)")
}

/// A command-line tool: thin, it parses options, calls one library and maps errors to exit codes.
func tool(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .executableTarget(name: name, dependencies: ["ToolSupport", argumentParser] + dependencies, path: "Sources/Tools/\(name)")
}

let package = Package(
  name: "ssm-repro",
  products: [
    // Preloaded by `attack` into the tools that it attacks.
    .library(name: "CallFaults", type: .dynamic, targets: ["CallFaults"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // C libraries
    shim("CFFTW", pkgConfig: "fftw3f", debian: "libfftw3-dev"),
    shim("CBLAS", pkgConfig: "openblas", debian: "libopenblas-dev"),
    shim("CLAPACKE", pkgConfig: "lapacke", debian: "liblapacke-dev"),
    shim("CArchive", pkgConfig: "libarchive", debian: "libarchive-dev"),
    shim("CPNG", pkgConfig: "libpng", debian: "libpng-dev"),
    shim("CTurboJPEG", pkgConfig: "libturbojpeg", debian: "libturbojpeg0-dev"),
    shim("CSndFile", pkgConfig: "sndfile", debian: "libsndfile1-dev"),
    shim("CCurl", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
    shim("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
    shim("CCrypto", pkgConfig: "libcrypto", debian: "libssl-dev"),
    .target(name: "CProcessor", path: "Sources/C/CProcessor"),
    .systemLibrary(name: "CFileSystem", path: "Sources/C/CFileSystem"),
    .target(name: "CPJRT", path: "Sources/C/CPJRT"),
    .target(name: "CMPI", path: "Sources/C/CMPI"),
    .target(name: "CallFaults", path: "Sources/C/CallFaults"),

    // Libraries, bottom up; scripts/check-imports.sh holds the same order.
    .target(name: "RunSupport", dependencies: ["CCrypto", "CFileSystem"]),
    .target(name: "MessagePassing", dependencies: ["CMPI", "RunSupport"]),
    .target(name: "Documents", dependencies: ["RunSupport"]),
    .target(name: "Vocabulary"),
    .target(name: "Arrays", dependencies: ["RunSupport"]),
    .target(name: "LinearAlgebra", dependencies: ["CLAPACKE", "RunSupport", complexModule]),
    .target(name: "Accelerators", dependencies: ["CPJRT", "RunSupport"]),
    .target(
      name: "Operations",
      dependencies: ["Accelerators", "CFFTW", "CBLAS", "CProcessor", "LinearAlgebra", "RunSupport", "Arrays", "Vocabulary", complexModule],
      resources: [.embedInCode("Convolution/fftw-wisdom.txt")], swiftSettings: kernelSettings),
    .target(name: "StateSpace", dependencies: ["LinearAlgebra", "RunSupport", "Vocabulary", complexModule]),
    .target(name: "ReferenceModels", dependencies: ["StateSpace", "LinearAlgebra", "Arrays", "Vocabulary", complexModule]),
    .target(name: "SequenceModels", dependencies: ["Operations", "StateSpace", "Arrays", "RunSupport", "Vocabulary", complexModule]),
    .target(
      name: "DatasetPreparation",
      dependencies: [
        "CArchive", "CCurl", "CPNG", "CSndFile", "CTurboJPEG", "CZlib", "Datasets", "LinearAlgebra", "Arrays", "Documents", "RunSupport",
        "Yams",
      ]),
    .target(name: "Datasets", dependencies: ["LinearAlgebra", "Arrays", "RunSupport", "Vocabulary", complexModule]),
    .target(
      name: "Training",
      dependencies: [
        "Accelerators", "SequenceModels", "Datasets", "Operations", "Arrays", "MessagePassing", "RunSupport", "Vocabulary",
      ]),
    .target(
      name: "GoldenCases",
      dependencies: [
        "Training", "SequenceModels", "ReferenceModels", "StateSpace", "Operations", "Accelerators", "Arrays", "RunSupport", "Vocabulary",
        complexModule,
      ]),
    .target(
      name: "Catalogue",
      dependencies: [
        "Training", "SequenceModels", "StateSpace", "Datasets", "Operations", "Documents", "RunSupport", "Vocabulary",
        "Yams",
      ],
      resources: [.copy("Experiments")]),
    .target(
      name: "Runs",
      dependencies: [
        "Catalogue", "Training", "SequenceModels", "StateSpace", "Datasets", "Operations", "Arrays", "Documents", "MessagePassing",
        "RunSupport", "Vocabulary",
      ]),
    .target(
      name: "RunPlanning",
      dependencies: [
        "Catalogue", "Runs", "DatasetPreparation", "Training", "SequenceModels", "Datasets", "Accelerators", "Documents", "RunSupport",
        "Vocabulary",
      ]),
    .target(
      name: "SystemAnalysis",
      dependencies: [
        "Catalogue", "Training", "SequenceModels", "Datasets", "StateSpace", "Operations", "LinearAlgebra", "Arrays", "Documents",
        "RunSupport", "Vocabulary", complexModule,
      ]),
    .target(
      name: "AnalyticResults",
      dependencies: [
        "SystemAnalysis", "Catalogue", "StateSpace", "LinearAlgebra", "Datasets", "Arrays", "Documents", "RunSupport", complexModule,
      ]),
    .target(
      name: "Reporting",
      dependencies: [
        "AnalyticResults", "SystemAnalysis", "RunPlanning", "Catalogue", "Runs", "Training", "SequenceModels", "LinearAlgebra", "Datasets",
        "Documents", "RunSupport", "Vocabulary",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .target(
      name: "Exports",
      dependencies: [
        "Runs", "Catalogue", "Training", "SequenceModels", "Datasets", "Operations", "Arrays", "Documents", "RunSupport", "Vocabulary",
      ]),

    // Tools
    toolLibrary("ToolSupport", "RunSupport"),
    toolLibrary("PreparationCommands", "ToolSupport", "DatasetPreparation", "Datasets", "RunSupport"),
    toolLibrary("ExperimentOptions", "SystemAnalysis", "RunPlanning", "Catalogue", "Runs", "RunSupport"),
    toolLibrary("ComputingOptions", "Training", "Accelerators", "RunSupport"),
    .target(name: "Loopback", path: "Sources/Tools/Loopback"),
    tool("attack", "Loopback", "Runs", "Documents", "Arrays", "RunSupport"),
    tool("prepare-cifar10", "PreparationCommands", "DatasetPreparation"),
    tool("prepare-lra", "PreparationCommands", "DatasetPreparation"),
    tool("prepare-speech-commands", "PreparationCommands", "DatasetPreparation"),
    tool("prepare-bidmc", "PreparationCommands", "DatasetPreparation"),
    tool("prepare-celeba", "PreparationCommands", "DatasetPreparation"),
    tool("prepare-moving-mnist", "PreparationCommands", "DatasetPreparation"),
    tool("inspect-data", "DatasetPreparation", "RunSupport"),
    tool(
      "plan-runs", "ComputingOptions", "ExperimentOptions", "Catalogue", "Runs", "RunPlanning", "DatasetPreparation", "Datasets",
      "Operations", "Accelerators",
      "RunSupport"),
    tool("train-model", "ComputingOptions", "Catalogue", "Runs", "Training", "MessagePassing", "RunSupport", "Operations"),
    tool("evaluate-model", "ComputingOptions", "SystemAnalysis", "Catalogue", "Runs", "Training", "RunSupport", "Operations"),
    tool(
      "analyze-systems", "ExperimentOptions", "Catalogue", "AnalyticResults", "SystemAnalysis", "StateSpace", "Operations", "Documents",
      "RunSupport", "Vocabulary",
      complexModule),
    tool("check-golden", "ComputingOptions", "GoldenCases", "Operations", "RunSupport"),
    tool("make-tables", "ExperimentOptions", "Reporting", "Catalogue", "Runs", "RunSupport"),
    tool("make-findings", "ExperimentOptions", "Reporting", "Catalogue", "Runs", "Documents", "RunSupport"),
    tool("make-report", "ExperimentOptions", "Reporting", "Catalogue", "Runs", "RunSupport"),
    tool("ship-runs", "ExperimentOptions", "Reporting", "Catalogue", "Runs", "RunSupport"),
    tool("compare-results", "ExperimentOptions", "Reporting", "Catalogue", "Runs", "RunSupport"),
    tool("make-figures", "AnalyticResults", "ExperimentOptions", "Reporting", "Catalogue", "Runs", "RunSupport"),
    tool("export-runs", "Exports", "ExperimentOptions", "Catalogue", "Runs", "Operations", "RunSupport"),
    tool(
      "benchmark", "ExperimentOptions", "ComputingOptions", "RunPlanning", "Catalogue", "Runs", "Training", "SequenceModels", "Datasets",
      "Operations", "Accelerators", "Arrays", "Documents", "RunSupport", "Vocabulary"),

    // Tests
    .target(
      name: "TestSupport", dependencies: ["Accelerators", "Arrays", "Operations", "StateSpace", "RunSupport", "Vocabulary", complexModule],
      path: "Tests/TestSupport"),
    .testTarget(name: "RunSupportTests", dependencies: ["RunSupport", "TestSupport"]),
    .testTarget(name: "AcceleratorsTests", dependencies: ["Accelerators", "RunSupport", "TestSupport"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "RunSupport"]),
    .testTarget(name: "ArraysTests", dependencies: ["Arrays", "RunSupport", "TestSupport"]),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "Accelerators", "Operations", "ReferenceModels", "LinearAlgebra", "Arrays", "RunSupport", "StateSpace", "TestSupport",
        "Vocabulary", complexModule,
      ]),
    .testTarget(name: "GoldenCasesTests", dependencies: ["GoldenCases", "TestSupport"]),
    .testTarget(
      name: "ReferenceModelsTests",
      dependencies: ["ReferenceModels", "StateSpace", "LinearAlgebra", "Arrays", "TestSupport", "Vocabulary", complexModule]),
    .testTarget(
      name: "StateSpaceTests",
      dependencies: ["StateSpace", "LinearAlgebra", "Arrays", "TestSupport", "Vocabulary", complexModule]),
    .testTarget(
      name: "SystemAnalysisTests",
      dependencies: [
        "SystemAnalysis", "Catalogue", "Training", "Datasets", "SequenceModels", "Operations", "LinearAlgebra", "StateSpace", "Arrays",
        "RunSupport", "TestSupport", "Vocabulary", complexModule,
      ]),
    .testTarget(
      name: "AnalyticResultsTests",
      dependencies: [
        "AnalyticResults", "SystemAnalysis", "DatasetPreparation", "Reporting", "StateSpace", "LinearAlgebra", "Datasets", "Arrays",
        "RunSupport", "TestSupport",
        complexModule,
      ]),
    .testTarget(
      name: "SequenceModelsTests",
      dependencies: [
        "SequenceModels", "Training", "ReferenceModels", "Operations", "StateSpace", "Arrays", "TestSupport", "Vocabulary", complexModule,
      ]),
    .testTarget(
      name: "DatasetPreparationTests", dependencies: ["DatasetPreparation", "Datasets", "Loopback", "Arrays", "RunSupport", "TestSupport"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "Arrays", "TestSupport", complexModule]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "LinearAlgebra", "Arrays", "RunSupport", "TestSupport", "Vocabulary"]),
    .testTarget(
      name: "TrainingTests", dependencies: ["Training", "SequenceModels", "Datasets", "Arrays", "RunSupport", "TestSupport", "Vocabulary"]),
    .testTarget(
      name: "CatalogueTests",
      dependencies: [
        "Catalogue", "Training", "SequenceModels", "Datasets", "Operations", "Arrays", "Documents", "RunFixtures", "RunSupport",
        "TestSupport", "Vocabulary",
      ]),
    .target(
      name: "RunFixtures",
      dependencies: ["Catalogue", "Runs", "Training", "SequenceModels", "Datasets", "RunSupport", "TestSupport", "Vocabulary"],
      path: "Tests/RunFixtures"),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "Runs", "RunFixtures", "Catalogue", "Training", "SequenceModels", "Datasets", "Operations", "StateSpace", "Arrays", "Documents",
        "RunSupport", "TestSupport", "Vocabulary",
      ]),
    .testTarget(
      name: "RunPlanningTests",
      dependencies: [
        "RunPlanning", "RunFixtures", "Accelerators", "Catalogue", "Runs", "Training", "SequenceModels", "Datasets", "RunSupport",
        "TestSupport",
        "Vocabulary",
      ]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "AnalyticResults", "SystemAnalysis", "StateSpace", "RunPlanning", "Documents", "Catalogue", "Runs", "SequenceModels",
        "RunFixtures", "RunSupport", "TestSupport", "Vocabulary", complexModule,
      ]),
    .testTarget(
      name: "ExportsTests",
      dependencies: [
        "Exports", "RunFixtures", "Catalogue", "Runs", "SequenceModels", "Operations", "Datasets", "Arrays", "Documents", "RunSupport",
        "TestSupport", "Vocabulary",
      ]),
    .testTarget(
      name: "ToolTests",
      dependencies: [
        "Catalogue", "Runs", "DatasetPreparation", "Datasets", "RunFixtures", "TestSupport", "RunSupport", "Documents", "Arrays",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// Only `make tensorboard` asks for this tool, so that nothing else fetches and compiles the library that it needs.
if Context.environment["SSM_TENSORBOARD"] != nil {
  package.dependencies.append(.package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"))
  package.targets.append(
    tool(
      "export-tensorboard", "Exports", "ExperimentOptions", "Runs", "RunSupport",
      .product(name: "SwiftProtobuf", package: "swift-protobuf")))
}

// Every call of Make in the tests reads the catalogue and plans: these rooms are optimised in debug builds too.
for target in package.targets where ["RunSupport", "Vocabulary", "Catalogue", "RunPlanning"].contains(target.name) {
  target.swiftSettings = [.unsafeFlags(["-O"])]
}
