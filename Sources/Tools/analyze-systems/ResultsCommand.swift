import AnalyticResults
import ArgumentParser
import ExperimentOptions
import ToolSupport

struct ResultsCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "The papers' figures and statements that need no training, a CSV file for each table.",
    discussion: """
      Files whose content is the same are not written again. Tables whose data are not prepared are left out.

      Results:
      \(AnalyticResults.all.map { "  \($0.name): \($0.title)" }.joined(separator: "\n"))

      Example: analyze-systems results --name dfout-figure-3
      """)
  @Option(help: "Only this result; may be repeated.") var name: [String] = []
  @Option(help: "Folder of the CSV files.", completion: .directory) var output = "results/analytic"
  @Option(help: "Folder of prepared data.", completion: .directory) var data = "data/prepared"
  @OptionGroup var catalogue: CatalogueOptions
  @Option(help: "full, as in the papers, or tiny, for tests.") var size = AnalyticContext.Size.full.rawValue

  func run() throws {
    let size = try OptionError.value(size, of: AnalyticContext.Size.self, "--size")
    let context = AnalyticContext(size: size, preparedData: data)
    for file in try AnalyticResults.write(AnalyticResults.named(name), to: output, context) {
      print("\(file.path): \(file.changed ? "written" : "unchanged")")
    }
    // Some tables alone may be older than the rules.
    if name.isEmpty, size == .full { try AnalyticRules.write(catalogue.load().claims, to: output) }
  }
}
