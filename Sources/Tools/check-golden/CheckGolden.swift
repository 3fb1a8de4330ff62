import ArgumentParser
import Operations
import RunSupport
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

  /// By file name up to the first underscore.
  private static let checks: [String: @Sendable (GoldenSubcase) throws -> Void] = [
    "case01": KernelCase.check,
    "case02": LayerCase.check,
    "case02b": ConvolutionCase.check,
    "case03a": TunedPolesCase.check,
    "case03b": WavesCase.check,
    "case03c": DenoisingCase.check,
    "case03d": TunedLayerCase.check,
    "case04": HankelLayerCase.check,
    "case04b": HankelSystemCase.check,
    "case05": FourierPolesCase.check,
    "case06": InitialPolesCase.check,
    "case07": HankelValuesCase.check,
    "case08": BlocksCase.check,
    "case09a": TrainingCase.check,
    "case09b": TrainingCase.check,
  ]

  func run() throws {
    try NumericEnvironment.prepareProcess()
    let index = try GoldenIndex(directory: directory)
    let cases = index.cases.filter { $0.file.hasPrefix(prefix) }
    guard !cases.isEmpty else {
      let names = index.cases.map(\.name).joined(separator: ", ")
      throw StageError(
        .missingInput, "no case starts with \(prefix)", where: index.path, why: "it lists \(names)",
        fix: "choose one of these, or leave --case out")
    }
    var table = ComparisonTable(csv: csv)
    var notCovered: [String] = []
    for goldenCase in cases {
      guard let check = Self.checks[goldenCase.name] else {
        notCovered.append(goldenCase.file)
        continue
      }
      for subcase in try GoldenSubcase.all(of: goldenCase, in: directory) {
        try check(subcase)
        subcase.comparisons.forEach { table.add($0) }
        notCovered += subcase.uncomparedTensors.map { "\(goldenCase.name) \($0)" }
      }
    }
    try table.finish(notCovered: notCovered, directory: directory)
  }
}
