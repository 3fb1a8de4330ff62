import Catalogue
import SequenceModels
import Vocabulary

extension FigureDefinition {
  /// Reconstruction error over Δ, a level line where there is none, and the learned kernel at two time steps.
  static let delay = FigureDefinition(
    name: "delay", folder: "dfout", title: "DFOUT Figure 4, centre and right: the delay task",
    needs: { $0.group == "delay" }
  ) { inputs in
    let group = DelayResults(inputs.results)
    let lag = inputs.results.first?.experiment.configuration.data.parameters["lag"] ?? 1000
    let errors = inputs.panel(
      "reconstruction error", orElse: inputs.command(group: "delay"), group.errors + group.limits + group.chance,
      variables: ["kind": "error", "lag": "\(lag)"])
    // A period of the slowest mode is the lag, or two thirds of it.
    let responses = try [2.0, 3.0].compactMap { product -> Figure.Panel? in
      guard let (result, timestep) = group.linear(timestep: product / Double(lag)) else { return nil }
      let initial = result.series("before training", .reference, colour: 0, points: try responsePoints(result, .initial, lags: 0..<4096))
      let trained = result.series("trained", points: try responsePoints(result, .trained, lags: 0..<4096))
      return inputs.panel(
        "S4D-Lin, Δ = \(timestep.plainText)", orElse: result.analysisCommand, [initial, trained],
        variables: ["kind": "response", "lag": "\(lag)"])
    }
    return [errors] + responses
  }
}

/// The results of the delay task as curves.
private struct DelayResults {
  /// What starts in the same way, over Δ, ξ, or nothing.
  struct Start {
    let label: String
    let initialization: DelayModelSpecification.Initialization
    var inputFactor: FourierInputFactor?
  }

  private static let starts = [
    Start(label: "S4D-Lin", initialization: .linear), Start(label: "S4D-Inv", initialization: .inverse),
    Start(label: "S4D-LegS", initialization: .legS), Start(label: "S4D-DFouT", initialization: .undampedFourier),
    Start(label: "S4D-DFouT, unit input", initialization: .undampedFourier, inputFactor: .unit),
    Start(label: "damped (ξ), ours", initialization: .dampedFourier),
  ]

  private let results: [(result: ExperimentResult, model: DelayModelSpecification)]
  /// Of most experiments; the other number is of variants beside the curves.
  private let modeCount: Int
  /// The smallest and the largest Δ.
  private let span: [Double]

  init(_ results: [ExperimentResult]) {
    self.results = results.compactMap { result in
      if case .delay(let model) = result.experiment.configuration.model { (result, model) } else { nil }
    }
    modeCount = self.results.map(\.model.modeCount).max() ?? 0
    let timesteps = self.results.filter { !$0.model.initialization.isFourier }.map(\.model.timestep)
    span = [timesteps.min(), timesteps.max()].compactMap { $0 }
  }

  /// A curve for each start, then marks of those with half the modes.
  var errors: [Figure.Series] {
    let curves = Self.starts.enumerated().map { index, start in
      let points = marks(start) { $0.modeCount == modeCount }
      return Figure.Series(label: start.label, kind: points.isEmpty ? .missing : .line, colour: index + 1, points: points)
    }
    let halves = Self.starts.enumerated().compactMap { index, start -> Figure.Series? in
      let points = marks(start) { $0.modeCount != modeCount }
      return points.isEmpty ? nil : Figure.Series(label: "", kind: .marks, colour: index + 1, points: points)
    }
    return curves
      + halves.enumerated().map { index, series in
        Figure.Series(label: index == 0 ? "half the modes" : "", kind: .marks, colour: series.colour, points: series.points)
      }
  }

  var chance: [Figure.Series] {
    guard let chance = results.first(where: { $0.result.chance != nil })?.result.chance else { return [] }
    return [Figure.Series(label: "always the mean", kind: .reference, colour: 0, points: span.map { Figure.Point(x: $0, y: chance) })]
  }

  /// S4D-Lin with all modes at a time step.
  func linear(timestep: Double) -> (ExperimentResult, Double)? {
    let found = results.first {
      $0.model.initialization == .linear && $0.model.modeCount == modeCount && abs($0.model.timestep - timestep) < 1e-9
    }
    return found.map { ($0.result, $0.model.timestep) }
  }

  /// A dashed curve for each start: what least squares reaches with its poles.
  var limits: [Figure.Series] {
    let curves = Self.starts.enumerated().compactMap { index, start -> Figure.Series? in
      let points = marks(start, of: { result, x in result.limit.map { Figure.Point(x: x, y: $0.error) } }) { $0.modeCount == modeCount }
      return points.isEmpty ? nil : Figure.Series(label: "", kind: .reference, colour: index + 1, points: points)
    }
    return curves.enumerated().map { index, series in
      Figure.Series(label: index == 0 ? "least squares" : "", kind: .reference, colour: series.colour, points: series.points)
    }
  }

  /// By Δ or ξ; a start without one has the same mark at both ends.
  private func marks(
    _ start: Start, of mark: (ExperimentResult, Double) -> Figure.Point? = { $0.mark(at: $1) },
    where holds: (DelayModelSpecification) -> Bool
  ) -> [Figure.Point] {
    let members = results.filter {
      $0.model.initialization == start.initialization && $0.model.inputFactor == start.inputFactor && holds($0.model)
    }
    let isLevel = start.initialization == .undampedFourier
    return members.flatMap { member in (isLevel ? span : [member.model.timestep]).compactMap { mark(member.result, $0) } }
      .sorted { $0.x < $1.x }
  }
}
