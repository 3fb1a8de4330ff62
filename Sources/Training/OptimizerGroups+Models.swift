import SequenceModels
import Vocabulary

extension SequenceClassifier: HasOptimizerGroups {
  var optimizerGroups: OptimizerGroups { OptimizerGroups(configuration.layer.groups) }
}

extension LayerSpecification {
  fileprivate var groups: [Parameter.Role: OptimizerGroups.Group] {
    switch self {
    case .diagonal(let layer):
      let poles = OptimizerGroups.Group(learningRate: layer.poleLearningRate, weightDecay: layer.poleWeightDecay ?? 0)
      return [
        .decay: poles, .frequency: poles, .inputWeights: poles, .timestep: .init(learningRate: layer.timestepLearningRate),
        .outputWeights: outputWeights(layer.outputWeightsLearningRate),
        .filterExponent: .init(learningRate: layer.filter?.learningRate),
      ]
    case .dampedFourier(let layer):
      let poles = OptimizerGroups.Group(learningRate: layer.poleLearningRate)
      return [
        .frequency: poles, .inputWeights: poles, .timestep: .init(learningRate: layer.dampingLearningRate),
        .outputWeights: outputWeights(layer.outputWeightsLearningRate),
      ]
    case .hankel(let layer):
      return [
        .markov: .init(learningRate: layer.markovLearningRate, weightDecay: layer.markovWeightDecay),
        .timestep: .init(learningRate: layer.timestepLearningRate),
      ]
    }
  }
}

/// C's own rate decays as the general group does, unlike those of poles and time steps.
private func outputWeights(_ learningRate: Double?) -> OptimizerGroups.Group { .init(learningRate: learningRate, weightDecay: nil) }

extension BankModel: HasOptimizerGroups {
  var optimizerGroups: OptimizerGroups {
    let (decay, frequency, timestep) =
      switch specification {
      case .waves(let waves): (waves.decayLearningRate, waves.frequencyLearningRate, 0.0)
      case .denoising: (0.0, 0.0, 0.0)
      case .delay(let delay): (0.0, delay.poleLearningRate, delay.timestepLearningRate)
      }
    // Where a bank has a B, it is a constant gain.
    return OptimizerGroups([
      .decay: .init(learningRate: decay), .frequency: .init(learningRate: frequency), .timestep: .init(learningRate: timestep),
      .inputWeights: .init(learningRate: 0),
    ])
  }
}
