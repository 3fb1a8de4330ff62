import Catalogue
import DatasetPreparation
import Datasets
import Foundation
import RunSupport

/// The rules that Make needs to make some runs and prepared data, as things are now: what depends on what, and which resolved
/// configurations have other content than their files.
///
/// The variables that recipes use (`$(resolve)`, `$(train)`, `$(mirror)`) are in `scripts/runs.mk`.
package struct MakeRules {
  private let members: [RunSelection.Member]
  /// Without the data of the runs.
  private let data: [DataDescription]
  /// The folder of results.
  private let results: String

  package init(_ members: [RunSelection.Member], data: [DataDescription] = [], results: String) {
    (self.members, self.data, self.results) = (members, data, results)
  }

  package var text: String {
    let prepared = Set(data + members.compactMap(\.experiment.preparedData)).sorted { $0.preparedPath < $1.preparedPath }
    let raw = Set(prepared.compactMap(RawData.init)).sorted { $0.name < $1.name }
    let wanted = members.flatMap(summaries) + data.map(Self.card)
    let parts = [
      ["# Written by `plan-runs makefile`; do not edit.\n\n.PHONY: runs-and-data\nruns-and-data: \(wanted.joined(separator: " "))\n"],
      members.map(rules), prepared.map(rule), raw.map(\.rule),
      // An interrupted or failed tool leaves whole files or none, so Make must not delete what another process has just finished.
      [".PRECIOUS: \((Set(wanted + prepared.map(Self.card)).sorted() + raw.map(\.receipt)).joined(separator: " "))\n"],
    ]
    return parts.joined().joined(separator: "\n")
  }

  private func summaries(_ member: RunSelection.Member) -> [String] {
    member.paths.map { "\(results)/runs/\($0)/summary.json" }
  }

  /// A run depends on its resolved configuration, which depends on nothing where it is as it should be, and on its data.
  private func rules(_ member: RunSelection.Member) -> String {
    let experiment = member.experiment
    let name = "\(experiment.id)/\(experiment.preset.rawValue)"
    let resolved = "\(results)/resolved/\(name).json"
    let found = FileManager.default.contents(atPath: resolved)
    let isCurrent = found != nil && found == (try? JSONText.encode(experiment.configuration)).map { Data($0.utf8) }
    let resolving =
      isCurrent
      ? ""
      : "\(resolved): FORCE | $(BUILT)\n\t$(resolve) --experiment \(experiment.id) --preset \(experiment.preset.rawValue) --output $@\n"
    let inputs = ([resolved] + [experiment.preparedData.map(Self.card)].compactMap { $0 }).joined(separator: " ")
    return resolving + """
      \(summaries(member).joined(separator: " ")): \(results)/runs/\(name)/seed-%/summary.json: \(inputs) | $(BUILT)
      \t$(train)

      """
  }

  /// The tool reads a resolved description, as `train-model` reads a resolved configuration.
  private func rule(_ description: DataDescription) -> String {
    let raw = RawData(description)
    let (path, resolved) = (description.preparedPath, "\(results)/resolved/data/\(description.preparedPath).json")
    return """
      \(Self.card(description)):\(raw.map { " " + $0.receipt } ?? "") | $(BUILT)
      \t@$(BIN)/plan-runs resolve-data --folder \(path) --output \(resolved)
      \t$(BIN)/prepare-\(description.family) preprocess --recipe \(resolved)\(raw == nil ? "" : " --raw $(<D)") --output $(@D)

      """
  }

  private static func card(_ description: DataDescription) -> String { "$(DATA)/prepared/\(description.preparedPath)/card.json" }
}

/// Files that prepared data are made of, and how they are fetched.
private struct RawData: Hashable {
  let family: String
  let name: String

  init?(_ description: DataDescription) {
    guard let raw = description.raw else { return nil }
    (family, name) = (description.family, raw)
  }

  var receipt: String { "$(DATA)/raw/\(name)/receipt.json" }

  var rule: String {
    let options = DataFamily.all.first { $0.name == family }?.downloadOptions(forRaw: name) ?? []
    let words = ["$(BIN)/prepare-\(family)", "download"] + options + ["--raw", "$(@D)", "$(mirror)"]
    return "\(receipt): | $(BUILT)\n\t\(words.joined(separator: " "))\n"
  }
}
