import Catalogue
import Datasets
import Foundation
import RunSupport

/// The rules that Make needs to know what depends on what: one per prepared data, raw data, resolved configuration and kind of run.
///
/// The variables that recipes use (`$(resolve)`, `$(train)`, `$(mirror)`, `$(folder_options)`) are in `scripts/runs.mk`.
package struct MakeFragment {
  private let catalogue: ExperimentCatalogue
  /// The folder of results, for rules that hold only now; nil for rules that hold whatever has been resolved.
  private let dryResults: String?

  /// - Parameter dryResults: for `make -n`, which cannot run `resolve` to see whether a configuration changes: the folder of results, in
  ///   which this is looked up now.
  package init(_ catalogue: ExperimentCatalogue, dryResults: String? = nil) {
    self.catalogue = catalogue
    self.dryResults = dryResults
  }

  package var text: String {
    let parts = [
      ["# Written by `plan-runs makefile`; do not edit.\n"], [groups], catalogue.ids.map(task), catalogue.all.map(experiment), data, raw,
      // An interrupted or failed tool leaves whole files or none, so Make must not delete what another process has just finished.
      [".PRECIOUS: \(precious.joined(separator: " "))\n"],
    ]
    return parts.joined().joined(separator: "\n")
  }

  /// `$(GROUPS)`, and `$(GROUP_lra)`: the experiments of `make reproduce-lra`.
  private var groups: String {
    let groups = RunSelection.groups(of: catalogue) + [RunSelection.allGroups]
    let lists = groups.map { group in
      "GROUP_\(group) := \(RunSelection.experiments(of: group, in: catalogue, at: .paper).map(\.id).joined(separator: " "))\n"
    }
    return "GROUPS := \(groups.joined(separator: " "))\n" + lists.joined()
  }

  private var precious: [String] {
    let runs = catalogue.all.map { "results/runs/\($0.id)/\($0.preset.rawValue)/seed-%/summary.json" }
    let cards = Set(catalogue.all.compactMap(Self.card)).sorted()
    let others = DataRecipe.all.map { "$(DATA)/prepared/\($0.family)/\($0.folderPattern)/card.json" }.filter { !cards.contains($0) }
    return runs + cards + others + Set(DataRecipe.all.filter(\.needsDownload).map(Self.receipt)).sorted()
  }

  /// `$(TASK_id)`: what `TASKS=` may name.
  private func task(_ id: String) -> String {
    catalogue.experiments(at: .paper).filter { $0.id == id }.map { "TASK_\(id) := \($0.task)\n" }.joined()
  }

  private func experiment(_ experiment: Experiment) -> String {
    let name = "\(experiment.id)/\(experiment.preset.rawValue)"
    let inputs = (["results/resolved/\(name).json"] + [Self.card(of: experiment)].compactMap { $0 }).joined(separator: " ")
    return """
      SEEDS_\(experiment.id)_\(experiment.preset.rawValue) := \(experiment.seeds.map(String.init).joined(separator: " "))
      \(resolving(experiment, name))
      results/runs/\(name)/seed-%/summary.json: \(inputs) | $(BUILT)
      \t$(train)

      """
  }

  /// The rule of a resolved configuration; in a dry run of a file that would stay as it is one that does nothing.
  private func resolving(_ experiment: Experiment, _ name: String) -> String {
    let recipe = "\n\t$(resolve) --experiment \(experiment.id) --preset \(experiment.preset.rawValue) --output $@"
    guard let dryResults else {
      let files = catalogue.relativePaths(of: experiment).map { "$(CATALOGUE)/\($0)" }.joined(separator: " ")
      return "results/resolved/\(name).json: \(files) | $(BUILT)" + recipe
    }
    let found = FileManager.default.contents(atPath: "\(dryResults)/resolved/\(name).json")
    let isCurrent = found != nil && found == (try? JSONText.encode(experiment.configuration)).map { Data($0.utf8) }
    return isCurrent ? "results/resolved/\(name).json: ;" : "results/resolved/\(name).json: FORCE | $(BUILT)" + recipe
  }

  /// Each prepared data once, those that no experiment names by their pattern, and `$(DATA_lra_smoke)`: what the family's experiments need.
  private var data: [String] {
    var cards: Set<String> = []
    let named = catalogue.all.compactMap { experiment -> String? in
      let data = experiment.configuration.data
      guard let card = Self.card(of: experiment), let recipe = DataRecipe.of(data), cards.insert(card).inserted else { return nil }
      return Self.rule(for: card, recipe, recipe.arguments(for: data))
    }
    let others = DataRecipe.all.compactMap { recipe -> String? in
      let card = "$(DATA)/prepared/\(recipe.family)/\(recipe.folderPattern)/card.json"
      return cards.contains(card) ? nil : Self.rule(for: card, recipe, recipe.patternArguments)
    }
    let lists = Dictionary(grouping: catalogue.all.filter { Self.card(of: $0) != nil }) { experiment in
      "DATA_\(experiment.configuration.data.family)_\(experiment.preset.rawValue)"
    }
    let variables = lists.sorted { $0.key < $1.key }.map { name, experiments in
      "\(name) := \(Set(experiments.compactMap(Self.card)).sorted().joined(separator: " "))\n"
    }
    return named + others + variables
  }

  private static func rule(for card: String, _ recipe: DataRecipe, _ arguments: [String]) -> String {
    let (input, raw) = recipe.needsDownload ? (" \(receipt(of: recipe))", ["--raw", "$(<D)"]) : ("", [])
    let command = (["$(BIN)/\(recipe.tool)", "preprocess"] + arguments + raw + ["--output", "$(@D)"]).joined(separator: " ")
    return "\(card):\(input) | $(BUILT)\n\t\(command)\n"
  }

  private var raw: [String] {
    var seen: Set<String> = []
    return DataRecipe.all.filter { $0.needsDownload && seen.insert($0.raw).inserted }.sorted { $0.raw < $1.raw }.map { recipe in
      let arguments = (["download"] + recipe.downloadOptions).joined(separator: " ")
      return "\(Self.receipt(of: recipe)): | $(BUILT)\n\t$(BIN)/\(recipe.tool) \(arguments) --raw $(@D) $(mirror)\n"
    }
  }

  /// The card of the prepared data that an experiment reads; nil if its samples are made on the fly.
  private static func card(of experiment: Experiment) -> String? {
    let data = experiment.configuration.data
    return data.generatedTask == nil ? "$(DATA)/prepared/\(data.preparedPath)/card.json" : nil
  }

  private static func receipt(of recipe: DataRecipe) -> String { "$(DATA)/raw/\(recipe.raw)/receipt.json" }
}
