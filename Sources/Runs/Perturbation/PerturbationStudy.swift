import Arrays
import Datasets
import Operations
import RunSupport
import SequenceModels
import StateSpace
import Training

/// How a trained model answers to changes of its systems: the metric on the test split, and the change of each transfer function.
///
/// Changed are the numbers that define the systems: λ, B and C of S4D and TFB (B where the model has one), ξ, Ω and C of DFouT, h of HOPE; not
/// Δ, D, filters or linear maps. Each row of each array, which belongs to one system or to several that share it, moves along normals, complex ones for
/// complex numbers, by exactly the relative size: ‖ṽ − v‖₂ = size·‖v‖₂. A pole that would leave the left half plane takes another direction
/// (`RelativeChange.poles`). A draw has the same directions at every size.
///
/// - Source: HOPE (Yu et al., 2025), Theorems 2 and 4 and the experiment on perturbed parameters, for trained networks; the sizes, draws and
///   how poles are kept inside are ours.
package struct PerturbationStudy {
  /// Sizes and draws where nothing else is asked for.
  package static let usualSizes = [1e-4, 1e-3, 1e-2, 1e-1]
  package static let usualDrawCount = 5

  /// Points of the even grid on which transfer functions are compared, besides the angles of the poles.
  private static let gridPointCount = 512
  /// Most systems of each layer and direction that are compared, at equal distances of channels; the metric is of all.
  private static let comparedSystemCount = 128

  private let inputs: RunInputs
  private let weights: String
  private let sizes: [Double]
  private let drawCount: Int
  private let seed: UInt64
  private let computing: ComputingDevice?

  /// - Parameters:
  ///   - weights: a safetensors file of the model.
  ///   - sizes: of the changes, relative to the norms of what is changed; above 0 and below 1.
  ///   - drawCount: random changes of each size, at most 65,535.
  ///   - seed: of the changes.
  ///   - computing: what computes the model's answers; nil is our own engine.
  package init(
    _ inputs: RunInputs, weights: String, sizes: [Double] = usualSizes, drawCount: Int = usualDrawCount, seed: UInt64 = 1,
    on computing: ComputingDevice? = nil
  ) {
    (self.inputs, self.weights, self.sizes, self.drawCount, self.seed) = (inputs, weights, sizes, drawCount, seed)
    self.computing = computing
  }

  /// One measurement.
  private struct Measurement {
    var size: Double
    var draw: Int
    var sums: MetricSums
    var changes: [TransferChange] = []
    var turnedCount = 0
    var poleCount = 0
  }

  /// The lines of `perturbation.csv`, header included; the first row, of size 0 and draw 0, is the model as it is.
  ///
  /// Columns of changes are empty for models whose arrays describe no systems by themselves (HOPE's half-spectra, and models of one bank).
  ///
  /// - Parameter progress: called with each size and draw, and the metric there.
  /// - Throws: `StageError`: `badData` for weights of another model, `badConfiguration` for a model without systems.
  package func csv(progress: (_ size: Double, _ draw: Int, _ value: Double) -> Void = { _, _, _ in }) throws -> String {
    let model = try inputs.makeModel(seed: 0)
    guard let changed = model as? any HasSystemValues else {
      throw RunInputs.misfit("model.kind", "the model has no systems to change")
    }
    try model.loadWeights(from: weights)
    let systems = try systems(of: model)
    let hash = try FileHash.hex(ofFile: weights)
    let answers = computing.answers(of: model)
    var table = RunTable<PerturbationColumn>()
    func add(_ measurement: Measurement) {
      table.append(fields(measurement, weights: hash))
      progress(measurement.size, measurement.draw, inputs.metric.value(measurement.sums))
    }
    add(Measurement(size: 0, draw: 0, sums: try test(answers), changes: try compare(systems, systems)))
    for size in sizes {
      for draw in 1...max(1, drawCount) {
        try model.loadWeights(from: weights)
        var measurement = Measurement(size: size, draw: draw, sums: MetricSums())
        for (index, values) in changed.systemValues.enumerated() {
          // A lane for each draw and array, so that no array moves the numbers of another.
          var stream = RandomStream(seed: seed, purpose: .perturbation, lane: UInt32(draw) << 16 | UInt32(index))
          let counts = values.change(by: size, using: &stream)
          measurement.poleCount += counts.poleCount
          measurement.turnedCount += counts.turnedCount
        }
        measurement.changes = try compare(systems, try self.systems(of: model))
        answers.renew()
        measurement.sums = try test(answers)
        add(measurement)
      }
    }
    return table.text
  }

  private func test(_ answers: any BatchAnswers) throws -> MetricSums {
    try Evaluator(
      answers: answers, data: inputs.data, batchSize: inputs.configuration.training.batchSize, probe: inputs.probe, metric: inputs.metric
    ).evaluate(.test)
  }

  /// Those that the training used, at most so many of each layer and direction.
  private func systems(of model: any SequenceModel) throws -> [SystemEntry] {
    let all = try (model as? any HasSystems)?.systems(sequenceLength: inputs.data.description.sequenceLength) ?? []
    let used = all.filter { inputs.probe.usesSystems(ofLayer: $0.layer) }
    let width = (used.map(\.channel).max() ?? 0) + 1
    let count = min(width, Self.comparedSystemCount)
    let channels = Set((0..<count).map { $0 * width / count })
    return used.filter { channels.contains($0.channel) }
  }

  private func compare(_ systems: [SystemEntry], _ others: [SystemEntry]) throws -> [TransferChange] {
    try orderedMap(systems.indices, threadCount: Parallel.threadCount) {
      try TransferChange(from: systems[$0].system, to: others[$0].system, pointCount: Self.gridPointCount)
    }
  }

  private func fields(_ measurement: Measurement, weights: String) -> [any CustomStringConvertible] {
    let changes = measurement.changes.map(\.change).filter(\.isFinite).sorted()
    let relative = measurement.changes.compactMap(\.relative).sorted()
    let numbers = [measurement.sums.loss, inputs.metric.value(measurement.sums)].map { $0.isFinite ? "\($0)" : "" }
    let spread = [Self.middle(changes), changes.last, Self.middle(relative), relative.last].map { $0.map { "\($0)" } ?? "" }
    return ["\(measurement.size)", measurement.draw] + numbers + spread + [measurement.turnedCount, measurement.poleCount, weights]
  }

  /// The median of numbers in order; nil of none.
  private static func middle(_ sorted: [Double]) -> Double? {
    sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
