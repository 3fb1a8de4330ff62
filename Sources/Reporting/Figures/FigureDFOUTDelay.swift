import Catalogue
import Foundation
import Runs
import SequenceModels
import Vocabulary

extension FigureDefinition {
  /// Reconstruction error over Δ, a level line where there is none, and the learned kernel at two time steps.
  static let delay = FigureDefinition(
    name: "delay", folder: "dfout", title: "DFOUT Figure 4, centre and right: the delay task",
    caption: "Δ and ξ are those that were run. Least squares has the colour of the poles with which it was computed.",
    needs: { $0.group == "delay" },
    excerpts: { experiment in
      guard case .delay(let model) = experiment.configuration.model, model.initialization == .linear,
        drawnProducts.contains(where: { abs(model.timestep * Double(lag(of: experiment)) - $0) < 1e-6 })
      else { return [] }
      return [TableExcerpt([ResponseColumn.rank, .lag, .initial, .trained], where: [.rank: 1..<2, .lag: 0..<responseLength(experiment)])]
    }
  ) { inputs in
    let group = DelayResults(inputs.results)
    let lag = inputs.results.first.map { Self.lag(of: $0.experiment) } ?? usualLag
    let series = group.errors + group.limits + group.chance
    var errors = inputs.panel(
      "reconstruction error", orElse: inputs.command(group: "delay"), series,
      variables: ["kind": "error", "lag": "\(lag)"].merging(group.frame(series)) { $1 }, keys: group.keys(series))
    errors.remarks = group.outside(series)
    let responses = try drawnProducts.compactMap { product -> Figure.Panel? in
      guard let (result, timestep) = group.linear(timestep: product / Double(lag)) else { return nil }
      let lags = 0..<responseLength(result.experiment)
      let initial = result.series("before training", .reference, hue: .gray, points: try responsePoints(result, .initial, lags: lags))
      let trained = result.series(
        "S4D-Lin, trained", .curve, hue: .method("S4D-Lin"), points: try responsePoints(result, .trained, lags: lags))
      return inputs.panel(
        "S4D-Lin, Δ = \(timestep.plainText)", orElse: result.analysisCommand, [initial, trained],
        variables: ["kind": "response", "lag": "\(lag)"])
    }
    return [errors] + responses
  }

  private static let usualLag = 1000

  /// Δ·lag of the drawn responses: a period of the slowest mode is the lag, or two thirds of it.
  private static let drawnProducts = [2.0, 3.0]

  private static func lag(of experiment: Experiment) -> Int { experiment.configuration.data.parameters["lag"] ?? usualLag }

  /// Three delays: the spike at the first one, and how often the grid repeats it.
  private static func responseLength(_ experiment: Experiment) -> Int { 3 * lag(of: experiment) }
}

/// The results of the delay task as curves.
private struct DelayResults {
  /// What starts in the same way, over Δ, ξ, or nothing.
  struct Start {
    let label: String
    let hue: SeriesHue
    let initialization: DelayModelSpecification.Initialization
    var inputFactor: FourierInputFactor?
  }

  private static let starts = [
    Start(label: "S4D-Lin", hue: .method("S4D-Lin"), initialization: .linear),
    Start(label: "S4D-Inv", hue: .method("S4D-Inv"), initialization: .inverse),
    Start(label: "S4D-LegS", hue: .method("S4D-LegS"), initialization: .legS),
    Start(label: "S4D-DFouT, for every Δ", hue: .method("S4D-DFouT"), initialization: .undampedFourier),
    Start(
      label: "S4D-DFouT, unit input", hue: .method("S4D-DFouT", variant: 1), initialization: .undampedFourier, inputFactor: .unit),
    Start(label: "S4D-DFouT, damped by ξ (ours)", hue: .method("S4D-DFouT", variant: 2), initialization: .dampedFourier),
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

  /// A curve for each start, then open marks of those with half the modes.
  var errors: [Figure.Series] {
    let curves = Self.starts.map { start in
      let points = marks(start) { $0.modeCount == modeCount }
      return Figure.Series(label: start.label, kind: points.isEmpty ? .missing : .line, hue: start.hue, points: points)
    }
    let halves = Self.starts.compactMap { start -> Figure.Series? in
      let points = marks(start) { $0.modeCount != modeCount }
      var hue = start.hue
      hue.variant = 1
      return points.isEmpty ? nil : Figure.Series(label: "\(start.label), half the modes", kind: .marks, hue: hue, points: points, key: "")
    }
    return curves + halves
  }

  var chance: [Figure.Series] {
    guard let chance = results.first(where: { $0.result.chance != nil })?.result.chance else { return [] }
    return [Figure.Series(label: "always the mean", kind: .level, points: span.map { Figure.Point(x: $0, y: chance) })]
  }

  /// What series of several colours have in common.
  func keys(_ series: [Figure.Series]) -> [FigureKey.Entry] {
    var hue = SeriesHue.gray
    hue.variant = 1
    return (series.contains { $0.kind == .marks } ? [FigureKey.Entry(label: "half the modes", kind: .marks, hue: hue)] : [])
      + (series.contains { $0.kind == .reference } ? [FigureKey.Entry(label: "least squares", kind: .reference)] : [])
  }

  /// Errors that are drawn: three decades around what guessing reaches, or fewer.
  private func heights(_ series: [Figure.Series]) -> ClosedRange<Double>? {
    let errors = series.flatMap(\.points).map(\.y).filter { $0 > 0 && $0.isFinite }
    guard let chance = chance.first?.points.first?.y, let least = errors.min(), let most = errors.max() else { return nil }
    return max(least, chance / 100)...min(most, 10 * chance)
  }

  func frame(_ series: [Figure.Series]) -> [String: String] {
    heights(series).map { ["ylow": "\($0.lowerBound)", "yhigh": "\($0.upperBound)"] } ?? [:]
  }

  /// What has a mark above or below the frame, in sentences; the table has all numbers.
  func outside(_ series: [Figure.Series]) -> [String] {
    guard let heights = heights(series) else { return [] }
    func sentence(_ where: String, _ isOutside: (Double) -> Bool) -> [String] {
      let names = series.filter { $0.points.contains { isOutside($0.y) } }.map(\.label)
      return names.isEmpty ? [] : ["Not drawn are errors \(`where`): of \(names.joined(separator: "; "))."]
    }
    return sentence("above \(String(format: "%.2g", heights.upperBound))") { $0 > heights.upperBound }
      + sentence("below \(String(format: "%.2g", heights.lowerBound))") { $0 < heights.lowerBound }
  }

  /// S4D-Lin with all modes at a time step.
  func linear(timestep: Double) -> (ExperimentResult, Double)? {
    let found = results.first {
      $0.model.initialization == .linear && $0.model.modeCount == modeCount && abs($0.model.timestep - timestep) < 1e-9
    }
    return found.map { ($0.result, $0.model.timestep) }
  }

  /// A dotted curve for each start: what least squares reaches with its poles.
  var limits: [Figure.Series] {
    Self.starts.compactMap { start -> Figure.Series? in
      let points = marks(start, of: { result, x in result.limit.map { Figure.Point(x: x, y: $0.error) } }) { $0.modeCount == modeCount }
      var hue = start.hue
      hue.variant = 0
      return points.isEmpty
        ? nil : Figure.Series(label: "least squares, \(start.label)", kind: .reference, hue: hue, points: points, key: "")
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
