import Catalogue
import RunSupport

/// The runs that `make reproduce-GROUP` asks for.
package struct RunSelection: Sendable {
  /// Every group of the catalogue but our own test runs.
  package static let allGroups = "all"
  package static let testGroup = "tiny"

  package struct Member: Sendable {
    package let experiment: Experiment
    package let seeds: [UInt64]
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

  package static func groups(of catalogue: ExperimentCatalogue) -> [String] { Set(catalogue.all.map(\.group)).sorted() }

  package static func experiments(of group: String, in catalogue: ExperimentCatalogue, at preset: Preset) -> [Experiment] {
    catalogue.experiments(at: preset).filter { group == allGroups ? $0.group != testGroup : $0.group == group }
  }
}
