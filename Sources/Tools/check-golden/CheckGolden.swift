import ArgumentParser
import ComputingOptions
import GoldenCases
import Operations
import ToolSupport

@main
struct CheckGolden: Tool {
  static let configuration = CommandConfiguration(
    commandName: "check-golden",
    abstract: "Computes reference cases in float32 and float64 and compares the results with the stored ones.",
    discussion: "Exit code 0 if all agree, 65 if one does not, 66 if there is no such folder or case.")

  @Option(help: "Folder with index.json and the safetensors files it names.", completion: .directory) var directory: String
  @Option(name: .customLong("case"), help: "Only cases whose file names start with this.") var prefix = ""
  @Flag(help: "Print comma-separated values.") var csv = false
  @OptionGroup var computing: DeviceOptions

  func run() throws {
    try NumericEnvironment.prepareProcess()
    let index = try GoldenIndex(directory: directory)
    let cases = try index.cases(startingWith: prefix)
    // The theory in float64 has no device.
    let computations = try computing.open().map { [Computation.engine(.device($0.programs))] } ?? Computation.onProcessor
    var table = ComparisonTable(by: computations, csv: csv) { print($0) }
    for goldenCase in cases { try table.add(goldenCase, in: directory) }
    try table.finish(directory: directory)
  }
}
