import ComplexModule
import Foundation
import StateSpace
import Vocabulary

/// Diagonal modes in Double, as the layers of S4D, TFB and DFouT store them, and TFB's filter behind them.
package struct ReferenceDiagonalKernel: ReferenceKernel {
  /// Modes exp(−ξ/2 + iΩ) without decays.
  package struct DampedFourier: Sendable {
    package var inputFactor: FourierInputFactor
    package var outputFactor: Double

    package init(inputFactor: FourierInputFactor, outputFactor: Double) {
      self.inputFactor = inputFactor
      self.outputFactor = outputFactor
    }
  }

  /// 1 or 2; the second direction has output weights of its own.
  package var directions: Int
  /// H.
  package var width: Int
  /// Rows of poles, which the channels share in turn.
  package var systemCount: Int
  /// N.
  package var modeCount: Int
  /// The stand-alone script's arrays: `log_dt`, `log_A_real` and +Im λ; else the pipeline's `inv_dt`, `A_real` and −Im λ.
  package var isMinimal = true
  package var discretization = Discretization.zeroOrderHold
  package var usesSoftplus = false
  package var hasInputWeights = false
  /// r when the input keeps every r-th sample only.
  package var samplingRate = 1
  package var dampedFourier: DampedFourier?
  /// What the filter raises to its exponents `s`; nil is no filter.
  package var filter: FilterWeighting?

  package init(directions: Int = 1, width: Int, systemCount: Int? = nil, modeCount: Int) {
    self.directions = directions
    self.width = width
    self.systemCount = systemCount ?? width
    self.modeCount = modeCount
  }

  package var parameterNames: [String] {
    let names = isMinimal ? ["log_dt", "log_A_real", "A_imag"] : ["inv_dt", "A_real", "A_imag"]
    return (dampedFourier == nil ? names : ["log_xi", "angles"]) + (hasInputWeights ? ["B"] : []) + ["C"] + (filter == nil ? [] : ["s"])
  }

  /// How many numbers each array has.
  package var parameterCounts: [Int] {
    let modes = systemCount * modeCount
    return [width] + (dampedFourier == nil ? [modes, modes] : [modes]) + (hasInputWeights ? [2 * modes] : [])
      + [2 * directions * width * modeCount] + (filter == nil ? [] : [width])
  }

  /// The systems, shape [directions][H].
  package func systems(_ parameters: [[Double]]) -> [[DiagonalSystem]] {
    let inputWeights = hasInputWeights ? Rows.complex(parameters[3]) : []
    let outputWeights = Rows.complex(parameters[hasInputWeights ? 4 : 3])
    return (0..<directions).map { direction in
      (0..<width).map { channel in
        let modes = modes(channel)
        let start = (direction * width + channel) * modeCount
        return DiagonalSystem(
          poles: modes.map { Complex(-exp(parameters[1][$0]), frequencySign * parameters[2][$0]) },
          inputWeights: hasInputWeights ? Array(inputWeights[modes]) : nil, outputWeights: Array(outputWeights[start..<start + modeCount]),
          timestep: Double(samplingRate) * timestep(parameters[0][channel]), discretization: discretization)
      }
    }
  }

  /// The kernels before the filter, shape [directions][H][L].
  package func kernels(_ parameters: [[Double]], length: Int) -> [[[Double]]] {
    let systems = discreteSystems(parameters)
    return systems.map { $0.map { Self.kernel($0, length: length) } }
  }

  package func circles(_ parameters: [[Double]], length: Int) -> [[Double]] {
    let unfiltered = unfilteredCircles(parameters, length: length)
    return filters(parameters).map { zip($0, unfiltered).map { $0.forward($1) } } ?? unfiltered
  }

  /// - Precondition: continuous systems.
  package func gradients(_ parameters: [[Double]], circleGradient: [[Double]], length: Int) -> [[Double]] {
    precondition(dampedFourier == nil, "ReferenceDiagonalKernel: no gradients of damped Fourier modes")
    var result = parameters.map { $0.map { _ in 0.0 } }
    var slopes = circleGradient
    if let filters = filters(parameters) {
      let unfiltered = unfilteredCircles(parameters, length: length)
      let filtered = filters.indices.map { filters[$0].backward(outputGradient: slopes[$0], kernel: unfiltered[$0]) }
      slopes = filtered.map(\.kernel)
      result[result.count - 1] = filtered.map(\.exponent)
    }
    for (direction, systems) in systems(parameters).enumerated() {
      for (channel, system) in systems.enumerated() {
        let slope = direction == 0 ? Array(slopes[channel].prefix(length)) : slopes[channel].suffix(length).reversed()
        let gradient = DiagonalKernelGradient(of: system, kernelGradient: slope)
        result[0][channel] += gradient.logTimestep * logarithmSlope(parameters[0][channel])
        for (mode, place) in modes(channel).enumerated() {
          result[1][place] += gradient.logNegativeRealPoles[mode]
          result[2][place] += frequencySign * gradient.imaginaryPoles[mode]
          if hasInputWeights { Self.add(gradient.inputWeights[mode], to: &result[3], at: place) }
          let weight = (direction * width + channel) * modeCount + mode
          Self.add(gradient.outputWeights[mode], to: &result[hasInputWeights ? 4 : 3], at: weight)
        }
      }
    }
    return result
  }

  private static func add(_ value: Complex<Double>, to pairs: inout [Double], at index: Int) {
    pairs[2 * index] += value.real
    pairs[2 * index + 1] += value.imaginary
  }

  private func discreteSystems(_ parameters: [[Double]]) -> [[DiscreteSystem]] {
    guard let dampedFourier else { return systems(parameters).map { $0.map(\.discrete) } }
    let inputWeights = hasInputWeights ? Rows.complex(parameters[2]) : []
    let outputWeights = Rows.complex(parameters[hasInputWeights ? 3 : 2])
    return (0..<directions).map { direction in
      (0..<width).map { channel in
        let (modes, start) = (modes(channel), (direction * width + channel) * modeCount)
        let system = DampedFourierSystem(
          damping: timestep(parameters[0][channel]), angles: Array(parameters[1][modes]),
          inputWeights: hasInputWeights ? Array(inputWeights[modes]) : nil,
          outputWeights: Array(outputWeights[start..<start + modeCount]), inputFactor: dampedFourier.inputFactor,
          outputFactor: dampedFourier.outputFactor)
        return system.resampled(every: samplingRate).discrete
      }
    }
  }

  /// Every power by one more product.
  private static func kernel(_ system: DiscreteSystem, length: Int) -> [Double] {
    var kernel = [Double](repeating: 0, count: length)
    for mode in system.modes {
      var term = Complex(system.outputFactor) * mode.outputWeight * mode.inputWeight
      for step in 0..<length {
        kernel[step] += term.real
        term *= mode.pole
      }
    }
    return kernel
  }

  private func unfilteredCircles(_ parameters: [[Double]], length: Int) -> [[Double]] {
    let kernels = kernels(parameters, length: length)
    return (0..<width).map {
      DirectConvolution.circle(forward: kernels[0][$0], backward: directions == 2 ? kernels[1][$0] : nil)
    }
  }

  private func filters(_ parameters: [[Double]]) -> [ReferenceSobolevFilter]? {
    filter.map { weighting in (parameters.last ?? []).map { ReferenceSobolevFilter(weighting: weighting, exponent: $0) } }
  }

  private var frequencySign: Double { isMinimal ? 1 : -1 }

  /// The places of a channel's modes in arrays of poles.
  private func modes(_ channel: Int) -> Range<Int> {
    let row = channel % systemCount
    return row * modeCount..<(row + 1) * modeCount
  }

  /// Δ or ξ from its stored form.
  private func timestep(_ stored: Double) -> Double { usesSoftplus ? log(1 + exp(stored)) : exp(stored) }

  /// d log Δ by the stored form.
  private func logarithmSlope(_ stored: Double) -> Double { usesSoftplus ? 1 / (1 + exp(-stored)) / timestep(stored) : 1 }
}
