import Arrays
import ComplexModule
import Foundation
import Operations
import ReferenceModels
import StateSpace
import TestSupport
import Testing

/// The kernel's variants against the slow twin, and its gradients against difference quotients of that twin.
@Suite struct DiagonalKernelTests {
  struct Variant: CustomTestStringConvertible, Sendable {
    var directions: Int
    var width: Int
    var systemCount: Int
    var modeCount: Int
    var length: Int
    var isBilinear = false
    var usesSoftplus = false
    var frequencySign = 1.0
    var hasInputWeights = false
    var samplingRate = 1
    var isDampedFourier = false
    var hasUnitInput = false
    var outputFactor = 2.0

    var testDescription: String {
      "\(directions)x\(width)x\(modeCount) L=\(length) rows \(systemCount) bilinear \(isBilinear) softplus \(usesSoftplus) "
        + "sign \(frequencySign) B \(hasInputWeights) rate \(samplingRate) "
        + "Fourier \(isDampedFourier) unit \(hasUnitInput) factor \(outputFactor)"
    }

    var reference: ReferenceDiagonalKernel {
      var reference = ReferenceDiagonalKernel(directions: directions, width: width, systemCount: systemCount, modeCount: modeCount)
      reference.discretization = isBilinear ? .bilinear : .zeroOrderHold
      reference.usesSoftplus = usesSoftplus
      reference.isMinimal = frequencySign > 0
      reference.hasInputWeights = hasInputWeights
      reference.samplingRate = samplingRate
      if isDampedFourier {
        reference.dampedFourier = .init(inputFactor: hasUnitInput ? .unit : .zeroOrderHold, outputFactor: outputFactor)
      }
      return reference
    }

    /// The twin's kernels of one flat vector of parameters.
    func kernel(_ flat: [Double]) -> [Double] {
      reference.kernels(parts(flat), length: length).flatMap { $0.flatMap { $0 } }
    }

    private func parts(_ flat: [Double]) -> [[Double]] {
      var start = 0
      return reference.parameterCounts.map { count in
        defer { start += count }
        return Array(flat[start..<start + count])
      }
    }

    var options: DiagonalKernel.Options {
      DiagonalKernel.Options(
        poles: isDampedFourier ? .dampedFourier(hasUnitInput: hasUnitInput) : .continuous(isBilinear ? .bilinear : .zeroOrderHold),
        timestepTransform: usesSoftplus ? .softplus : .log, frequencySign: frequencySign, outputFactor: outputFactor,
        samplingRate: Double(samplingRate))
    }

    /// Parameters as one flat vector, exactly representable in float32.
    func flatParameters() -> [Double] {
      var stream = RandomStream(seed: 11, purpose: .testing)
      let ranges: [Range<Double>] = [-4 ..< -1] + (isDampedFourier ? [] : [-1.5..<0.5]) + [0..<6, -1..<1, -1..<1]
      return zip(reference.parameterCounts, ranges).flatMap { count, range in
        (0..<count).map { _ in Double(Float(stream.uniform(range))) }
      }
    }

    func parameters(_ flat: [Double]) -> DiagonalKernel.Parameters {
      let parts = parts(flat).map { $0.map { Float($0) } }
      let (modes, count) = ([systemCount, modeCount], parts.count)
      return DiagonalKernel.Parameters(
        timestep: Tensor([width], values: parts[0]), decay: isDampedFourier ? nil : Tensor(modes, values: parts[1]),
        frequency: Tensor(modes, values: parts[isDampedFourier ? 1 : 2]),
        inputWeights: hasInputWeights ? Tensor(modes + [2], values: parts[count - 2]) : nil,
        outputWeights: Tensor([directions, width, modeCount, 2], values: parts[count - 1]))
    }
  }

