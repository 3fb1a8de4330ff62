import Catalogue
import Datasets
import Runs
import SequenceModels
import TestSupport
import Training
import Vocabulary

/// Small configurations on waves made on the fly, for tests of what a run checks and reports.
package enum SmallRun {
  package static func blocks(_ layer: LayerSpecification, appendsReversal: Bool = false) -> BlocksSpecification {
    var blocks = BlocksSpecification.small(layer)
    blocks.appendsReversal = appendsReversal
    return blocks
  }

  package static func hope(_ directions: HankelLayerSpecification.Directions) -> LayerSpecification {
    .hankel(
      HankelLayerSpecification(
        directions: directions, markovCount: 6, timestepTransform: .log, timestepMinimum: 0.1, timestepMaximum: 1,
        markovLearningRate: 0.001, timestepLearningRate: 0.001))
  }

  package static func diagonal(_ form: DiagonalLayerSpecification.Form, filter: SobolevFilterSpecification? = nil) -> LayerSpecification {
    .diagonal(
      DiagonalLayerSpecification(
        form: form, initialization: .linear, stateSize: 6, systemCount: form == .minimal ? nil : 2,
        timestepTransform: form == .minimal ? .log : .softplus, timestepMinimum: 0.01, timestepMaximum: 0.1, bidirectional: true,
        poleLearningRate: 0.001, timestepLearningRate: 0.001, filter: filter))
  }

  package static func dampedFourier(trainsInputWeights: Bool = true) -> LayerSpecification {
    .dampedFourier(
      DampedFourierLayerSpecification(
        angles: .synchronized, trainsInputWeights: trainsInputWeights, stateSize: 6, dampingMinimum: 0.01, dampingMaximum: 0.1,
        bidirectional: false, poleLearningRate: 0.001, dampingLearningRate: 0.001))
  }

  package static func training(epochs: Int = 1, probe: Probe? = nil, probes: [TestProbe]? = nil) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: 4, epochs: epochs, optimizer: OptimizerConfiguration(learningRate: 0.01, weightDecay: 0, decaysBiasesAndNorms: false),
      schedule: Schedule(kind: .constant), probe: probe, probes: probes)
  }

  /// What `train-model` does before it trains.
  package static func inputs(
    _ model: ModelSpecification, length: Int, task: GeneratedTask = .waves, train: Int = 8,
    training: TrainingConfiguration = training()
  ) throws -> RunInputs {
    var parameters = ["sequenceLength": length, "train": train, "validation": 4, "test": 4, "seed": 1]
    if task == .delay { parameters["lag"] = 2 }
    let data = DataSpecification(family: GeneratedTask.family, variant: task.rawValue, parameters: parameters)
    return try RunInputs(
      ExperimentConfiguration(id: "test", preset: .smoke, data: data, model: model, training: training), preparedData: "nowhere")
  }
}
