import Catalogue
import SequenceModels

extension FigureDefinition {
  /// Test accuracy on gray sCIFAR over the grid of α and β; cells without a run say so.
  static let ablation = FigureDefinition(
    name: "ablation", folder: "tfb", title: "TFB Figure 5: test accuracy on gray sCIFAR over α and β",
    caption: "Medians over the seeds.", needs: { $0.group == "ablation" }
  ) { inputs in
    let cells = inputs.results.compactMap { result -> (alpha: Double, beta: Double, result: ExperimentResult)? in
      guard case .diagonal(let layer) = result.experiment.configuration.model.blocks?.layer else { return nil }
      return (layer.frequencyScale ?? 1, layer.filter?.exponent ?? 0, result)
    }
    let (alphas, betas) = (Set(cells.map(\.alpha)).sorted(), Set(cells.map(\.beta)).sorted())
    // Columns and rows of the grid from 1: its values lie at no equal distances.
    func point(_ cell: (alpha: Double, beta: Double, result: ExperimentResult)) -> Figure.Point {
      let value = cell.result.mark(at: 0)
      return Figure.Point(
        x: Double((alphas.firstIndex(of: cell.alpha) ?? 0) + 1), y: Double((betas.firstIndex(of: cell.beta) ?? 0) + 1),
        low: value?.low, high: value?.high, z: value?.y)
    }
    let done = cells.filter { !$0.result.runs.isEmpty }
    let empty = cells.filter { $0.result.runs.isEmpty }
    let values = done.compactMap { point($0).z }
    return [
      inputs.panel(
        "", orElse: inputs.command(group: "ablation"),
        [Figure.Series(label: "accuracy (%)", kind: .marks, points: done.map(point), key: "")]
          + (empty.isEmpty || done.isEmpty
            ? [] : [Figure.Series(label: "no run", kind: .missing, points: empty.map(point))]),
        note: empty.isEmpty ? "" : "gray: no run; \(inputs.command(group: "ablation"))",
        variables: [
          "xnames": alphas.map(\.plainText).joined(separator: " "), "ynames": betas.map(\.plainText).joined(separator: " "),
          "zlow": "\(values.min() ?? 0)", "zhigh": "\(values.max() ?? 0)",
        ])
    ]
  }
}
