import Catalogue
import RunSupport
import Runs

/// The runs that `make reproduce-GROUP` asks for.
package struct RunSelection: Sendable {
  /// Every group of the catalogue but our own test runs.
  package static let allGroups = "all"
  package static let testGroup = "tiny"
  /// The goal that trains from generated data alone; every method is among its runs.
  package static let quickstart = "quickstart"
  private static let quickstartExperiments =
    ["s4d-lin", "tfb", "hope", "dfout"].map { "tiny-listops-\($0)" } + ["dfout-lra-listops-s4d-lin"]

  package struct Member: Sendable {
    package let experiment: Experiment
    package let seeds: [UInt64]

    /// Its runs' folders below `runs`.
    package var paths: [String] {
      seeds.map { FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: $0) }
    }
  }

  package let members: [Member]

  /// - Parameters:
  ///   - tasks: only these; empty for all.
  ///   - seeds: instead of each experiment's own list; empty for that.
  /// - Throws: `StageError` (`usage`) for a group or task that has no experiment.
  package init(_ catalogue: ExperimentCatalogue, group: String, preset: Preset, tasks: [String] = [], seeds: [UInt64] = []) throws {
    let experiments = Self.experiments(of: group, in: catalogue, at: preset)
    let groups = Self.groups(of: catalogue)
    guard !experiments.isEmpty else {
      throw StageError(
        .usage, group.isEmpty ? "no group is named" : "there is no group '\(group)'", where: "make reproduce-\(group)",
        why: "no experiment of the catalogue is in it; the groups are \(groups.joined(separator: ", "))",
        fix: NearestName.suggestion(for: group, among: groups).map { "did you mean make reproduce-\($0)?" } ?? "name one of them")
    }
    let known = Set(experiments.map(\.task)).sorted()
    let unknown = tasks.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw StageError(
        .usage, "unknown task '\(unknown.joined(separator: " "))' in TASKS: use \(known.joined(separator: " "))",
        where: "make reproduce-\(group)", why: "no experiment of the group has this task",
        fix: "correct TASKS, or leave it out for all tasks")
    }
    members = experiments.filter { tasks.isEmpty || tasks.contains($0.task) }
      .map { Member(experiment: $0, seeds: seeds.isEmpty ? $0.seeds : seeds) }
  }

  /// The runs of `make quickstart`.
  ///
  /// - Throws: `StageError` (`badConfiguration`) if one of them is not in the catalogue.
  package init(quickstartOf catalogue: ExperimentCatalogue, preset: Preset, seeds: [UInt64] = []) throws {
    members = try Self.quickstartExperiments.map { id in
      let experiment = try catalogue.resolve(id: id, preset: preset)
      return Member(experiment: experiment, seeds: seeds.isEmpty ? experiment.seeds : seeds)
    }
  }

  /// Reads seeds from texts such as those of `SEEDS`, with spaces between them.
  ///
  /// - Throws: `StageError` (`usage`): a seed is a part of paths, so it has one spelling, digits without a leading zero.
  package static func seeds(_ text: String) throws -> [UInt64] {
    let words = text.split(separator: " ").map(String.init)
    let wrong = words.filter { UInt64($0).map(String.init) != $0 }
    guard wrong.isEmpty else {
      throw StageError(
        .usage, "impossible seed '\(wrong.joined(separator: " "))' in SEED or SEEDS: use whole numbers without leading zeros, such as 1",
        where: "SEED or SEEDS", why: "runs are found by their seed, so it has one spelling", fix: "correct SEED or SEEDS")
    }
    return words.compactMap(UInt64.init)
  }

  /// Reads the one seed of `SEED`.
  ///
  /// - Throws: `StageError` (`usage`) unless it is one.
  package static func seed(_ text: String) throws -> UInt64 {
    let seeds = try seeds(text)
    guard let seed = seeds.first, seeds.count == 1 else {
      throw StageError(
        .usage, "SEED names '\(text)', not one seed: use SEEDS with reproduce-* for several", where: "SEED",
        why: "make run trains one run", fix: "name one seed")
    }
    return seed
  }

  package static func groups(of catalogue: ExperimentCatalogue) -> [String] { Set(catalogue.all.map(\.group)).sorted() }

  package static func experiments(of group: String, in catalogue: ExperimentCatalogue, at preset: Preset) -> [Experiment] {
    catalogue.experiments(at: preset).filter { group == allGroups ? $0.group != testGroup : $0.group == group }
  }
}
