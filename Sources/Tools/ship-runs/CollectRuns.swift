import ArgumentParser
import Catalogue
import ExperimentOptions
import RunSupport
import Runs
import ToolSupport

struct CollectRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Merges finished runs that were made elsewhere into those made here.",
    discussion: """
      Of each run the files are compared with the hashes in its summary, and its identity and numeric fingerprint with what it says elsewhere. Best \
      weights come too, other checkpoints stay. A run that is here already is compared, and never overwritten; unfinished ones are named and left \
      alone. Ends with 65 if a run is damaged, or has other bits under the same numeric fingerprint.
      """)

  @Option(help: "Folder results of another clone, here or as host:path, which rsync copies over ssh.") var from: String
  @Option(name: .customLong("run"), help: "Only this run, such as tiny-listops-hope/smoke/seed-1.") var chosenRun: String?
  @Flag(help: "Only say what would be done.") var dryRun = false
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    guard !from.isEmpty else {
      throw StageError(
        .usage, "nothing says where the runs are", where: "FROM (--from)", why: "it is empty",
        fix: "make collect FROM=folder, or FROM=host:path of the folder results there")
    }
    let path = chosenRun.map { $0.replacing(/^(results\/)?runs\/|\/+$/, with: "") }
    let remote = RemoteResults.isRemote(from) ? try RemoteResults(from, beside: results.results, only: path) : nil
    let collection = RunCollection(
      try catalogue.load(), results: results.results, from: remote?.folder ?? from, isDry: dryRun)
    var lines: [RunCollection.Line] = []
    try withExtendedLifetime(remote) {
      try collection.collect(only: path) { line in
        lines.append(line)
        print("\(line.path): \(line.outcome.text)")
      }
    }
    let counts = lines.map(\.outcome.word).unique { $0 }.map { word in "\(lines.count { $0.outcome.word == word }) \(word)" }
    print("collect\(dryRun ? ", nothing was written" : ""): " + counts.joined(separator: "; "))
    guard let failure = lines.first(where: \.outcome.isFailure) else { return }
    throw StageError(
      .badData, "\(lines.count(where: \.outcome.isFailure)) runs are not what they should be", where: "\(from), \(failure.path)",
      why: failure.outcome.text, fix: "make it again where it was made; what is here has stayed as it is")
  }
}
