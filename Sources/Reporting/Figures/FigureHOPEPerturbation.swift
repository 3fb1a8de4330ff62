import Catalogue
import Runs

extension FigureDefinition {
  /// The test result and the change of the transfer functions over the size of random changes of the systems, a line for each method.
  static let trainedPerturbation = FigureDefinition(
    name: "trained-perturbation", folder: "hope",
    title: "HOPE, Theorems 2 and 4 on trained networks: λ, B, C of S4D and h of HOPE changed at random",
    caption: "Medians over the draws. Dots: the model as it is. Middle system: the median change of the systems of a model.",
    band: "range of the draws and seeds", needs: isPerturbed
  ) { inputs in
    let tasks = inputs.results.map(\.experiment.task).unique()
    return try tasks.flatMap { task -> [Figure.Panel] in
      let results = try inputs.results.filter { $0.experiment.task == task }.map(PerturbedResult.init)
      let title = task == "scifar" ? "sCIFAR" : "sCIFAR followed by noise"
      let command = results.first { $0.levels.isEmpty }?.command ?? ""
      return [
        inputs.panel(
          title, orElse: command, results.flatMap(valueSeries),
          variables: ["kind": "value", "ylabel": results[0].result.metric.axisLabel]),
        inputs.panel(
          "\(title): middle system", orElse: command, results.map(changeSeries),
          variables: ["kind": "change"]),
      ]
    }
  }

  /// HOPE and S4D on sCIFAR and with noise, each as it is usually trained: S4D with the reduced learning rate of A.
  static let isPerturbed: @Sendable (Experiment) -> Bool = { experiment in
    guard experiment.paper == "hope", ["scifar", "noisy-scifar"].contains(experiment.task), !experiment.isAsReleased else { return false }
    return isHope(experiment) || reducesRate(experiment)
  }

  /// The median over draws and runs with its range, and without a mark of its own the model as it is: a dotted line of the same colour.
  private static func valueSeries(_ perturbed: PerturbedResult) -> [Figure.Series] {
    let name = perturbed.result.experiment.method
    let points = points(perturbed, \.values)
    guard let first = points.first, let last = points.last else { return [Figure.Series(label: name, kind: .missing)] }
    let line = perturbed.result.series(name, hue: .method(name), points: points)
    guard let whole = perturbed.levels.first(where: { $0.size == 0 })?.values.centre else { return [line] }
    let ends = [first.x, last.x].unique().map { Figure.Point(x: $0, y: whole) }
    return [line, perturbed.result.series("", .reference, hue: .method(name), points: ends)]
  }

  private static func changeSeries(_ perturbed: PerturbedResult) -> Figure.Series {
    let name = perturbed.result.experiment.method
    let points = points(perturbed, \.changes)
    return points.isEmpty
      ? Figure.Series(label: name, kind: .missing) : perturbed.result.series(name, hue: .method(name), points: points)
  }

  private static func points(_ perturbed: PerturbedResult, _ values: KeyPath<PerturbedResult.Level, SeedValues>) -> [Figure.Point] {
    perturbed.levels.filter { $0.size > 0 }.compactMap { level in
      let values = level[keyPath: values]
      return values.centre.map { Figure.Point(x: level.size, y: $0, low: values.range?.lowerBound, high: values.range?.upperBound) }
    }
  }
}
