import ArgumentParser
import Catalogue
import ExperimentOptions
import Reporting
import RunSupport
import Runs
import ToolSupport

struct CopyRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copies the small files of finished, clean runs and the tables that need no training to the shipped ones.",
    discussion: """
      Of a run only configuration, provenance, summary, metrics and tables of numbers are copied, of large tables what figures read: no \
      weights, and nothing that shows data. What is left out is named with the reason. The list of hashes is written last.
      """)

  @Option(help: "Only runs of this size; may be repeated (default: reduced and paper, since smoke proves nothing).") var preset: [Preset] =
    []
  @Option(help: "Folder of results to copy from, such as that of another clone (default: that of --results).", completion: .directory)
  var from: String?
  @Option(
    help: "Hashes of what the tables without training were computed from (default: .setup/analytic-inputs.sha256 beside the results).",
    completion: .file()) var inputs: String?
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let presets = Set(preset.isEmpty ? [.reduced, .paper] : preset)
    let catalogue = try catalogue.load()
    let source = from ?? results.results
    let shipment = Shipment(catalogue, results: results.results, from: source, excerpts: catalogue.excerpts)
    var counts: [String: Int] = [:]
    let analytic = AnalyticShipment(results: source, inputs: inputs ?? "\(source)/../.setup/analytic-inputs.sha256")
    try shipment.ship(presets, analytic: analytic) { line in
      switch line.outcome {
      case .unchanged: counts["unchanged", default: 0] += 1
      case .leftOut:
        counts["left out", default: 0] += 1
        print("\(line.path): \(line.outcome.text)")
      default:
        counts["written", default: 0] += 1
        print("\(line.path): \(line.outcome.text)")
      }
    }
    let files = ShippedFiles(results: results.results)
    let parts = ["written", "unchanged", "left out"].map { "\(counts[$0] ?? 0) \($0)" }
    print(
      "\(files.folder): \(parts.joined(separator: ", ")) (runs and tables); all files have \(ByteCount.text(Double(try files.byteCount())))"
    )
  }
}
