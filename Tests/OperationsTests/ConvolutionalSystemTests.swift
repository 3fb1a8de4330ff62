import ComplexModule
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct ConvolutionalSystemTests {
  struct Case: Sendable {
    let modes: Int
    let width: Int
    let kernel: Int
    let exponent: Double
  }

  static let cases = [
    Case(modes: 1, width: 1, kernel: 1, exponent: 0), Case(modes: 3, width: 2, kernel: 3, exponent: -4),
    Case(modes: 17, width: 3, kernel: 3, exponent: 4), Case(modes: 5, width: 4, kernel: 1, exponent: 0.5),
  ]

  private struct Problem {
    let sizes: Case
    let parameters: ConvolutionalSystem.Parameters
    let slopes: ConvolutionalSystem.Kernels

    /// Every third real part is above the largest that is allowed, and angles go beyond π.
    init(_ sizes: Case) {
      self.sizes = sizes
      let (modes, width, kernel) = (sizes.modes, sizes.width, sizes.kernel)
      parameters = ConvolutionalSystem.Parameters(
        decay: Tensor([modes], values: (0..<modes).map { $0 % 3 == 2 ? 0.2 : -0.5 - 0.1 * Float($0) }),
        frequency: .random([modes], lane: 1, bound: 60), logTimestep: Tensor([modes], values: (0..<modes).map { -3 + 0.1 * Float($0) }),
        inputWeights: .random([2, modes, width, kernel, kernel], lane: 2),
        outputWeights: .random([2, width, modes, kernel, kernel], lane: 3))
      slopes = ConvolutionalSystem.Kernels(
        multipliers: .random([2, modes], lane: 4), inputWeight: .random([2 * modes, width, kernel, kernel], lane: 5),
        outputWeight: .random([width, 2 * modes, kernel, kernel], lane: 6))
    }

    func kernels() -> ConvolutionalSystem.Kernels { ConvolutionalSystem.forward(parameters, exponent: sizes.exponent) }

    /// Gradients are added to what is there: 2.
    func gradients() -> ConvolutionalSystem.Parameters {
      func twos(_ tensor: Tensor) -> Tensor { .filled(like: tensor, with: 2) }
      let gradients = ConvolutionalSystem.Parameters(
        decay: twos(parameters.decay), frequency: twos(parameters.frequency), logTimestep: twos(parameters.logTimestep),
        inputWeights: twos(parameters.inputWeights), outputWeights: twos(parameters.outputWeights))
      ConvolutionalSystem.backward(slopes, parameters: parameters, exponent: sizes.exponent, gradients: gradients)
      return gradients
    }

    /// Kernels and gradients.
    func results(on engine: Engine) throws -> [Tensor] {
      try engine.run(parameters.tensors + slopes.tensors) { kernels().tensors + gradients().tensors }
    }

    var reference: ReferenceConvolutionalSystem {
      ReferenceConvolutionalSystem(
        decay: parameters.decay.doubles, frequency: parameters.frequency.doubles, logTimestep: parameters.logTimestep.doubles,
        inputWeights: parameters.inputWeights.doubles, outputWeights: parameters.outputWeights.doubles,
        taps: sizes.kernel * sizes.kernel, exponent: sizes.exponent)
    }

    var expectedGradient: ReferenceConvolutionalSystem.Gradient {
      let parts = slopes.multipliers.doubles
      return reference.backward(
        multipliers: (0..<sizes.modes).map { Complex(parts[$0], parts[sizes.modes + $0]) },
        inputKernel: slopes.inputWeight.doubles, outputKernel: slopes.outputWeight.doubles)
    }
  }

  @Test("kernels agree with the reference", arguments: Engine.cases(cases, onDevice: [1, 2]))
  func kernels(engine: Engine, sizes: Case) throws {
    let problem = Problem(sizes)
    let (results, reference) = (try problem.results(on: engine), problem.reference)
    #expect(maxRelative(results[0].doubles, reference.multipliers.map(\.real) + reference.multipliers.map(\.imaginary)) < 1e-7)
    #expect(maxRelative(results[1].doubles, reference.inputKernel) < 1e-6)
    #expect(maxRelative(results[2].doubles, reference.outputKernel) < 1e-6)
    #expect(results.prefix(3).map(\.shape) == problem.slopes.tensors.map(\.shape))
  }

  @Test("gradients agree with the reference", arguments: Engine.cases(cases, onDevice: [1, 2]))
  func gradients(engine: Engine, sizes: Case) throws {
    let problem = Problem(sizes)
    let (gradients, expected) = (Array(try problem.results(on: engine).dropFirst(3)), problem.expectedGradient)
    let parts = [expected.decay, expected.frequency, expected.logTimestep, expected.inputWeights, expected.outputWeights]
    for (gradient, expected) in zip(gradients, parts) { #expect(maxRelative(gradient.doubles, expected.map { $0 + 2 }) < 3e-6) }
    for mode in stride(from: 2, to: sizes.modes, by: 3) { #expect(gradients[0].values()[mode] == 2) }
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let problem = Problem(Case(modes: 33, width: 9, kernel: 3, exponent: -4))
    #expect(
      isIndependentOfThreads {
        problem.kernels().tensors + problem.gradients().tensors
      })
  }
}

extension ConvolutionalSystem.Parameters {
  fileprivate var tensors: [Tensor] { [decay, frequency, logTimestep, inputWeights, outputWeights] }
}

extension ConvolutionalSystem.Kernels {
  fileprivate var tensors: [Tensor] { [multipliers, inputWeight, outputWeight] }
}
