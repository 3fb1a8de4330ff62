import Catalogue
import SequenceModels
import Vocabulary

extension FigureDefinition {
  /// Reconstruction error over Δ (DFouT: ξ), and the learned kernel at two time steps.
  static let delay = FigureDefinition(
    name: "delay", folder: "dfout", title: "DFOUT Figure 4, centre and right: the delay task",
    needs: { $0.group == "delay" }
  ) { inputs in
    // Another number of modes is a variant of one point, not of the curve.
    let modeCount = inputs.results.compactMap { model($0)?.modeCount }.max()
    let results = inputs.results.filter { model($0)?.modeCount == modeCount }
    let methods = [
      ("S4D-Lin", DelayModelSpecification.Initialization.linear), ("S4D-Inv", .inverse), ("S4D-DFouT (ξ)", .dampedFourier),
    ]
    var series = methods.enumerated().map { index, method in
      let points = results.compactMap { result -> Figure.Point? in
        guard let model = model(result), model.initialization == method.1 else { return nil }
        return result.mark(at: model.timestep)
      }
      return Figure.Series(
        label: method.0, kind: points.isEmpty ? .missing : .line, colour: index + 1, points: points.sorted { $0.x < $1.x })
    }
    if let chance = results.first(where: { $0.chance != nil })?.chance {
      let steps = results.compactMap { model($0)?.timestep }
      series.append(
        Figure.Series(
          label: "always the mean", kind: .reference,
          points: [steps.min(), steps.max()].compactMap { $0.map { Figure.Point(x: $0, y: chance) } }))
    }
    let lag = results.first?.experiment.configuration.data.parameters["lag"] ?? 1000
    let errors = inputs.panel(
      "reconstruction error", orElse: inputs.command(group: "delay"), series, variables: ["kind": "error", "lag": "\(lag)"])
    // A period of the slowest mode is the lag, or two thirds of it.
    let responses = try [2.0, 3.0].compactMap { product -> Figure.Panel? in
      for result in results {
        guard let model = model(result), model.initialization == .linear, abs(model.timestep * Double(lag) - product) < 1e-9 else {
          continue
        }
        let initial = result.series("before training", .reference, points: try responsePoints(result, .initial, lags: 0..<4096))
        let trained = result.series("trained", points: try responsePoints(result, .trained, lags: 0..<4096))
        return inputs.panel(
          "S4D-Lin, Δ = \(model.timestep.plainText)", orElse: result.analysisCommand, [initial, trained],
          variables: ["kind": "response", "lag": "\(lag)"])
      }
      return nil
    }
    return [errors] + responses
  }

  private static func model(_ result: ExperimentResult) -> DelayModelSpecification? {
    if case .delay(let model) = result.experiment.configuration.model { model } else { nil }
  }
}
