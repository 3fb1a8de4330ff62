import Foundation

/// How runs are made by a scheduler.
package struct SubmissionSettings: Sendable {
  /// The folder that relative paths begin at.
  package var workingFolder: String
  /// The folder with `runs`, `resolved` and `jobs`.
  package var results: String
  /// The folder with `raw` and `prepared`.
  package var data: String
  /// The folder of the experiments; nil for the copy in the tools.
  package var catalogue: String?
  /// The folder of the tools.
  package var tools: String
  /// Further options of `train-model`: the device.
  package var training: [String]
  /// Of a run.
  package var threads: Int
  /// How many elements of an array run at a time; nil for as many as the scheduler lets.
  package var jobsAtOnce: Int?
  /// Options of `sbatch` that this cluster asks for.
  package var siteOptions: String
  /// A folder that holds the archives already.
  package var mirror: String?

  package init(
    workingFolder: String, results: String, data: String, catalogue: String?, tools: String, training: [String],
    threads: Int,
    jobsAtOnce: Int?, siteOptions: String, mirror: String?
  ) {
    (self.workingFolder, self.results, self.data, self.catalogue) = (workingFolder, results, data, catalogue)
    (self.tools, self.training, self.threads) = (tools, training, threads)
    (self.jobsAtOnce, self.siteOptions, self.mirror) = (jobsAtOnce, siteOptions, mirror)
  }

  package var jobs: String { "\(results)/jobs" }

  /// A call of a tool by its path, as a line for a shell.
  func line(_ words: [String]) -> String { ShellText.line(["\(tools)/\(words[0])"] + words.dropFirst()) }
}
