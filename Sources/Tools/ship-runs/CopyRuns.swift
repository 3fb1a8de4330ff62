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
  @Option(help: "Hashes of what the tables without training were computed from.", completion: .file())
  var inputs = ".setup/analytic-inputs.sha256"
  @Option(help: "Folder with prepared data.", completion: .directory) var data = "data"
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let presets = Set(preset.isEmpty ? [.reduced, .paper] : preset)
    let catalogue = try catalogue.load()
    let shipment = Shipment(catalogue, results: results.results, excerpts: catalogue.excerpts)
    var counts: [String: Int] = [:]
    let analytic = AnalyticShipment(results: results.results, inputs: inputs, data: data)
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
