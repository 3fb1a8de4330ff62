import Foundation
import RunSupport

extension Submission {
  /// Writes the resolved configurations that the runs read, as they are now.
  package func resolve() throws {
    for experiment in runs.map(\.experiment).unique(by: { $0.resolvedFile(results: settings.results) }) {
      try experiment.writeResolved(results: settings.results)
    }
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
    try resolve()
    try write(to: folder, mark: mark)
    // Written before the first job, and after each: by their names jobs are known even if nothing more can be written.
    var record = record(folder: folder, mark: mark)
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

  private func record(folder: String, mark: String) -> SubmissionRecord {
    func name(_ file: String) -> String { self.name(file, folder: folder, mark: mark) }
    return SubmissionRecord(
      goal: title, presets: FinishJob.presets(of: runs),
      arrays: arrays.map { SubmissionRecord.Array(file: $0.file, name: name($0.file), runs: $0.runs.map(\.path)) },
      data: data.map { SubmissionRecord.Job(name: name(DataJob.file), prepares: $0.folders) },
      finish: SubmissionRecord.Job(name: name(FinishJob.file), prepares: []))
  }

  private func write(to folder: String, mark: String) throws {
    for sub in ["log", "notes"] { try AtomicFile.makeDirectory("\(folder)/\(sub)") }
    try AtomicFile.write(TaskScript.text, to: "\(folder)/\(TaskScript.fileName)")
    for array in arrays {
      let lines = array.runs.map { $0.command(settings, claims: claims) }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: "\(folder)/\(array.file).commands")
      try AtomicFile.write(array.runs.map(\.path).joined(separator: "\n") + "\n", to: "\(folder)/\(array.file).runs")
    }
    for script in scripts(folder: folder, mark: mark) { try AtomicFile.write(script.text, to: "\(folder)/\(script.file)") }
  }

  /// `lra-paper-3`: the first number above all that there are.
  private func newFolder() throws -> String {
    let numbers = try InputFile.names(inFolder: settings.jobs).compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }
    return "\(settings.jobs)/\(title)-\((numbers.max() ?? 0) + 1)"
  }
}
