import Arrays
import Foundation
import ReferenceModels
import Operations
import SequenceModels
import StateSpace
import TestSupport
import Testing
import Training
import Vocabulary

/// The models beyond blocks against their twins in Double, whose gradients are checked by differences elsewhere.
@Suite struct TaskModelTests {
  /// Bound of max|difference| / max|expected|; rounding in float32 is ten times smaller.
  private static let tolerance = 3e-5

  @Test("waves: output and every gradient", arguments: FilterWeighting.allCases, [0, 0.5, -1])
  func waves(weighting: FilterWeighting, exponent: Double) throws {
    let (batch, length, width) = (3, 31, 5)
    let model = BankModel(
      WavesRegressorSpecification(
        modelWidth: width, modeCount: 3, frequencyScale: 300, filterExponent: exponent, filterWeighting: weighting,
        decayLearningRate: 0.001, frequencyLearningRate: 0.1), outputCount: 4, seed: 2)
    // Larger steps and weights than usual, so that 31 steps see something of the systems.
    value(model, "kernel.log_dt").fill(Float(log(0.002)))
    value(model, "kernel.C").upload(value(model, "kernel.C").values().map { 100 * $0 })
    let input = Tensor.random([batch, 1, length], lane: 1)
    let slopes = Tensor.random([batch, 4], lane: 2)
    let twin = ReferenceFilteredBank(
      waves: .init(encoder: mixing(model, "encoder"), skip: value(model, "D").doubles[0]), systems: systems(model),
      filter: filter(weighting, exponent), decoder: mixing(model, "decoder"))
    let activations = twin.forward(input.doubles, length: length)
    let expected = twin.backward(outputGradient: slopes.doubles, input: input.doubles, activations: activations, length: length)

    let output = differentiate(model, input, slopes)
    #expect(maxRelative(output.doubles, activations.output) < Self.tolerance)
    let encoder = try #require(expected.encoder)
    let gradients = [
      "encoder.weight": encoder.weight, "encoder.bias": encoder.bias, "D": [expected.skip],
      "decoder.weight": expected.decoder.weight, "decoder.bias": expected.decoder.bias,
    ].merging(kernelGradients(expected.systems)) { first, _ in first }
    expectGradients(model, gradients)
  }

  @Test("denoiser: output and every gradient", arguments: FilterWeighting.allCases, [0, 1, -0.5])
  func denoiser(weighting: FilterWeighting, exponent: Double) throws {
    let (batch, length) = (2, 28)
    let model = BankModel(
      DenoiserSpecification(modeCount: 4, frequencyStep: 490.52, filterExponent: exponent, filterWeighting: weighting), channels: 3,
      seed: 4)
    value(model, "kernel.log_dt").fill(Float(log(0.003)))
    value(model, "kernel.C").upload(Tensor.random([1, 3, 4, 2], lane: 9, bound: 50).values())
    let input = Tensor.random([batch, 3, length], lane: 1)
    let slopes = Tensor.random([batch, 3, length], lane: 2)
    let twin = ReferenceFilteredBank(
      systems: systems(model), filter: filter(weighting, exponent), decoder: mixing(model, "output"))
    let activations = twin.forward(input.doubles, length: length)
    let expected = twin.backward(outputGradient: slopes.doubles, input: input.doubles, activations: activations, length: length)

    let output = differentiate(model, input, slopes)
    #expect(maxRelative(output.doubles, activations.output) < Self.tolerance)
    expectGradients(
      model,
      ["output.weight": expected.decoder.weight, "output.bias": expected.decoder.bias]
        .merging(kernelGradients(expected.systems)) { first, _ in first })
  }

  @Test("denoiser: initial values are those of the script")
  func denoiserInitialValues() {
    let model = BankModel(
      DenoiserSpecification(modeCount: 64, frequencyStep: .pi, filterExponent: 0, filterWeighting: .binsOver10000), channels: 3, seed: 1)
    let system = systems(model)[2]
    #expect(abs(system.poles[0].real + exp(-5)) < 1e-9 && system.poles[0].imaginary == 0)
    #expect(abs(system.poles[63].real + 3) < 1e-6 && abs(system.poles[63].imaginary - 63 * .pi) < 1e-4)
    #expect(abs(system.timestep - 1e-4) < 1e-10)
    let weights = value(model, "kernel.C").values()
    #expect(weights[0] == 0 && weights[1] == 0)
    // E|C|² = (Im λ/1000)²; of 3 · 64 modes with unequal scales the mean ratio is 1 within 0.3.
    let ratios = (0..<192).filter { $0 % 64 > 0 }.map { mode in
      let scale = Float(mode % 64) * .pi / 1000
      return (weights[2 * mode] * weights[2 * mode] + weights[2 * mode + 1] * weights[2 * mode + 1]) / (scale * scale)
    }
    #expect(abs(ratios.reduce(0, +) / Float(ratios.count) - 1) < 0.3)
    #expect(model.parameterCount() == 3 * 64 * 2 + 12)
  }

  private func differentiate(_ model: any SequenceModel, _ input: Tensor, _ slopes: Tensor) -> Tensor {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    var output = Tensor.zeros([0])
    model.differentiate(.values(input), lengths: nil, pass: &pass) { result, _ in
      output = result
      return slopes
    }
    return output
  }

  private func expectGradients(_ model: any SequenceModel, _ expected: [String: [Double]]) {
    for parameter in model.parameters {
      let error = maxRelative(parameter.gradient.doubles, expected[parameter.name, default: []])
      #expect(error < Self.tolerance, "\(parameter.name): \(error)")
    }
  }

  private func kernelGradients(_ systems: [DiagonalKernelGradient]) -> [String: [Double]] {
    [
      "kernel.log_dt": systems.map(\.logTimestep), "kernel.log_A_real": systems.flatMap(\.logNegativeRealPoles),
      "kernel.A_imag": systems.flatMap(\.imaginaryPoles), "kernel.C": Rows.pairs(systems.flatMap(\.outputWeights)),
    ]
  }

  private func systems(_ model: any SequenceModel) -> [DiagonalSystem] {
    let shape = value(model, "kernel.A_imag").shape
    let kernel = ReferenceDiagonalKernel(width: shape[0], modeCount: shape[1])
    return kernel.systems(kernel.parameterNames.map { value(model, "kernel.\($0)").doubles })[0]
  }

  private func filter(_ weighting: FilterWeighting, _ exponent: Double) -> ReferenceSobolevFilter {
    ReferenceSobolevFilter(weighting: weighting, exponent: exponent)
  }

  private func mixing(_ model: any SequenceModel, _ name: String) -> ReferenceMixing {
    ReferenceMixing(weight: value(model, "\(name).weight").doubles, bias: value(model, "\(name).bias").doubles)
  }

  private func value(_ model: any SequenceModel, _ name: String) -> Tensor {
    model.parameters.first { $0.name == name }?.value ?? .zeros([0])
  }
}