  static let variants = [
    Variant(directions: 1, width: 1, systemCount: 1, modeCount: 1, length: 1),
    Variant(directions: 1, width: 3, systemCount: 3, modeCount: 2, length: 63, isBilinear: true),
    Variant(
      directions: 2, width: 4, systemCount: 2, modeCount: 3, length: 65, usesSoftplus: true, frequencySign: -1, hasInputWeights: true),
    Variant(
      directions: 2, width: 3, systemCount: 1, modeCount: 5, length: 200, isBilinear: true, usesSoftplus: true, hasInputWeights: true),
    Variant(directions: 1, width: 2, systemCount: 2, modeCount: 4, length: 128, samplingRate: 2),
    Variant(directions: 2, width: 3, systemCount: 3, modeCount: 4, length: 100, isDampedFourier: true),
    Variant(directions: 1, width: 2, systemCount: 2, modeCount: 3, length: 70, isDampedFourier: true, hasUnitInput: true, outputFactor: 1),
    Variant(directions: 1, width: 2, systemCount: 2, modeCount: 3, length: 40, usesSoftplus: true, samplingRate: 2, isDampedFourier: true),
    Variant(
      directions: 2, width: 3, systemCount: 3, modeCount: 10, length: 90, hasInputWeights: true, samplingRate: 2, isDampedFourier: true),
    Variant(
      directions: 1, width: 2, systemCount: 2, modeCount: 3, length: 70, hasInputWeights: true, isDampedFourier: true, hasUnitInput: true,
      outputFactor: 1),
    // More modes than one group of eight, and lengths about the panel of 4096 steps.
    Variant(directions: 1, width: 9, systemCount: 3, modeCount: 8, length: 64),
    Variant(directions: 2, width: 2, systemCount: 1, modeCount: 17, length: 4095),
    Variant(directions: 1, width: 1, systemCount: 1, modeCount: 9, length: 4161, hasInputWeights: true),
  ]

  @Test("forward equals the slow twin", arguments: Engine.cases(variants, onDevice: [0, 1, 2, 3, 4, 7, 9, 11]))
  func forward(engine: Engine, variant: Variant) throws {
    let flat = variant.flatParameters()
    let parameters = variant.parameters(flat)
    let kernel = try engine.run(parameters.tensors) {
      [DiagonalKernel.forward(parameters, length: variant.length, options: variant.options)]
    }[0]
    // float32 powers and sums over few modes.
    #expect(maxRelative(kernel.values().map(Double.init), variant.kernel(flat)) < 3e-6)
  }

  @Test("backward equals difference quotients of the slow twin", arguments: Engine.cases(variants, onDevice: [0, 1, 2, 3, 4, 5, 6, 8]))
  func backward(engine: Engine, variant: Variant) throws {
    let flat = variant.flatParameters()
    var stream = RandomStream(seed: 5, purpose: .testing)
    let shape = [variant.directions, variant.width, variant.length]
    let upstream = (0..<shape.reduce(1, *)).map { _ in Double(Float(stream.normal())) }
    let (parameters, gradients) = (variant.parameters(flat), variant.parameters([Double](repeating: 0, count: flat.count)))
    let kernelGradient = Tensor(shape, values: upstream.map { Float($0) })
    _ = try engine.run([kernelGradient] + parameters.tensors + gradients.tensors) {
      DiagonalKernel.backward(kernelGradient: kernelGradient, parameters, options: variant.options, gradients: gradients)
      return []
    }
    let analytic = gradients.tensors.flatMap(\.doubles)
    let numeric = flat.indices.map { index in
      func loss(_ shift: Double) -> Double {
        var shifted = flat
        shifted[index] += shift
        return dotProduct(variant.kernel(shifted), upstream)
      }
      // Fourth-order differences: errors near 1e-10, far below those of float32.
      let step = 1e-3
      return (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * step)
    }
    #expect(maxRelative(analytic, numeric) < 2e-5)
  }

  @Test("input weights of one give the bits of none", arguments: variants.filter(\.hasInputWeights))
  func unitInputWeights(variant: Variant) throws {
    var parameters = variant.parameters(variant.flatParameters())
    let ones = (0..<variant.systemCount * variant.modeCount).flatMap { _ -> [Float] in [1, 0] }
    parameters.inputWeights = Tensor([variant.systemCount, variant.modeCount, 2], values: ones)
    let kernel = DiagonalKernel.forward(parameters, length: variant.length, options: variant.options)
    parameters.inputWeights = nil
    #expect(DiagonalKernel.forward(parameters, length: variant.length, options: variant.options).values() == kernel.values())
  }

