import ArgumentParser
import Catalogue
import ComputingOptions
import ExperimentOptions
import Foundation
import RunPlanning
import RunSupport
import ToolSupport

struct WorkOnRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Makes the missing runs of a group, one after another, beside other machines that do the same.",
    discussion: """
      Call it on as many machines as there are, in one folder that all of them see (docs/cluster.md). It trains a run that is missing and that no \
      other process trains, then the next, and waits at the end for those of others: what a machine leaves that dies is taken up. Data must be \
      prepared before. TERM, USR1 or HUP: the training saves a checkpoint, then exit code 75; Ctrl-C: the same, then 130. Else it ends with \
      the code of the first training that failed.
      """)

  @OptionGroup var group: GroupOptions
  @Option(help: "Threads of a run; all cores by default.") var threads: Int?
  @Flag(help: "End where only runs are left that others train.") var noWait = false
  @Flag(help: "Continue runs although code, libraries or device differ from those of their checkpoints.") var forceResume = false
  @OptionGroup var computing: DeviceOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    Interruption.install()
    let catalogue = try catalogue.load()
    let members = try group.members(in: catalogue, results: results.results, verb: "work")
    let given = ProcessInfo.processInfo.environment["FAILURE_NOTES"] ?? ""
    let notes = given.isEmpty ? "\(NSTemporaryDirectory())/ssm-repro-failures-\(UUID().uuidString)" : given
    defer { if given.isEmpty { unlink(notes) } }
    let settings = SharedWork.Settings(
      results: results.results, data: group.data, tools: (ChildProcess.ownExecutable as NSString).deletingLastPathComponent,
      threads: threads, training: computing.arguments + (forceResume ? ["--force-resume"] : []), waits: !noWait, notes: notes)
    let title = group.namesPresets ? group.group : "\(group.group), preset \(group.selection.preset.rawValue)"
    let code = try SharedWork(members, title: title, claims: catalogue.claims, settings: settings) { Messages.line($0) }.run()
    if code != 0 { throw ExitCode(code) }
  }
}
