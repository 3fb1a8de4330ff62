import Catalogue
import Foundation
import RunSupport

/// The jobs that make some runs: an array for each size class, before them one that prepares data, behind them one that makes tables.
package struct Submission: Sendable {
  package struct Array: Sendable {
    /// Of its files: `4h-8gb`.
    package let file: String
    package let size: SizeClass
    package let runs: [SubmittedRun]
  }

  package let arrays: [Array]
  /// Folders below `prepared` that are made first.
  package let prepares: [String]
  /// Numbers of jobs in the queue that prepare what these runs read too.
  package let waitsFor: [String]
  /// Last jobs in the queue that make the same tables: the one of this submission does it in their place.
  let replaces: [String]
  /// Arrays in the queue whose runs the tables are to show too.
  let trainsBeside: [String]
  let runs: [SubmittedRun]
  /// Those of which runs note the rule.
  let claims: [Claim]
  let settings: SubmissionSettings
  /// Of the folder.
  let title: String
  let data: DataJob?

  /// Slurm's own limit of an array, unless a cluster has another.
  static let longestArray = 1000

  /// - Parameters:
  ///   - title: of the folder: `lra-paper`.
  ///   - claims: those of which runs note the rule.
  ///   - jobs: what was submitted before.
  /// - Throws: `StageError` (`usage`) for options of more than one line.
  package init(
    _ runs: [SubmittedRun], title: String, claims: [Claim], settings: SubmissionSettings, jobs: SubmittedJobs
  ) throws {
    if settings.siteOptions.contains(where: \.isNewline) {
      throw StageError(
        .usage, "the options for the scheduler hold more than one line", where: "SLURM_OPTIONS (--options)",
        why: "they become one line of each script", fix: "write them in one line")
    }
    (self.runs, self.claims, self.settings, self.title) = (runs, claims, settings, title)
    arrays = Dictionary(grouping: runs, by: \.size).sorted { $0.key < $1.key }.flatMap { Self.arrays(of: $0, $1) }
    let read = Set(runs.compactMap(\.experiment.preparedData).map(\.preparedPath))
    let underWay = jobs.preparing.filter { !read.isDisjoint(with: $0.folders) }
    waitsFor = underWay.map(\.job)
    data = DataJob(runs, settings: settings, underWay: underWay.flatMap(\.folders))
    prepares = data?.folders ?? []
    let presets = Set(FinishJob.presets(of: runs))
    replaces = jobs.finishing.filter { presets.isSuperset(of: $0.presets) }.map(\.job)
    trainsBeside = jobs.training.filter { presets.isSuperset(of: $0.presets) }.map(\.job)
  }

  private static func arrays(of size: SizeClass, _ runs: [SubmittedRun]) -> [Array] {
    stride(from: 0, to: runs.count, by: longestArray).map { start in
      let number = start / longestArray + 1
      let part = runs[start..<min(runs.count, start + longestArray)]
      return Array(file: number == 1 ? size.name : "\(size.name)-\(number)", size: size, runs: Swift.Array(part))
    }
  }
}
