import Catalogue
import Datasets
import Runs
import SequenceModels
import Training
import Vocabulary

/// What a run of an experiment is expected to take: hours on a machine, and memory.
package struct RunCost: Sendable, Equatable {
  /// Of one seed; 0 for data of unknown size, which no experiment may name.
  package let hours: Double
  /// The largest resident memory at one time.
  package let memoryBytes: Double

  /// Start, checks of the data, tables at the end: in every run, whatever its size.
  static let startSeconds = 2.0

  package init(_ experiment: Experiment, on machine: Machine) {
    guard let steps = RunSteps(experiment.configuration) else {
      (hours, memoryBytes) = (0, 0)
      return
    }
    let training = Double(steps.trainingCount) * machine.trainingSeconds(steps.trainingShape)
    let evaluation = steps.evaluations.reduce(0) { $0 + $1.count * machine.evaluationSeconds($1.shape) }
    hours = (Self.startSeconds + training + evaluation) / 3600
    memoryBytes = MemoryEstimate(experiment.configuration, steps.samples).bytes
  }
}

/// The passes that a run makes: optimiser steps, a look at the validation split after each epoch, and at the end the test split, once and
/// through each probe.
package struct RunSteps {
  /// Batches of one shape, counted with what they hold: a half-empty last batch is half a batch.
  package struct Evaluation {
    package let shape: StepShape
    package let count: Double
  }

  package let samples: ExpectedSamples
  package let trainingShape: StepShape
  package let trainingCount: Int
  package let evaluations: [Evaluation]

  /// Nil where nothing is known of the samples. Batches of tokens count with the longest sequence that there can be.
  package init?(_ configuration: ExperimentConfiguration) {
    guard let samples = configuration.data.expectedSamples else { return nil }
    let training = configuration.training
    let probe = training.probe ?? .whole
    func shape(_ probe: Probe, length: Int? = nil) -> StepShape {
      StepShape(
        configuration.model, batchSize: training.batchSize,
        sequenceLength: length ?? samples.description.sequenceLength.steps(keepingEvery: probe.samplingRate),
        documentCount: samples.description.documentCount, input: samples.description.input, layerCount: probe.layerCount)
    }
    func batches(_ split: Split) -> Double { Double(samples.counts[split, default: 0]) / Double(training.batchSize) }
    self.samples = samples
    trainingShape = shape(probe)
    trainingCount = training.epochs * (samples.counts[.train, default: 0] / training.batchSize)
    evaluations =
      [Evaluation(shape: trainingShape, count: Double(training.epochs) * batches(.validation) + batches(.test))]
      + (training.probes ?? []).map { Evaluation(shape: shape($0.probe(after: probe)), count: batches(.test)) }
      // Test videos are gone on with to their ends.
      + (configuration.data.video == nil
        ? [] : [Evaluation(shape: shape(probe, length: configuration.data.parameters["frames"]), count: batches(.test))])
  }
}
