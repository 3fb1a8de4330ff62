import Experiments
import SequenceModels

extension FigureDefinition {
  /// Reconstruction error over Δ (DFouT: ξ), and the learned kernel at two time steps.
  static let delay = FigureDefinition(
    name: "delay", folder: "dfout", title: "DFOUT Figure 4, centre and right: the delay task",
    needs: { $0.group == "delay" && !$0.id.hasSuffix("-modes") }
  ) { inputs in
    let methods = [
      ("S4D-Lin", DelayModelConfiguration.Initialization.linear), ("S4D-Inv", .inverse), ("S4D-DFouT (ξ)", .dampedFourier),
    ]
    var series = methods.enumerated().map { index, method in
      let points = inputs.results.compactMap { result -> Figure.Point? in
        guard let model = model(result), model.initialization == method.1 else { return nil }
        return result.mark(at: model.timestep)
      }
      return Figure.Series(
        label: method.0, kind: points.isEmpty ? .missing : .line, colour: index + 1, points: points.sorted { $0.x < $1.x })
    }
    if let chance = inputs.results.first(where: { $0.chance != nil })?.chance {
      let steps = inputs.results.compactMap { model($0)?.timestep }
      series.append(
        Figure.Series(
          label: "always the mean", kind: .reference,
          points: [steps.min(), steps.max()].compactMap { $0.map { Figure.Point(x: $0, y: chance) } }))
    }
    let lag = inputs.results.first?.experiment.configuration.data.parameters["lag"] ?? 1000
    let errors = inputs.panel(
      "reconstruction error", orElse: inputs.command(group: "delay"), series, variables: ["kind": "error", "lag": "\(lag)"])
    return try [errors]
      + ["0.002", "0.003"].compactMap { step in
        guard let result = inputs.result("dfout-delay-s4d-lin-dt-\(step)") else { return nil }
        let initial = Figure.Series(
          label: "before training", experiment: result.experiment.id, kind: .reference,
          points: try responsePoints(result, column: "initial", lags: 0..<4096))
        let trained = Figure.Series(
          label: "trained", experiment: result.experiment.id, points: try responsePoints(result, column: "trained", lags: 0..<4096))
        let title = "S4D-Lin, Δ = \(model(result).map { plain($0.timestep) } ?? step)"
        return inputs.panel(
          title, orElse: result.analysisCommand, [initial, trained], variables: ["kind": "response", "lag": "\(lag)"])
      }
  }

  private static func model(_ result: ExperimentResult) -> DelayModelConfiguration? {
    if case .delay(let model) = result.experiment.configuration.model { model } else { nil }
  }
}
