import ArgumentParser
import Catalogue
import ComputingOptions
import ExperimentOptions
import Foundation
import RunPlanning
import RunSupport
import ToolSupport

struct SubmitRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Hands the runs of a group to the scheduler Slurm, or lists their commands for another one.",
    discussion: """
      An array of jobs for each size of run, a job before them that prepares missing data, and one behind them that makes tables, figures and the \
      page. Finished runs, and those that are queued already, are left out; scripts, logs and notes are kept in results/jobs (docs/cluster.md).
      """)

  @OptionGroup var group: GroupOptions
  @Option(help: "How many runs of an array are made at a time; without it as many as the scheduler lets.") var jobs: Int?
  @Option(help: "Threads of a run, for which its job asks; without it those of the machine that its hours are for, beside a GPU 4.")
  var threads: Int?
  @Option(parsing: .unconditional, help: "Options that this cluster's sbatch needs, in one text: '--account=a --partition=long'.")
  var options = ""
  @Flag(help: "Print what would be submitted, scripts included, and neither write nor submit.") var dryRun = false
  @Flag(help: "Print the commands that train, one a line, and submit nothing; writes the configurations that they read.") var list = false
  @Option(help: "Folder that holds the archives already.", completion: .directory) var mirror: String?
  @Flag(help: "Continue runs although code, libraries or device differ from those of their checkpoints.") var forceResume = false
  @OptionGroup var computing: DeviceOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    let catalogue = try catalogue.load()
    let members = try group.members(in: catalogue, results: results.results, verb: "submit")
    let slurm = Slurm()
    let isPlanned = dryRun || list
    // Two at a time would both find a run in no queue.
    let lock = isPlanned ? nil : try lock()
    defer { withExtendedLifetime(lock) {} }
    // What is only shown needs no scheduler.
    let queue = isPlanned ? slurm.knownQueue(warn: Self.warn) ?? [] : try slurm.queue()
    let submitted = try SubmittedJobs(results: results.results, queue: queue)
    let machine = try machine.chosen(for: computing.device)
    let hasGPU = ComputedDevice.standIn(for: computing.device) != nil
    let choice = SubmissionChoice(
      members, results: results.results, jobs: submitted, on: machine, hasGPU: hasGPU)
    let submission = try Submission(
      choice.runs, title: title, claims: catalogue.claims,
      settings: settings(threads: threads ?? (hasGPU ? SizeClass.threadsBesideGPU : machine.threads)), jobs: submitted)
    if list { return try printCommands(submission) }
    print(counts(choice))
    if choice.runs.isEmpty { return }
    print(
      "Hours are for \(machine.text), times \(hasGPU ? "\(SizeClass.computedHoursMargin), for they are computed and were never measured" : "\(SizeClass.hoursMargin)"); "
        + "memory is times \(SizeClass.memoryMargin).")
    if dryRun { return printScripts(submission) }
    try submit(submission, to: slurm)
  }

  private var title: String { group.namesPresets ? group.group : "\(group.group)-\(group.selection.preset.rawValue)" }

  private func lock() throws -> FileLock {
    try AtomicFile.makeDirectory("\(results.results)/jobs")
    return try FileLock.waiting(path: "\(results.results)/jobs/.lock", holder: "submitting runs") { Messages.line($0) }.lock
  }

  private func settings(threads: Int) -> SubmissionSettings {
    SubmissionSettings(
      workingFolder: FileManager.default.currentDirectoryPath, results: results.results, data: group.data, catalogue: catalogue.catalogue,
      tools: (ChildProcess.ownExecutable as NSString).deletingLastPathComponent,
      training: computing.arguments + (forceResume ? ["--force-resume"] : []), threads: threads,
      jobsAtOnce: jobs, siteOptions: options.trimmingCharacters(in: .whitespaces), mirror: mirror)
  }

  private func counts(_ choice: SubmissionChoice) -> String {
    let all = choice.runs.count + choice.finishedCount + choice.underWayCount
    return
      "\(title): \(all) runs, \(choice.finishedCount) finished, \(choice.underWayCount) queued or running, \(choice.runs.count) to submit"
  }

  private func printCommands(_ submission: Submission) throws {
    try submission.resolve()
    for command in submission.commands { print(command) }
    if !submission.prepares.isEmpty {
      Messages.line(
        "first prepare \(submission.prepares.map { "\(group.data)/prepared/\($0)" }.joined(separator: ", ")): make data-… (make help)")
    }
  }

  private func printScripts(_ submission: Submission) {
    for script in submission.scripts(folder: "\(results.results)/jobs/\(title)-N", mark: "MARK") {
      print("\n--- \(script.file)\n\(script.text)", terminator: "")
    }
  }

  private func submit(_ submission: Submission, to slurm: Slurm) throws {
    var rows: [[String]] = []
    defer { if !rows.isEmpty { printColumns([["JOBS", "NUMBER", "RUNS"]] + rows) } }
    let counts = Dictionary(uniqueKeysWithValues: submission.arrays.map { ($0.file, $0.runs.count) })
    let folder = try submission.submit(to: slurm) { file, job in rows.append([file, job, counts[file].map(String.init) ?? ""]) }
    Messages.line("scripts, logs and notes: \(folder); make status shows where the runs are")
  }
}
