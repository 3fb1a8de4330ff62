import Foundation
import RunSupport

/// The runs that the shipped evidence rests on, in the order of their worth: `campaign.yaml` beside the experiments.
package struct Campaign: Sendable {
  package static let fileName = "campaign.yaml"
  /// Seeds from here on are for pilots, which may be looked at before a preset is settled and are never evidence.
  package static let firstPilotSeed: UInt64 = 100

  /// Runs that belong together.
  package struct Entry: Sendable {
    package let name: String
    package let title: String
    package let preset: Preset
    /// Its experiments in their order, each with the seeds that no earlier entry has.
    package let runs: [Run]
  }

  package struct Run: Sendable {
    package let experiment: Experiment
    package let seeds: [UInt64]
  }

  private enum Key: String, CaseIterable { case title, preset, seeds, experiments }

  /// In the order of the file.
  package let entries: [Entry]

  /// Reads the entries and finds their experiments. A run that several entries name belongs to the first of them.
  ///
  /// - Throws: `StageError`: `missingInput` without the file; `badConfiguration` for unknown keys, an experiment or pattern that fits none, and
  ///   seeds of pilots.
  package init(of catalogue: ExperimentCatalogue) throws {
    let path = "\(catalogue.directory)/\(Self.fileName)"
    let root = try ConfigurationFile(path: path, fix: "restore it, or write one as docs/evidence.md says").root
    var known: Set<String> = []
    entries = try root.entries().map { name, value in
      let section = try value.section(Key.self)
      let preset = try section[.preset].choice(Preset.self)
      let seeds = try section[.seeds].list().map(Self.seed)
      let experiments = try section[.experiments].list().flatMap { try Self.experiments(matching: $0, in: catalogue, at: preset) }
      return Entry(
        name: name, title: try section[.title].text(), preset: preset,
        runs: experiments.compactMap { experiment in
          let new = seeds.filter { known.insert("\(experiment.id)/\(preset.rawValue)/\($0)").inserted }
          return new.isEmpty ? nil : Run(experiment: experiment, seeds: new)
        })
    }
  }

  private static func seed(_ node: ConfigurationNode) throws -> UInt64 {
    UInt64(try node.integer("a seed from 0 to \(firstPilotSeed - 1); later ones are for pilots") { $0 >= 0 && $0 < firstPilotSeed })
  }

  /// The experiments that a name or a pattern with `*` means, ordered as in the catalogue.
  private static func experiments(
    matching node: ConfigurationNode, in catalogue: ExperimentCatalogue, at preset: Preset
  ) throws -> [Experiment] {
    let pattern = try node.text()
    guard pattern.contains("*") else {
      do {
        return [try catalogue.resolve(id: pattern, preset: preset)]
      } catch let error as StageError where error.location == catalogue.directory {
        throw StageError(.badConfiguration, error.what, where: node.location, why: error.why, fix: error.remedy)
      }
    }
    let found = catalogue.experiments(at: preset).filter { fnmatch(pattern, $0.id, 0) == 0 }
    guard found.isEmpty else { return found }
    throw StageError(
      .badConfiguration, "the pattern \(pattern) fits no experiment", where: node.location,
      why: "`*` stands for any letters, and none of the \(catalogue.ids.count) experiments is called so",
      fix: "correct it; `make plan` lists the names")
  }
}
