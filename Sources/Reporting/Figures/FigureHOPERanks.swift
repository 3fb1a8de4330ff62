import Catalogue
import Runs

extension FigureDefinition {
  /// How many systems have which ε-rank, before training and after, side by side.
  static let ranks = FigureDefinition(
    name: "ranks", folder: "hope", title: "HOPE Figures 2 and 3: ε-ranks of the discrete systems on sCIFAR, before training and after",
    caption: "Coloured: after training. ε = 10⁻⁴ is ours.",
    needs: isHopeScifar
  ) { inputs in
    try inputs.results.map { result in
      let rows = try result.rows([RankColumn.states, .initialRank, .trainedRank])
      let width = max(1, (rows.compactMap { $0[0] }.max() ?? 0) / 16)
      let hue = SeriesHue.method(result.experiment.method)
      let series = [
        result.series("before training", .bars, hue: .gray, points: histogram(rows.map { $0[1] }, width)),
        // It has the colour of each panel's method.
        Figure.Series(
          label: "after training", experiment: result.experiment.id, kind: .bars, hue: hue, points: histogram(rows.map { $0[2] }, width),
          key: ""),
      ]
      return inputs.panel(variantName(result), orElse: result.analysisCommand, series, variables: ["bin": "\(width)"])
    }
  }

  /// The experiments of the paper on sCIFAR, without noise.
  static let isHopeScifar: @Sendable (Experiment) -> Bool = { $0.paper == "hope" && $0.task == "scifar" }

  /// The share of systems in percent over the middle of each bin of ranks; the first bin has the ranks from 1 to its width.
  private static func histogram(_ ranks: [Double?], _ width: Double) -> [Figure.Point] {
    let ranks = ranks.compactMap { $0 }
    let bins = Dictionary(grouping: ranks) { ($0 / width).rounded(.up) }
    return bins.sorted { $0.key < $1.key }.map { bin, members in
      Figure.Point(x: (bin - 0.5) * width + 0.5, y: 100 * Double(members.count) / Double(ranks.count))
    }
  }
}
