import Foundation
import RunSupport

/// What the jobs do, as text.
extension Submission {
  /// The calls that train, a line each, for other schedulers.
  package var commands: [String] { runs.map { $0.command(settings, claims: claims) } }

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

  /// By which a job is known in the queue.
  func name(_ file: String, folder: String, mark: String) -> String {
    "ssm-\((folder as NSString).lastPathComponent)-\(file)-\(mark)"
  }
}