  /// Tiny |λΔ| and a kernel that has not died out after 65536 steps: errors of powers would show.
  @Test("long kernels and slow modes: kernel and gradients against the definition in Double", arguments: Engine.all, [1e-7, 1e-4, 1e-2])
  func longKernel(engine: Engine, timestep: Double) throws {
    let (length, modeCount) = (65536, 12)
    var stream = RandomStream(seed: 17, purpose: .testing)
    func floats(_ count: Int, _ range: Range<Double>) -> [Float] { (0..<count).map { _ in Float(stream.uniform(range)) } }
    let logTimestep = Float(log(timestep))
    let (decays, frequencies, weights) = (floats(modeCount, -8 ..< -2), floats(modeCount, 0..<100), floats(2 * modeCount, -1..<1))
    let upstream = floats(length, -1..<1)
    let parameters = DiagonalKernel.Parameters(
      timestep: Tensor([1], values: [logTimestep]), decay: Tensor([1, modeCount], values: decays),
      frequency: Tensor([1, modeCount], values: frequencies), outputWeights: Tensor([1, 1, modeCount, 2], values: weights))
    let system = DiagonalSystem(
      poles: zip(decays, frequencies).map { Complex(-exp(Double($0)), Double($1)) },
      outputWeights: (0..<modeCount).map { Complex(Double(weights[2 * $0]), Double(weights[2 * $0 + 1])) },
      timestep: exp(Double(logTimestep)))
    let gradients = DiagonalKernel.Parameters(
      timestep: .zeros([1]), decay: .zeros([1, modeCount]), frequency: .zeros([1, modeCount]), outputWeights: .zeros([1, 1, modeCount, 2]))
    let kernelGradient = Tensor([1, 1, length], values: upstream)
    let kernel = try engine.run([kernelGradient] + parameters.tensors + gradients.tensors) {
      DiagonalKernel.backward(kernelGradient: kernelGradient, parameters, options: .init(), gradients: gradients)
      return [DiagonalKernel.forward(parameters, length: length, options: .init())]
    }[0]
    #expect(maxRelative(kernel.doubles, system.kernel(length: length)) < 1e-6)
    let expected = DiagonalKernelGradient(of: system, kernelGradient: upstream.map(Double.init))
    let tolerance = 2e-6
    #expect(maxRelative(gradients.timestep.values().map(Double.init), [expected.logTimestep]) < tolerance)
    #expect(maxRelative(try #require(gradients.decay).values().map(Double.init), expected.logNegativeRealPoles) < tolerance)
    #expect(maxRelative(gradients.frequency.values().map(Double.init), expected.imaginaryPoles) < tolerance)
    #expect(
      maxRelative(gradients.outputWeights.values().map(Double.init), expected.outputWeights.flatMap { [$0.real, $0.imaginary] })
        < tolerance)
  }

  @Test("any number of threads gives the same bits", arguments: [2, 8, 11, 12])
  func threads(variant: Int) {
    let variant = Self.variants[variant]
    let parameters = variant.parameters(variant.flatParameters())
    #expect(
      isIndependentOfThreads {
        let kernel = DiagonalKernel.forward(parameters, length: variant.length, options: variant.options)
        let gradients = variant.parameters([Double](repeating: 0, count: variant.flatParameters().count))
        DiagonalKernel.backward(kernelGradient: kernel, parameters, options: variant.options, gradients: gradients)
        return [kernel] + gradients.tensors
      })
  }

  @Test("the kernel is a linear recurrence: convolution equals stepping the states")
  func recurrence() {
    let variant = Self.variants[1]
    let flat = variant.flatParameters()
    let kernel = DiagonalKernel.forward(variant.parameters(flat), length: variant.length, options: variant.options)
    var stream = RandomStream(seed: 9, purpose: .testing)
    let input = Tensor([2, 3, variant.length], values: (0..<6 * variant.length).map { _ in Float(stream.normal()) })
    let skip = Tensor([3], values: [0.5, -1, 2])
    let output = LongConvolution.forward(input, kernel: kernel, skip: skip)
    let expected = ReferenceConvolution(
      kernel: variant.kernel(flat), directions: 1, skip: [0.5, -1, 2], width: 3, length: variant.length)
    #expect(maxRelative(output.doubles, expected.forward(input.doubles, length: variant.length)) < 5e-6)
  }
}

extension DiagonalKernel.Parameters {
  /// All that there are.
  fileprivate var tensors: [Tensor] { [timestep, decay, frequency, inputWeights, outputWeights].compactMap { $0 } }
}
