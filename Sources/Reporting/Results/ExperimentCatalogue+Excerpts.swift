import Catalogue
import Runs

extension ExperimentCatalogue {
  /// What figures and the rules of claims read of the large tables of a run; what else these tables hold is not shipped.
  package func excerpts(of experiment: Experiment) -> [TableExcerpt] {
    let rules = claims.compactMap(\.rule).filter { $0.preset == experiment.preset }
    let quantities = rules.flatMap(\.checks).flatMap { [$0.smaller, $0.larger] }.filter { $0.experiments.contains(experiment.id) }
    return FigureList.excerpts(of: experiment)
      + quantities.compactMap { if case .runTable(let cells) = $0.source { TableExcerpt(cells) } else { nil } }
  }
}

extension TableExcerpt {
  /// Rows that are chosen by whole numbers; of other conditions only the columns are known before the table is read.
  fileprivate init(_ cells: ClaimQuantity.Cells) {
    let columns = [cells.column] + cells.rows.keys + cells.near.keys + [cells.error].compactMap { $0 }
    let ranges = cells.rows.compactMapValues(Int.init).mapValues { $0..<$0 + 1 }
    self.init(file: "\(cells.table).csv", columns: columns, where: ranges)
  }
}
