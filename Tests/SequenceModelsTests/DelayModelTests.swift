import Arrays
import ComplexModule
import Foundation
import ReferenceModels
import Operations
import SequenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// The delay model against its definition in Double.
@Suite struct DelayModelTests {
  typealias Kind = DelayModelSpecification.Initialization

  private static let length = 23
  private static let batch = 2

  private func specification(_ initialization: Kind, _ factor: FourierInputFactor? = nil) -> DelayModelSpecification {
    DelayModelSpecification(
      initialization: initialization, modeCount: 5, modelWidth: 3, timestep: 0.11, inputFactor: factor, poleLearningRate: 0.01,
      timestepLearningRate: 0.01)
  }

  private func model(_ initialization: Kind, _ factor: FourierInputFactor? = nil) throws -> BankModel {
    try BankModel(specification(initialization, factor), outputCount: 1, seed: 3)
  }

  @Test("poles on the imaginary axis, and their output and gradients", arguments: [Kind.linear, .inverse, .legS, .undampedFourier])
  func axis(initialization: Kind) throws {
    let model = try model(initialization)
    let arrays = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.value.doubles) })
    let expected = try specification(initialization).initialFrequencies().flatMap { $0 }
    #expect(maxRelative(arrays["kernel.A_imag", default: []], expected) < 1e-6)
    let isUndamped = initialization == .undampedFourier
    #expect(maxRelative(arrays["kernel.log_dt", default: []], Array(repeating: isUndamped ? 0 : log(0.11), count: 3)) < 1e-6)
    // Only the modes of the grid have a B, the gain Δ.
    #expect(arrays["kernel.B"].map { maxRelative($0, (0..<15).flatMap { _ in [0.11, 0] }) < 1e-6 } == (isUndamped ? true : nil))
    check(model, names: ["kernel.log_dt", "kernel.A_imag", "kernel.C", "D", "decoder.weight", "decoder.bias"]) { arrays in
      let (timesteps, frequencies, weights) = (arrays["kernel.log_dt"]!, arrays["kernel.A_imag"]!, arrays["kernel.C"]!)
      return (0..<3).map { channel in
        // Re λ = 0: K[k] = 2·Re Σ C·B·(exp(iωΔ) − 1)/(iω)·exp(iωΔk).
        (0..<Self.length).map { step in
          (0..<5).reduce(0.0) { sum, mode in
            let place = channel * 5 + mode
            let (omega, delta, factor) = (frequencies[place], exp(timesteps[channel]), 2 * (arrays["kernel.B"]?[2 * place] ?? 1))
            let angle = omega * delta
            let gain =
              omega == 0 ? (delta, 0.0) : (sin(angle) / omega, (1 - cos(angle)) / omega)
            let power = (cos(angle * Double(step)), sin(angle * Double(step)))
            let product = (gain.0 * power.0 - gain.1 * power.1, gain.0 * power.1 + gain.1 * power.0)
            return sum + factor * (weights[2 * place] * product.0 - weights[2 * place + 1] * product.1)
          }
        }
      }
    }
  }

  @Test(
    "damped Fourier modes, and undamped ones with a unit input: the even grid of the half plane, and their output and gradients",
    arguments: [(Kind.dampedFourier, nil), (.dampedFourier, FourierInputFactor.unit), (.undampedFourier, .unit)])
  func fourier(initialization: Kind, factor: FourierInputFactor?) throws {
    let model = try model(initialization, factor)
    let arrays = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.value.doubles) })
    #expect(maxRelative(arrays["kernel.angles", default: []].sorted(), (0..<15).map { .pi * Double($0) / 15 }) < 1e-6)
    let damping = arrays["kernel.log_xi", default: []].map { exp($0) }
    #expect(initialization == .dampedFourier ? maxRelative(damping, [0.11, 0.11, 0.11]) < 1e-6 : damping.allSatisfy { $0 < 1e-20 })
    check(model, names: ["kernel.log_xi", "kernel.angles", "kernel.C", "D", "decoder.weight", "decoder.bias"]) { arrays in
      var kernel = ReferenceDiagonalKernel(width: 3, modeCount: 5)
      kernel.dampedFourier = .init(inputFactor: factor ?? .zeroOrderHold, outputFactor: 2)
      return kernel.kernels(kernel.parameterNames.map { arrays["kernel.\($0)"]! }, length: Self.length)[0]
    }
  }

  @Test("the modes in Double are those of the model before training", arguments: Kind.allCases, [nil, FourierInputFactor.unit])
  func initialModes(initialization: Kind, factor: FourierInputFactor?) throws {
    guard factor == nil || initialization.isFourier else { return }
    let model = try model(initialization, factor)
    let weights = try #require(model.parameters.first { $0.name == "kernel.C" }?.value.doubles)
    let modes = try specification(initialization, factor).initialModes()
    let expected = (0..<3).flatMap { channel in
      (0..<Self.length).map { step in
        (0..<5).reduce(0.0) { sum, mode in
          let place = channel * 5 + mode
          let power = Complex<Double>.exp(Complex(Double(step)) * modes[place].logarithm)
          return sum + 2 * (Complex(weights[2 * place], weights[2 * place + 1]) * modes[place].inputWeight * power).real
        }
      }
    }
    #expect(maxRelative(model.kernels(length: Self.length)[0].values().map(Double.init), expected) < 1e-5)
  }

  /// Output and gradients against the definition with kernels that `kernels` computes from the stored arrays.
  private func check(_ model: BankModel, names: [String], kernels: @escaping ([String: [Double]]) -> [[Double]]) {
    let input = Tensor.random([Self.batch, 1, Self.length], lane: 1)
    let slopes = Tensor.random([Self.batch, 1, Self.length], lane: 2)
    let arrays = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.value.doubles) })
    func output(_ arrays: [String: [Double]]) -> [Double] {
      let kernels = kernels(arrays)
      let rows = (0..<Self.batch).map { Array(input.doubles[$0 * Self.length..<($0 + 1) * Self.length]) }
      return rows.flatMap { row -> [Double] in
        let channels = kernels.enumerated().map { channel, kernel in
          zip(DirectConvolution.causal(row, kernel: kernel), row).map { $0 + arrays["D"]![channel] * $1 }
        }
        return (0..<Self.length).map { step in
          channels.indices.reduce(arrays["decoder.bias"]![0]) { $0 + arrays["decoder.weight"]![$1] * channels[$1][step] }
        }
      }
    }
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    let (result, cache) = model.forward(.values(input), lengths: nil, pass: &pass)
    #expect(result.shape == [Self.batch, 1, Self.length])
    #expect(maxRelative(result.doubles, output(arrays)) < 1e-5)
    model.clearGradients()
    model.backward(outputGradient: slopes, cache: cache)
    for name in names {
      let gradient = model.parameters.first { $0.name == name }?.gradient.values() ?? []
      let differences = GradientCheck.differences(name, gradient, at: arrays[name]!, absolute: 3e-5) { moved in
        dotProduct(output(arrays.merging([name: moved]) { $1 }), slopes.doubles)
      }
      #expect(differences == [])
    }
  }
}
