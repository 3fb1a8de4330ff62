import Arrays
import Operations
import SequenceModels
import TestSupport
import Testing
import Training
import Vocabulary

/// Which arrays have rates of their own, seen from the first step of AdamW: it moves a value by its rate, and decay moves it without a
/// gradient.
@Suite struct OptimizerGroupsTests {
  private static let fourier = LayerSpecification.dampedFourier(
    DampedFourierLayerSpecification(
      angles: .synchronized, trainsInputWeights: true, stateSize: 4, dampingMinimum: 0.01, dampingMaximum: 0.1, bidirectional: true,
      poleLearningRate: 0.002, dampingLearningRate: 0.005))
  private static let diagonal = LayerSpecification.diagonal(
    DiagonalLayerSpecification(
      form: .full, initialization: .linear, stateSize: 4, systemCount: 4, timestepTransform: .softplus, timestepMinimum: 0.01,
      timestepMaximum: 0.1, bidirectional: true, poleLearningRate: 0.002, timestepLearningRate: 0.005))

  /// How far one step moves each array behind `kernel.`, all slopes being `slope`; the greatest distance of its values.
  private func steps(_ layer: LayerSpecification, slope: Float) throws -> [String: Double] {
    var configuration = SmallModel.configuration(layers: 1)
    configuration.layer = layer
    let model = try SequenceClassifier(
      configuration, input: InputDescription(kind: .values(channels: 1), outputCount: 2), seed: 1)
    let arrays = model.parameters.filter { $0.name.contains(".kernel.") }
    let before = arrays.map(\.value.doubles)
    for parameter in model.parameters { parameter.gradient.upload(.init(repeating: slope, count: parameter.value.count)) }
    Optimizer(model, configuration: SmallModel.training(epochs: 1, batchSize: 1).optimizer).step(factor: 1)
    let distances = zip(arrays, before).map { parameter, old in
      (String(parameter.name.split(separator: ".").last ?? ""), zip(parameter.value.doubles, old).map { abs($0 - $1) }.max() ?? 0)
    }
    return Dictionary(uniqueKeysWithValues: distances)
  }

  @Test("B of DFouT is trained as that of S4D: with the rate of the poles, and without weight decay")
  func inputWeights() throws {
    for (layer, poles, timestep) in [(Self.fourier, ["angles"], "log_xi"), (Self.diagonal, ["A_real", "A_imag"], "inv_dt")] {
      let moved = try steps(layer, slope: 1)
      #expect(moved.count == poles.count + 3)
      for name in poles + ["B"] { #expect(abs((moved[name] ?? 0) - 0.002) < 1e-5, "\(name)") }
      #expect(abs((moved[timestep] ?? 0) - 0.005) < 1e-5)
      let decayed = try steps(layer, slope: 0)
      for name in poles + ["B", timestep] { #expect(decayed[name] == 0, "\(name)") }
      #expect((decayed["C"] ?? 0) > 0)
    }
  }
  private func withRate(_ rate: Double?, of layer: LayerSpecification) -> LayerSpecification {
    switch layer {
    case .diagonal(var diagonal):
      diagonal.outputWeightsLearningRate = rate
      return .diagonal(diagonal)
    case .dampedFourier(var fourier):
      fourier.outputWeightsLearningRate = rate
      return .dampedFourier(fourier)
    case .hankel: return layer
    }
  }

  @Test("C has the general rate and decay, or its own rate with the general decay, or is a constant", arguments: [fourier, diagonal])
  func outputWeights(layer: LayerSpecification) throws {
    for slope in [0, 1] as [Float] {
      let general = try steps(layer, slope: slope)
      let own = try steps(withRate(0.002, of: layer), slope: slope)
      let frozen = try steps(withRate(0, of: layer), slope: slope)
      // Decay and step are both proportional to the rate, 0.01 in the general group.
      let (distance, shorter) = (try #require(general["C"]), try #require(own["C"]))
      #expect(distance > 0 && abs(shorter / distance - 0.2) < 1e-3)
      #expect(frozen["C"] == 0)
      for name in general.keys where name != "C" { #expect(own[name] == general[name] && frozen[name] == general[name], "\(name)") }
    }
  }
}
