import ArgumentParser
import Catalogue
import ExperimentOptions
import RunSupport
import ToolSupport

struct WriteFidelity: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fidelity", abstract: "Writes every reported configuration beside ours, with sources and the decisions behind deviations.",
    discussion: "The file is replaced only if its content changes. A deviation without a listed reason is an error.")

  @Option(help: "List of reported configurations.", completion: .file()) var reported = "Tests/Fixtures/reported-configurations.csv"
  @Option(help: "List of deviations with the numbers of their decisions.", completion: .file()) var deviations =
    "Tests/Fixtures/reported-deviations.csv"
  @Option(help: "File to write.", completion: .file()) var output = "docs/fidelity.md"
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let comparison = try FidelityComparison(
      ReportedConfiguration.all(fromFile: reported), deviations: ReportedDeviation.all(fromFile: deviations), catalogue: catalogue.load())
    let open = comparison.configurations.flatMap(\.entries).first { $0.deviates && $0.deviation == nil }
    if let open {
      throw StageError(
        .badConfiguration, "\(open.experiment) deviates in \(open.quantity.rawValue)", where: deviations,
        why: "\(open.reported ?? "") is reported, ours is \(open.ours ?? ""), and no line says why",
        fix: "correct the experiment, or add a line with the decision behind it")
    }
    try AtomicFile.writeIfChanged(FidelityDocument(comparison).markdown, to: output)
  }
}
