import Catalogue
import Documents
import LinearAlgebra
import Runs

/// ε-ranks of the systems of HOPE's models on sCIFAR before training and after, a row for each layer: the numbers behind the figure `ranks`.
struct RankTable {
  static let name = "hope-ranks"

  private static let header = [
    "experiment", "layer", "systems", "states", "before_10", "before_median", "before_90", "after_10", "after_median", "after_90",
    "command",
  ]

  /// From the first seed's run of each experiment.
  ///
  /// - Throws: `StageError` (`badData`) if a run's `ranks.csv` cannot be read.
  static func document(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) throws -> ResultDocument {
    let results = catalogue.experiments(at: preset).filter(FigureDefinition.isHopeScifar).map { ExperimentResult($0, runs: runs) }
    let rows = try results.flatMap { result in try Self.rows(result).map { (result: result, fields: $0) } }
    let introduction = """
      # HOPE Figures 2 and 3: ε-ranks of the systems on sCIFAR

      \(preset.presetLine)
      How many Hankel singular values of a system exceed 1e-4 times its largest; median and in brackets the tenths from below and above over
      the systems of a layer, forward direction, of the run with the first seed. Before training and after, the values are those of the
      discrete system with the Δ that it has at that time: a zero-order hold does not keep those of the continuous system, so the two would not
      compare. The paper does not say which ε it takes; this one is ours.


      """
    let header = ["Model", "Layer", "Systems", "Singular values", "Before training", "After training"]
    let body = rows.map { row -> [String] in
      let fields = row.fields
      let name = FigureDefinition.variantName(row.result)
      if fields[1].isEmpty { return [name, "", "", "", "`\(fields[10])`", ""] }
      return [
        name, fields[1], fields[2], fields[3], "\(fields[5]) (\(fields[4])–\(fields[6]))", "\(fields[8]) (\(fields[7])–\(fields[9]))",
      ]
    }
    return ResultDocument(
      name: name, csv: CSVText.document(Self.header, rows.map(\.fields)),
      markdown: introduction + MarkdownText.table(header, body) + "\n## Provenance\n\n" + RunProvenance.lines(results))
  }

  /// A line for each layer; without a run, or where an earlier version of the program made it, one line with the command that fills it.
  private static func rows(_ result: ExperimentResult) throws -> [[String]] {
    let found = try result.rows([RankColumn.layer, .states, .initialRank, .trainedRank])
    let layers = Set(found.compactMap { $0[0] }).sorted()
    guard !layers.isEmpty else {
      return [[result.experiment.id] + Array(repeating: "", count: header.count - 2) + [result.analysisCommand]]
    }
    return layers.map { layer in
      let systems = found.filter { $0[0] == layer }
      let quantiles = [2, 3].flatMap { column -> [String] in
        let ranks = systems.compactMap { $0[column] }
        guard !ranks.isEmpty else { return ["", "", ""] }
        let band = Quantiles(ranks)
        return [band.low, band.median, band.high].map(\.plainText)
      }
      return [result.experiment.id, layer.plainText, "\(systems.count)", (systems[0][1] ?? 0).plainText] + quantiles + [""]
    }
  }
}
