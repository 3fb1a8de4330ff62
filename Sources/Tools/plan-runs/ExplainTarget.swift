import ArgumentParser
import Catalogue
import ExperimentOptions
import Foundation
import RunPlanning
import ToolSupport

struct ExplainTarget: Tool {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Says why Make would, or would not, make a run, a group of runs or prepared data again.",
    discussion: """
      A target is a run's folder or summary (results/runs/ID/PRESET/seed-1), an experiment's id (all its seeds), reproduce-GROUP, or a \
      prepared folder or its card (data/prepared/…). Of a group only runs for which something would be done are named.
      """)

  @Option(help: "What to explain.") var target: String
  @Option(help: "Size of the runs, where the target does not say it.") var preset: Preset
  @Option(help: "Folder with raw and prepared data.", completion: .directory) var data = "data"
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let catalogue = try catalogue.load()
    switch try MakeGoal(target, in: catalogue, preset: preset, results: results.results, data: data) {
    case .group(let selection): explainGroup(selection)
    case .experiment(let member): explain([member])
    case .claim(let members): explain(members)
    case .run(let experiment, let seed): explain(reason(experiment, seed), headline: true)
    case .preparedFolder(let name): explainData(name, catalogue)
    case .data(let descriptions): for description in descriptions { explainData(description.preparedPath, catalogue) }
    }
  }

  private func reason(_ experiment: Experiment, _ seed: UInt64) -> RebuildReason {
    RebuildReason(experiment, seed: seed, results: results.results, data: data, revision: results.revision)
  }

  private func explain(_ reason: RebuildReason, headline: Bool) {
    if headline { print("\(results.results)/runs/\(reason.path)") }
    for line in reason.lines { print("  \(line)") }
  }

  private func explain(_ members: [RunSelection.Member]) {
    for member in members { for seed in member.seeds { explain(reason(member.experiment, seed), headline: true) } }
  }

  private func explainGroup(_ selection: RunSelection) {
    let reasons = selection.members.flatMap { member in member.seeds.map { reason(member.experiment, $0) } }
    let busy = reasons.filter { !$0.isUpToDate }
    for reason in busy { explain(reason, headline: true) }
    print("\(reasons.count - busy.count) of \(reasons.count) runs are up to date")
  }

  private func explainData(_ name: String, _ catalogue: ExperimentCatalogue) {
    let card = "\(data)/prepared/\(name)/card.json"
    let users = catalogue.all.filter { $0.preparedData?.preparedPath == name }
    print("\(data)/prepared/\(name)")
    let reasons = users.first.map { reason($0, 1).dataReasons }
    let isMissing = !FileManager.default.fileExists(atPath: card)
    for line in reasons ?? (isMissing ? ["the data card is missing: \(card)"] : []) { print("  \(line)") }
    if !isMissing && reasons?.isEmpty != false { print("  nothing: it is up to date") }
    let names = Set(users.map(\.id)).sorted()
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    print(names.isEmpty ? "  no experiment reads it" : "  read by \(names.prefix(5).joined(separator: ", "))\(more)")
  }
}
