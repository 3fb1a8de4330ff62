import SequenceModels
import Vocabulary

extension ModelVariant {
  /// The engine's configuration of the layers.
  var layer: LayerSpecification {
    switch system {
    case .diagonal: .diagonal(diagonalLayer(form, filter: nil))
    case .tuned(let weighting):
      .diagonal(diagonalLayer(form, filter: SobolevFilterSpecification(weighting: weighting, exponent: 0.5, learningRate: 0.01)))
    case .dampedFourier(let angles, let plane, let inputFactor, let trainsInputWeights):
      .dampedFourier(
        DampedFourierLayerSpecification(
          angles: angles, plane: plane, inputFactor: inputFactor, trainsInputWeights: trainsInputWeights, stateSize: 6,
          dampingMinimum: 0.05, dampingMaximum: 0.5, bidirectional: bidirectional, poleLearningRate: 0.001, dampingLearningRate: 0.001))
    case .hankel(let directions):
      .hankel(
        HankelLayerSpecification(
          directions: directions, markovCount: 4, systemCount: directions == .halfSpectraOfCopy ? 2 : nil,
          timestepTransform: usesSoftplus ? .softplus : .log, timestepMinimum: 0.05,
          timestepMaximum: 0.5, markovLearningRate: nil, timestepLearningRate: nil))
    }
  }

  func diagonalLayer(_ form: DiagonalLayerSpecification.Form, filter: SobolevFilterSpecification?) -> DiagonalLayerSpecification {
    DiagonalLayerSpecification(
      form: form, initialization: .linear, frequencyScale: filter == nil ? nil : 0.7, stateSize: form == .tuned ? 3 : 6,
      systemCount: form == .minimal ? nil : systemCount, discretization: discretization,
      timestepTransform: usesSoftplus ? .softplus : .log, timestepMinimum: 0.05, timestepMaximum: 0.5, bidirectional: bidirectional,
      poleLearningRate: 0.001, timestepLearningRate: nil, filter: filter)
  }
}
