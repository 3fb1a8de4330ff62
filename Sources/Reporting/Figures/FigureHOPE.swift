import Catalogue
import RunSupport
import Runs
import SequenceModels

extension FigureDefinition {
  /// Accuracy and Hankel singular values of S4D from several initialisations, with and without a reduced learning rate of A.
  static let initializations = FigureDefinition(
    name: "initializations", folder: "hope",
    title: "HOPE Figures 2 and 3: initialisations of S4D on sCIFAR; singular values of the discrete systems",
    needs: { $0.paper == "hope" && $0.group == "sensitivity" }
  ) { inputs in
    let methods = inputs.results.map(\.experiment.method).unique()
    let curves = try Self.accuracyPanel(
      "validation", inputs, inputs.results, command: inputs.command(group: "sensitivity"), names: inputs.results.map(Self.variantName))
    return try [curves]
      + methods.map { method in
        let results = inputs.results.filter { $0.experiment.method == method }
        var series: [Figure.Series] = []
        for (index, result) in results.enumerated() {
          let name = Self.reducesRate(result.experiment) ? "reduced rate of A" : "one rate"
          series += try Self.hankelSeries(result, label: name, colour: index + 1, showsInitial: index == 0)
        }
        return inputs.panel("\(method), layer 1", orElse: results[0].analysisCommand, series, variables: ["kind": "hankel"])
      }
  }

  /// HOPE beside S4D on sCIFAR: accuracy, and what training does to Hankel singular values.
  static let hopeScifar = FigureDefinition(
    name: "scifar", folder: "hope",
    title: "HOPE, experiment I: sCIFAR, random Markov parameters, one learning rate; singular values of the discrete systems",
    needs: { $0.paper == "hope" && $0.task == "scifar" && ($0.group == "scifar" || !reducesRate($0)) }
  ) { inputs in
    let main = inputs.results.filter { isHope($0.experiment) }
    let curves = try Self.accuracyPanel(
      "validation", inputs, inputs.results, command: inputs.command(group: "scifar"), names: inputs.results.map(Self.variantName))
    return try [curves]
      + (main + inputs.results.filter { !isHope($0.experiment) }).prefix(4).map { result in
        inputs.panel(
          "\(result.experiment.method), layer 1", orElse: result.analysisCommand,
          try hankelSeries(result, label: "trained", colour: 1, showsInitial: true), variables: ["kind": "hankel"])
      }
  }

  /// HOPE and S4D on sCIFAR followed by noise: accuracy, and the response of one trained system of each.
  static let noisyScifar = FigureDefinition(
    name: "noisy-scifar", folder: "hope", title: "HOPE, experiment II: sCIFAR followed by noise", needs: { $0.group == "noisy-scifar" }
  ) { inputs in
    let curves = try Self.accuracyPanel(
      "validation", inputs, inputs.results, command: inputs.command(group: "noisy-scifar"), names: inputs.results.map(Self.variantName))
    let responses = try inputs.results.enumerated().flatMap { index, result in
      let points = try responsePoints(result, .trained, lags: 0..<640).map { Figure.Point(x: $0.x, y: abs($0.y)) }
      return points.isEmpty ? [] : [result.series(Self.variantName(result), colour: index + 1, points: points)]
    }
    return [
      curves,
      inputs.panel(
        "a trained system of layer 1", orElse: inputs.results.first?.analysisCommand ?? inputs.command(group: "noisy-scifar"), responses,
        variables: ["kind": "response"]),
    ]
  }

  /// `S4D-LegS, reduced rate` or `HOPE, as released`.
  static func variantName(_ result: ExperimentResult) -> String {
    result.experiment.method + (reducesRate(result.experiment) ? ", reduced rate" : "")
      + (result.experiment.isAsReleased ? ", as released" : "")
  }

  static func isHope(_ experiment: Experiment) -> Bool {
    if case .hankel = experiment.configuration.model.blocks?.layer { true } else { false }
  }

  /// Whether the poles learn slower than the rest of the model.
  static func reducesRate(_ experiment: Experiment) -> Bool {
    guard case .diagonal(let layer) = experiment.configuration.model.blocks?.layer else { return false }
    return layer.poleLearningRate < experiment.configuration.training.optimizer.learningRate
  }

  /// A line for each experiment, and the printed result where there is one.
  static func accuracyPanel(
    _ title: String, _ inputs: FigureInputs, _ results: [ExperimentResult], command: String, names: [String]? = nil
  ) throws -> Figure.Panel {
    let names = names ?? ShortTitles.of(results.map(\.experiment.title))
    let curves = try zip(results, names).enumerated().flatMap { index, pair in
      try pair.0.learningSeries(label: pair.1, colour: index + 1, published: inputs.published)
    }
    return inputs.panel(
      title, orElse: command, curves, variables: ["kind": "curve", "ylabel": results.first { !$0.runs.isEmpty }?.metric.axisLabel ?? ""])
  }

  /// σⱼ/σ₁ of the discrete systems of layer 1, each with its Δ at that time: median and tenths over the systems, of the first seed.
  private static func hankelSeries(
    _ result: ExperimentResult, label: String, colour: Int, showsInitial: Bool
  ) throws -> [Figure.Series] {
    func points(_ median: HankelColumn, _ low: HankelColumn, _ high: HankelColumn) throws -> [Figure.Point] {
      try result.rows([.index, median, low, high], where: [.layer: 1]).compactMap { row in
        guard let index = row[0], let median = row[1], median > 0 else { return nil }
        return Figure.Point(x: index, y: median, low: row[2], high: row[3])
      }
    }
    let trained = result.series(label, colour: colour, points: try points(.trainedMedian, .trainedLow, .trainedHigh))
    guard showsInitial else { return [trained] }
    return [result.series("at initialisation", .reference, points: try points(.initialMedian, .initialLow, .initialHigh)), trained]
  }

  /// Signed response of the channel with the most energy, of the first seed.
  static func responsePoints(
    _ result: ExperimentResult, _ stage: ResponseColumn, lags: Range<Int>, rank: Int = 1
  ) throws -> [Figure.Point] {
    try result.points(x: .lag, y: stage, where: [.rank: rank], in: lags)
  }
}
