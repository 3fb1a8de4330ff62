import Catalogue
import Datasets
import Foundation
import RunSupport

/// The rules that Make needs to make some runs and prepared data, as things are now: what depends on what, and which resolved
/// configurations have other content than their files.
///
/// The variables that recipes use (`$(resolve)`, `$(train)`, `$(progress)`, `$(mirror)`) are in `scripts/runs.mk`.
package struct MakeRules {
  private let members: [RunSelection.Member]
  private let claims: [Claim]
  /// Without the data of the runs.
  private let data: [DataDescription]
  /// The folder of results.
  private let results: String
  /// The folder with `raw` and `prepared`.
  private let dataFolder: String
  /// Paths below `runs`.
  private let again: Set<String>

  /// - Parameters:
  ///   - claims: those of which runs note the rule.
  ///   - data: what is prepared besides the data of the runs.
  ///   - results: the folder with `runs` and `resolved`.
  ///   - dataFolder: the folder with `raw` and `prepared`.
  ///   - again: paths below `runs` of what is trained although it is finished.
  /// - Throws: `StageError` (`usage`) for a folder of data that no rule can name.
  package init(
    _ members: [RunSelection.Member], claims: [Claim] = [], data: [DataDescription] = [], results: String, dataFolder: String = "data",
    again: Set<String> = []
  ) throws {
    try MakeText.check(dataFolder, of: "DATA")
    (self.members, self.claims, self.data, self.results) = (members, claims, data, results)
    (self.dataFolder, self.again) = (dataFolder, again)
  }

  package var text: String {
    let prepared = Set(data + members.compactMap(\.experiment.preparedData)).sorted { $0.preparedPath < $1.preparedPath }
    let raw = Set(prepared.compactMap { commands($0).raw }).sorted { $0.name < $1.name }
    let wanted = members.flatMap(summaries) + data.map(card)
    let parts = [
      [
        """
        # Written by `plan-runs makefile`; do not edit.

        equals := =

        .PHONY: runs-and-data
        runs-and-data: \(wanted.joined(separator: " "))
        \t$(if $(dry),,@:)

        """
      ], resolving, members.map(rule), members.flatMap(\.paths).filter(again.contains).map(forced), prepared.map(rule), raw.map(rule),
      // An interrupted or failed tool leaves whole files or none, so Make must not delete what another process has just finished.
      [".PRECIOUS: \((Set(wanted + prepared.map(card)).sorted() + raw.map(receiptName)).joined(separator: " "))\n"],
    ]
    return parts.joined().joined(separator: "\n")
  }

  private func summary(_ path: String) -> String { MakeText.name("\(results)/runs/\(path)/summary.json") }
  private func summaries(_ member: RunSelection.Member) -> [String] { member.paths.map(summary) }
  private func resolved(_ experiment: Experiment) -> String { experiment.resolvedFile(results: results) }

  /// One call for each preset writes every resolved configuration that is not as it should be.
  private var resolving: [String] {
    let stale = members.map(\.experiment).unique(by: resolved).filter { experiment in
      guard let found = FileManager.default.contents(atPath: resolved(experiment)) else { return true }
      return found != (try? JSONText.encode(experiment.configuration)).map { Data($0.utf8) }
    }
    return Preset.allCases.compactMap { preset in
      let stale = stale.filter { $0.preset == preset }
      if stale.isEmpty { return nil }
      let target = "resolved-configurations-\(preset.rawValue)"
      return """
        .PHONY: \(target)
        \(stale.map { MakeText.name(resolved($0)) }.joined(separator: " ")): \(target) ;
        \(target): | $(BUILT)
        \t$(resolve) --preset \(preset.rawValue) --folder \(MakeText.word(results))/resolved --experiment \(stale.map(\.id).joined(separator: " "))

        """
    }
  }

  /// A run depends on its resolved configuration, which depends on nothing where it is as it should be, and on its data.
  private func rule(_ member: RunSelection.Member) -> String {
    let experiment = member.experiment
    let pattern = MakeText.name("\(results)/runs/\(experiment.id)/\(experiment.preset.rawValue)") + "/seed-%/summary.json"
    let inputs = ([MakeText.name(resolved(experiment))] + [experiment.preparedData.map(card)].compactMap { $0 }).joined(separator: " ")
    return """
      \(summaries(member).joined(separator: " ")): \(pattern): \(inputs) | $(BUILT)
      \t\((["$(train)"] + claims.options(for: experiment)).joined(separator: " "))
      \t$(progress)

      """
  }

  private func forced(_ path: String) -> String { "\(summary(path)): FORCE\n\(summary(path)): private again := --again\n" }

  private func rule(_ description: DataDescription) -> String {
    let commands = commands(description)
    return """
      \(card(description)):\(commands.raw.map { " " + receiptName($0) } ?? "") | $(BUILT)
      \t@\(recipe(commands.resolve))
      \t\(recipe(commands.preprocess))

      """
  }

  private func rule(_ raw: RawFiles) -> String { "\(receiptName(raw)): | $(BUILT)\n\t\(recipe(raw.download)) $(mirror)\n" }

  private func receiptName(_ raw: RawFiles) -> String { MakeText.name(raw.receipt) }

  private func commands(_ description: DataDescription) -> DataCommands {
    DataCommands(description: description, results: results, dataFolder: dataFolder)
  }

  private func recipe(_ words: [String]) -> String { "$(BIN)/" + words.map(MakeText.word).joined(separator: " ") }

  private func card(_ description: DataDescription) -> String { MakeText.name(commands(description).card) }
}
