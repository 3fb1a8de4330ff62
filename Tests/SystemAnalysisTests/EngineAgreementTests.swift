import Arrays
import Operations
import SequenceModels
import SystemAnalysis
import TestSupport
import Testing
import Vocabulary

/// Weights that the engine writes, read as systems in Double: the same kernels.
@Suite(.temporaryFolder) struct EngineAgreementTests {
  /// One of each kind.
  static let layers: [LayerSpecification] = {
    let diagonal = DiagonalLayerSpecification.small(stateSize: 8, bidirectional: true)
    var full = diagonal
    (full.form, full.initialization, full.systemCount, full.timestepTransform) = (.full, .legS, 2, .softplus)
    var tuned = full
    (tuned.form, tuned.initialization, tuned.bidirectional, tuned.frequencyScale) = (.tuned, .linear, false, 3)
    tuned.filter = SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0.7, learningRate: 0.01)
    let fourier = DampedFourierLayerSpecification(
      angles: .synchronized, trainsInputWeights: true, stateSize: 8, dampingMinimum: 0.01, dampingMaximum: 0.1, bidirectional: true,
      poleLearningRate: 0.001, dampingLearningRate: 0.001)
    let hankel = HankelLayerSpecification(
      directions: .forward, markovCount: 8, timestepTransform: .softplus, timestepMinimum: 0.01, timestepMaximum: 0.5,
      markovLearningRate: nil, timestepLearningRate: nil)
    return [.diagonal(diagonal), .diagonal(full), .diagonal(tuned), .dampedFourier(fourier), .hankel(hankel)]
  }()

  @Test(arguments: layers.indices)
  func kernelsAgree(index: Int) throws {
    let length = 24
    let model = try SequenceClassifier(
      .small(Self.layers[index]), input: InputDescription(kind: .values(channels: 1), outputCount: 2), seed: 9)
    // DFouT's begin with ones, which would hide that they are read.
    for (lane, parameter) in model.parameters.enumerated() where parameter.role == .inputWeights {
      parameter.value.upload(Tensor.random(parameter.value.shape, lane: UInt32(lane)).values())
    }
    try SafetensorsFile.write(model.weightEntries, to: folder + "/model.safetensors")
    let systems = try ModelCheckpoint.systems(path: folder + "/model.safetensors")
    for (layer, kernel) in model.kernels(length: length).enumerated() {
      let own = systems.filter { $0.layer == layer }
      let responses = try own.map { try $0.system.impulseResponse(length: length) }
      // Filtered kernels have lags from −L: the engine holds those before 0 as a second direction, from lag −1 backwards.
      let forward = responses.map { Array($0.values.suffix(length)) }
      let backward = responses[0].firstLag < 0 ? responses.map { Array($0.values.prefix(length).reversed()) } : []
      #expect(maxRelative((forward + backward).flatMap { $0 }, kernel.doubles) < 1e-5, "layer \(layer)")
    }
  }
}
