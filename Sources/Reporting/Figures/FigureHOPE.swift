import Catalogue
import RunSupport
import Runs
import SequenceModels

extension FigureDefinition {
  private static let ranges = "Ranges: of the seeds (accuracy); from 10 % to 90 % of the systems (σ)."

  /// Accuracy and Hankel singular values of S4D from several initialisations, with and without a reduced learning rate of A.
  static let initializations = FigureDefinition(
    name: "initializations", folder: "hope",
    title: "HOPE Figures 2 and 3: initialisations of S4D on sCIFAR, singular values of the discrete systems",
    caption: ranges, band: "range",
    needs: { $0.paper == "hope" && $0.group == "sensitivity" }, excerpts: { _ in [firstSpectra] }
  ) { inputs in
    let methods = inputs.results.map(\.experiment.method).unique()
    let curves = try validationPanel(inputs, inputs.results, command: inputs.command(group: "sensitivity"))
    return try [curves]
      + methods.map { method in
        let results = inputs.results.filter { $0.experiment.method == method }
        let series = try results.enumerated().flatMap { try hankelSeries($1, showsInitial: $0 == 0) }
        return inputs.panel("\(method), layer 1", orElse: results[0].analysisCommand, series, variables: ["kind": "hankel"])
      }
  }

  /// HOPE beside S4D on sCIFAR: accuracy, and what training does to Hankel singular values.
  static let hopeScifar = FigureDefinition(
    name: "scifar", folder: "hope",
    title: "HOPE, experiment I: sCIFAR, random Markov parameters, one learning rate; singular values of the discrete systems",
    caption: ranges, band: "range",
    needs: { $0.paper == "hope" && $0.task == "scifar" && ($0.group == "scifar" || !reducesRate($0)) }, excerpts: { _ in [firstSpectra] }
  ) { inputs in
    let main = inputs.results.filter { isHope($0.experiment) }
    let curves = try validationPanel(inputs, inputs.results, command: inputs.command(group: "scifar"))
    return try [curves]
      + (main + inputs.results.filter { !isHope($0.experiment) }).prefix(4).map { result in
        inputs.panel(
          "\(result.experiment.method), layer 1", orElse: result.analysisCommand, try hankelSeries(result, showsInitial: true),
          variables: ["kind": "hankel"])
      }
  }

  /// HOPE and S4D on sCIFAR followed by noise: accuracy, and the response of one trained system of each.
  static let noisyScifar = FigureDefinition(
    name: "noisy-scifar", folder: "hope", title: "HOPE, experiment II: sCIFAR followed by noise", needs: { $0.group == "noisy-scifar" },
    excerpts: { _ in [TableExcerpt([ResponseColumn.rank, .lag, .trained], where: [.rank: 1..<2, .lag: noiseLags])] }
  ) { inputs in
    // All S4D of the text learns A at a reduced rate here.
    func hue(_ result: ExperimentResult) -> SeriesHue {
      .method(result.experiment.method, variant: result.experiment.isAsReleased ? 1 : 0, tone: result.experiment.isAsReleased ? 0.55 : 1)
    }
    let curves = try validationPanel(inputs, inputs.results, command: inputs.command(group: "noisy-scifar"), hue)
    let responses = try inputs.results.flatMap { result in
      let points = try responsePoints(result, .trained, lags: noiseLags).map { Figure.Point(x: $0.x, y: abs($0.y)) }
      return points.isEmpty ? [] : [result.series(variantName(result), .curve, hue: hue(result), points: points)]
    }
    return [
      curves,
      inputs.panel(
        "trained system of layer 1 with the most energy",
        orElse: inputs.results.first?.analysisCommand ?? inputs.command(group: "noisy-scifar"),
        responses, variables: ["kind": "response"]),
    ]
  }

  private static let noiseLags = 0..<640

  /// Spectra of layer 1.
  private static let firstSpectra = TableExcerpt(
    HankelColumn.allCases.filter { $0 != .layer }, where: [.layer: 1..<2])

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

  /// The method's; paler, with an open symbol, where A learns at a reduced rate.
  private static func hue(of result: ExperimentResult) -> SeriesHue {
    .method(result.experiment.method, variant: reducesRate(result.experiment) ? 1 : 0, tone: reducesRate(result.experiment) ? 0.55 : 1)
  }

  /// A line for each experiment, and the printed result where there is one.
  private static func validationPanel(
    _ inputs: FigureInputs, _ results: [ExperimentResult], command: String, _ hue: (ExperimentResult) -> SeriesHue = hue
  ) throws -> Figure.Panel {
    let series = try results.flatMap { try $0.learningSeries(label: variantName($0), hue: hue($0), published: inputs.published) }
    return accuracyPanel("validation", inputs, results.map { ($0, variantName($0)) }, command: command, series)
  }

  /// σⱼ/σ₁ of the discrete systems of layer 1, each with its Δ at that time: median and tenths over the systems, of the first seed.
  private static func hankelSeries(_ result: ExperimentResult, showsInitial: Bool) throws -> [Figure.Series] {
    func points(_ median: HankelColumn, _ low: HankelColumn, _ high: HankelColumn) throws -> [Figure.Point] {
      try result.rows([.index, median, low, high], where: [.layer: 1]).compactMap { row in
        guard let index = row[0], let median = row[1], median > 0 else { return nil }
        return Figure.Point(x: index, y: median, low: row[2], high: row[3])
      }
    }
    let trained = result.series(
      variantName(result), .curve, hue: hue(of: result), points: try points(.trainedMedian, .trainedLow, .trainedHigh))
    guard showsInitial else { return [trained] }
    let initial = try points(.initialMedian, .initialLow, .initialHigh)
    return [result.series("at initialisation (median)", .reference, hue: .gray, points: initial), trained]
  }

  /// Signed response of the channel with the most energy, of the first seed.
  static func responsePoints(
    _ result: ExperimentResult, _ stage: ResponseColumn, lags: Range<Int>, rank: Int = 1
  ) throws -> [Figure.Point] {
    try result.points(x: .lag, y: stage, where: [.rank: rank], in: lags)
  }
}
