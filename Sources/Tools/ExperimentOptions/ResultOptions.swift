import ArgumentParser
import Catalogue
import Runs

/// Where a tool finds runs.
package struct ResultOptions: ParsableArguments {
  @Option(help: "Folder of runs and shipped runs.", completion: .directory)
  package var results = "results"

  package init() {}

  /// The file of the least-squares limits of the delay task.
  package static func delayLimits(_ preset: Preset, results: String) -> String {
    "\(results)/analytic/delay-limits-\(preset.rawValue).csv"
  }

  /// Revision of the present code; nil where git does not know it. Finished runs of another one are called stale.
  package var revision: String? {
    let revision = CodeRevision.current().revision
    return revision == "unknown" ? nil : revision
  }
}
