import Accelerators
import Arrays
import Datasets
import Operations
import SequenceModels
import Vocabulary

/// Steps as compiled programs on a device, where weights, moments and buffers stay; one program for each shape of a batch.
///
/// A step is started and not waited for: its measures are read when the next one has been started, so that the next batch goes up while it runs
/// and the device is never idle.
package final class DeviceTrainingStep: TrainingStep {
  private let model: any SequenceModel
  private let optimizer: Optimizer
  private let metric: Metric
  private let probe: Probe
  private let computing: ComputingDevice
  private let trained: TrainedState

  private var programs: [BatchShape: (program: CompiledProgram, drawCount: UInt64)] = [:]
  /// What the steps have left on the device; nil before the first one.
  private var changing: [DeviceBuffer]?
  /// Arrays whose memory the newest step takes. To free them would be to wait for it.
  private var taken: [DeviceBuffer] = []
  private lazy var frozen = Result { try trained.frozen.map { try computing.device.upload($0) } }
  /// The measures of the newest step, which nobody has read.
  private var unread: (measures: DeviceBuffer, target: Batch.Target)?
  /// The newest loss that was read.
  private var loss: Double?

  package private(set) lazy var answers: any BatchAnswers = DeviceAnswers(model, on: computing) { [unowned self] in try weights() }

  package init(model: any SequenceModel, optimizer: Optimizer, metric: Metric, probe: Probe, on computing: ComputingDevice) {
    (self.model, self.optimizer, self.metric, self.probe, self.computing) = (model, optimizer, metric, probe, computing)
    trained = TrainedState(model, optimizer)
  }

  package func run(_ batch: Batch, factor: Double, state: inout TrainingState) throws -> Double {
    let (program, drawCount) = try program(for: BatchShape(batch))
    // Two numbers come from one block of the generator; masks begin with a block.
    if drawCount > 0 { state.dropout.skip(Int(state.dropout.position % 2)) }
    let seed = state.dropout.seed
    let numbers = [
      try computing.device.upload(optimizer.nextStepNumbers(factor: factor)),
      try computing.device.upload([UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]),
      try computing.device.upload(state.dropout.position),
    ]
    let given = try buffers()
    let results = try program.run(given + frozen.get() + numbers + computing.upload(batch))
    changing = Array(results.dropLast())
    state.dropout.skip(Int(drawCount))
    try readMeasures(into: &state)
    taken = given
    unread = (results[results.count - 1], batch.target)
    // Only the first step is waited for.
    if loss == nil { try readMeasures(into: &state) }
    return loss ?? 0
  }

  package func synchronize(_ state: inout TrainingState) throws {
    try readMeasures(into: &state)
    guard let changing else { return }
    for (tensor, buffer) in zip(trained.changing, changing) { tensor.upload(try buffer.floats()) }
  }

  /// Compiles the program for batches of this one's shape, unless it is there; a step does so by itself.
  ///
  /// - Returns: what it needs of the device's memory; nil where the plugin does not tell.
  @discardableResult
  package func prepare(for batch: Batch) throws -> MemoryPlan? { try program(for: BatchShape(batch)).program.memoryPlan }

  /// Adds what nobody has read to the sums.
  private func readMeasures(into state: inout TrainingState) throws {
    guard let (measures, target) = unread else { return }
    unread = nil
    let loss = BatchLoss.add(try measures.floats().map(Double.init), of: target, to: &state.epochSums)
    guard loss.isFinite else { throw DivergedLoss(loss: loss) }
    self.loss = loss
  }

  private func program(for shape: BatchShape) throws -> (program: CompiledProgram, drawCount: UInt64) {
    if let known = programs[shape] { return known }
    let step = RecordedStep(model, optimizer, metric: metric, probe: probe, shape: shape, precision: computing.precision)
    let made = (try computing.compile(step.text), step.drawCount)
    programs[shape] = made
    return made
  }

  private func buffers() throws -> [DeviceBuffer] { try changing ?? trained.changing.map { try computing.device.upload($0) } }

  /// Parameters and buffers of the model, in its order.
  private func weights() throws -> [DeviceBuffer] {
    let held = try buffers() + frozen.get()
    return places.map { held[$0] }
  }

  /// Where each of them stands among the tensors that change and those that do not.
  private lazy var places: [Int] = {
    let places = Dictionary(uniqueKeysWithValues: (trained.changing + trained.frozen).enumerated().map { (ObjectIdentifier($1), $0) })
    return DeviceWeights.tensors(of: model).map { places[ObjectIdentifier($0)]! }
  }()
}
