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
  private let runs: [SubmittedRun]
  private let claims: [Claim]
  private let settings: SubmissionSettings
  private let title: String
  private let data: DataJob?

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

  /// The calls that train, a line each, for other schedulers.
  package var commands: [String] { runs.map { $0.command(settings, claims: claims) } }

  /// Writes the resolved configurations that the runs read, as they are now.
  package func resolve() throws {
    for experiment in runs.map(\.experiment).unique(by: { $0.resolvedFile(results: settings.results) }) {
      try AtomicFile.writeIfChanged(
        try JSONText.encode(experiment.configuration), to: experiment.resolvedFile(results: settings.results))
    }
  }

  /// The scripts of the jobs as they would stand in a folder.
  package func scripts(folder: String, mark: String) -> [(file: String, text: String)] {
    func script(_ file: String, _ limits: SizeClass, log: String, options: [String], body: String) -> (String, String) {
      let script = JobScript(
        name: name(file, folder: folder, mark: mark), limits: limits, threads: settings.threads,
        log: JobScript.path("\(folder)/log/") + log,
        options: options, siteOptions: settings.siteOptions, workingFolder: settings.workingFolder, body: body)
      return ("\(file).sh", script.text)
    }
    let trainings = arrays.map { array in
      let atOnce = settings.jobsAtOnce.map { "%\($0)" } ?? ""
      let warning = array.runs.map(\.warningSeconds).max() ?? SubmittedRun.leastWarning
      let names = [
        "jobs=" + ShellText.word(settings.jobs), "folder=" + ShellText.word(folder), "results=" + ShellText.word(settings.results),
        "array=\(array.file)", "program=" + ShellText.word("\(settings.tools)/train-model"), "warning=\(warning)",
      ]
      return script(
        array.file, array.size, log: "\(array.file)-%a.txt",
        options: ["--array=1-\(array.runs.count)\(atOnce)", "--signal=B:USR1@\(warning)"],
        body: names.joined(separator: "\n") + "\n. \"$folder/\(TaskScript.fileName)\"\n")
    }
    return (data.map { [script(DataJob.file, DataJob.limits, log: "data.txt", options: [], body: $0.body(folder: folder))] } ?? [])
      + trainings
      + [
        script(
          FinishJob.file, FinishJob.limits, log: "finish.txt", options: [],
          body: FinishJob(runs, settings: settings).body(folder: folder))
      ]
  }

  private func name(_ file: String, folder: String, mark: String) -> String {
    "ssm-\((folder as NSString).lastPathComponent)-\(file)-\(mark)"
  }

  /// Writes the scripts into a new folder and submits them.
  ///
  /// - Parameter report: told of each job: its file and number.
  /// - Returns: the folder.
  /// - Throws: `StageError` as of `Slurm.submit`, and `inputOutput`. What was submitted before stays, is noted, and is not submitted again.
  package func submit(to slurm: Slurm, report: (_ file: String, _ job: String) -> Void) throws -> String {
    let folder = try newFolder()
    // Two clones, and a folder that was deleted and made again, have jobs of other names.
    let mark = String(FileHash.hex(of: Data("\(settings.workingFolder) \(folder) \(Date().timeIntervalSince1970)".utf8)).prefix(8))
    func name(_ file: String) -> String { self.name(file, folder: folder, mark: mark) }
    var record = SubmissionRecord(
      goal: title, presets: FinishJob.presets(of: runs),
      arrays: arrays.map { SubmissionRecord.Array(file: $0.file, name: name($0.file), runs: $0.runs.map(\.path)) },
      data: data.map { SubmissionRecord.Job(name: name(DataJob.file), prepares: $0.folders) },
      finish: SubmissionRecord.Job(name: name(FinishJob.file), prepares: []))
    try resolve()
    for sub in ["log", "notes"] { try AtomicFile.makeDirectory("\(folder)/\(sub)") }
    try AtomicFile.write(TaskScript.text, to: "\(folder)/\(TaskScript.fileName)")
    for array in arrays {
      let lines = array.runs.map { $0.command(settings, claims: claims) }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: "\(folder)/\(array.file).commands")
      try AtomicFile.write(array.runs.map(\.path).joined(separator: "\n") + "\n", to: "\(folder)/\(array.file).runs")
    }
    for script in scripts(folder: folder, mark: mark) { try AtomicFile.write(script.text, to: "\(folder)/\(script.file)") }
    try record.write(to: folder)

    func submit(_ file: String, behind jobs: [String], if condition: String) throws -> String {
      let dependency = jobs.isEmpty ? [] : ["--dependency=\(condition):\(jobs.joined(separator: ":"))", "--kill-on-invalid-dep=yes"]
      let job = try slurm.submit("\(folder)/\(file).sh", options: dependency)
      report(file, job)
      return job
    }
    var before = waitsFor
    if data != nil {
      let job = try submit(DataJob.file, behind: [], if: "")
      record.data?.job = job
      try record.write(to: folder)
      before.append(job)
    }
    var trainings: [String] = []
    for (index, array) in arrays.enumerated() {
      let job = try submit(array.file, behind: before, if: "afterok")
      record.arrays[index].job = job
      try record.write(to: folder)
      trainings.append(job)
    }
    record.finish?.job = try submit(FinishJob.file, behind: trainings + trainsBeside, if: "afterany")
    try record.write(to: folder)
    for job in replaces { try slurm.cancelPending(job) }
    return folder
  }

  /// `lra-paper-3`: the first number above all that there are.
  private func newFolder() throws -> String {
    let numbers = try InputFile.names(inFolder: settings.jobs).compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }
    return "\(settings.jobs)/\(title)-\((numbers.max() ?? 0) + 1)"
  }
}
