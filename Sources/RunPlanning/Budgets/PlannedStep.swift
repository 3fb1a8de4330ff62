import Accelerators
import Catalogue
import Datasets
import Runs
import SequenceModels
import Training
import Vocabulary

/// A training step that a device might run: its program, and what it is a step of.
package struct PlannedStep {
  /// The configuration or benchmark that it was recorded from.
  package let name: String
  package let shape: StepShape
  package let text: String
  /// Of its program without rates, as tables show it.
  package let program: String
  package let productWork: Program.ProductWork

  package init(name: String, shape: StepShape, _ step: RecordedStep) {
    (self.name, self.shape, text, productWork) = (name, shape, step.text, step.productWork)
    program = String(step.kind.prefix(16))
  }

  /// The step of a run, from what is known of its samples before there are any.
  ///
  /// - Returns: nil for data of unknown size, which no experiment may name.
  /// - Throws: what `makeModel` says of impossible sizes.
  package init?(_ configuration: ExperimentConfiguration, precision: Program.ProductPrecision) throws {
    guard let steps = RunSteps(configuration) else { return nil }
    let training = configuration.training
    let probe = training.probe ?? .whole
    var description = steps.samples.description
    if configuration.model.traits.learnsCleanPictures { description.target = .numbers(description.input.numberCount) }
    let model = try configuration.model.makeModel(input: InputDescription(description), seed: 1)
    let optimizer = Optimizer(model, through: probe, configuration: training.optimizer)
    let batch = BatchShape(description, batchSize: training.batchSize, hasNumbersOfSteps: configuration.hasNumbersOfSteps)
    self.init(
      name: configuration.id, shape: steps.trainingShape,
      RecordedStep(model, optimizer, metric: configuration.metric, probe: probe, shape: batch, precision: precision))
  }
}

extension ExperimentConfiguration {
  /// Whether answers are compared with a number at each step.
  fileprivate var hasNumbersOfSteps: Bool { model.traits.learnsCleanPictures || data.generatedTask == .delay }
}

extension BatchShape {
  fileprivate init(_ samples: SampleDescription, batchSize: Int, hasNumbersOfSteps: Bool) {
    let (rows, length) = (batchSize * samples.documentCount, samples.sequenceLength)
    let input: InputSequences<[Int], Int>
    var frames: [Int] = []
    switch samples.input {
    case .values(let channels): input = .values([rows, channels, length])
    case .tokens: input = .tokens(rows * length, batchSize: rows, length: length)
    case .frames(let frame):
      frames = [rows, length, frame.channels, frame.height, frame.width]
      input = .frames(frames)
    }
    let target: BatchTargets<Int, [Int]>
    switch samples.target {
    case .classes: target = .classes(batchSize)
    case .numbers(let count): target = .numbers([batchSize, count] + (hasNumbersOfSteps ? [length] : []))
    case .frames: target = .frames(frames)
    }
    self.init(input: input, lengthCount: samples.input.isTokens ? rows : nil, target: target)
  }
}

extension SampleInput {
  fileprivate var isTokens: Bool { if case .tokens = self { true } else { false } }
}
