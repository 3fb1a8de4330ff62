import Catalogue
import Runs
import SystemAnalysis

/// Every table there is, by name: one for each group of experiments, the papers' tables, those behind figures, and configurations.
package struct ResultTables {
  private let makers: [(name: String, make: () throws -> ResultDocument)]

  package init(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns, limits: DelayLimits = DelayLimits()) {
    let groups = Set(catalogue.experiments(at: preset).map(\.group)).sorted()
    var makers: [(name: String, make: () throws -> ResultDocument)] = groups.map { group in
      (
        group,
        {
          let table = GroupTable(group: group, preset: preset, catalogue: catalogue, runs: runs)
          return ResultDocument(name: group, csv: table.csv, markdown: table.markdown)
        }
      )
    }
    makers += PaperTable.all.map { table in (table.name, { table.document(preset: preset, catalogue: catalogue, runs: runs) }) }
    makers += GridTable.all.map { table in
      (table.name, { table.document(preset: preset, catalogue: catalogue, runs: runs, limits: limits) })
    }
    makers += [
      (RankTable.name, { try RankTable.document(preset: preset, catalogue: catalogue, runs: runs) }),
      (VideoTable.name, { try VideoTable.document(preset: preset, catalogue: catalogue, runs: runs) }),
      (PerturbationTable.name, { try PerturbationTable.document(preset: preset, catalogue: catalogue, runs: runs) }),
    ]
    makers += ConfigurationTable.all.map { table in (table.name, { table.document(preset: preset, catalogue: catalogue) }) }
    self.makers = makers
  }

  package var names: [String] { makers.map(\.name) }

  /// One table; nil if none has the name.
  ///
  /// - Throws: `StageError` (`badData`) if a file of a finished run cannot be read.
  package func document(_ name: String) throws -> ResultDocument? { try makers.first { $0.name == name }?.make() }
}
