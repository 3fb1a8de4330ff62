import ArgumentParser
import Catalogue
import Foundation
import RunSupport
import Runs
import SystemAnalysis

/// What a tool that shows results reads: the experiments and their finished runs.
package struct FinishedRunOptions: ParsableArguments {
  @OptionGroup var results: ResultOptions
  @OptionGroup var catalogue: CatalogueOptions
  @Option(help: "Which runs to read: own, shipped; may be repeated (default: both, own ones first).") var runs: [FinishedRun.Origin] = []

  package init() {}

  /// Reads every experiment, then the summary of every run that is asked for, and compares the files of the preset's runs with it.
  ///
  /// Shipped files are compared with their list first.
  ///
  /// - Parameters:
  ///   - preset: whose runs have their files compared; nil compares all of them.
  ///   - warn: called for each run that is passed over, because its summary cannot be read or lies in another run's folder or a file
  ///   has changed; and once if there are runs of which that cannot be seen.
  /// - Throws: `StageError` as of `ExperimentCatalogue.load`, `badData` for a shipped file that is not what was shipped, and `inputOutput` if
  ///   the system does not give a file or folder of a run; a missing folder of runs is none.
  package func load(_ preset: Preset?, warn: (StageError) -> Void) throws -> (catalogue: ExperimentCatalogue, runs: FinishedRuns) {
    let catalogue = try catalogue.load()
    if origins.contains(.shipped) { try ShippedFiles(results: results.results).check() }
    let finished = FinishedRuns(results: results.results, origins: origins, checkingFilesOf: preset.map { [$0] } ?? Preset.allCases)
    // Without what the system does not give now, the same command would show other results.
    if let failure = finished.problems.first(where: { $0.code == .inputOutput }) { throw failure }
    finished.problems.forEach(warn)
    let count = preset.map(finished.unhashedCount) ?? 0
    if count > 0 {
      warn(
        StageError(
          .badData, "\(count) runs of preset \(preset?.rawValue ?? "") do not name the hashes of their files", where: results.results,
          why: "an earlier version made them; they are read, but a changed digit would not be noticed",
          fix: "nothing; or delete a run's summary.json and run it again, which writes it anew from the last checkpoint"))
    }
    return (catalogue, finished)
  }

  private var origins: Set<FinishedRun.Origin> { Set(runs.isEmpty ? FinishedRun.Origin.allCases : runs) }

  /// Folders of analytic tables, own ones first.
  package var analyticFolders: [String] {
    FinishedRun.Origin.allCases.filter(origins.contains).map { results.results + ($0 == .own ? "/analytic" : "/shipped/analytic") }
  }

  /// The least-squares limits of the delay task, own ones before shipped ones; none before `make delay-limits`.
  ///
  /// - Throws: `StageError` (`badData`) if their file is no such table.
  package func delayLimits(_ preset: Preset) throws -> DelayLimits {
    let files = analyticFolders.map { ResultOptions.delayLimits(preset, results: ($0 as NSString).deletingLastPathComponent) }
    return try DelayLimits(fromFile: files.first(where: FileManager.default.fileExists) ?? files[0])
  }
}

extension FinishedRun.Origin: ExpressibleByArgument {}
