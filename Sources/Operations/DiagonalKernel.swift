import Arrays
import ComplexModule

/// The impulse response of diagonal state space models: K[c, h, l] = 2 Re Σ_n C[c, h, n]·B̄[h, n]·λ̄[h, n]^l.
///
/// The [H, N, L] array of powers is never formed. Per-mode numbers are computed in Double, exactly where |λΔ| is tiny; the powers are taken in
/// blocks of 64 steps, λ̄^(64b + j) = λ̄^(64b)·λ̄^j, the first factor in Double once a block, the second from a table of floats.
///
/// - Source: S4D (Gu et al., 2022), kernels of state-spaces/s4; gradients derived here, checked against golden case 01.
package enum DiagonalKernel {
  package enum Discretization: Sendable { case zeroOrderHold, bilinear }
  package enum TimestepTransform: Sendable { case log, softplus }

  package struct Options: Sendable {
    package var discretization: Discretization
    package var timestepTransform: TimestepTransform
    /// λ = −exp(a) + sign·iω: −1 in the pipeline's kernel, +1 in the stand-alone one.
    package var frequencySign: Double
    /// Factor on every time step: r when the input keeps each r-th sample only.
    package var samplingRate: Double

    package init(
      discretization: Discretization = .zeroOrderHold, timestepTransform: TimestepTransform = .log, frequencySign: Double = 1,
      samplingRate: Double = 1
    ) {
      self.discretization = discretization
      self.timestepTransform = timestepTransform
      self.frequencySign = frequencySign
      self.samplingRate = samplingRate
    }
  }

  /// The stored parameters, or their gradients. H channels, N modes, S rows of poles with S dividing H; channel h uses row h mod S.
  package struct Parameters {
    /// [H]: log Δ or the inverse softplus of Δ.
    package var timestep: Tensor
    /// [S, N]: log(−Re λ).
    package var decay: Tensor
    /// [S, N]: ω = sign·Im λ.
    package var frequency: Tensor
    /// [S, N, 2]: B as (re, im); nil means 1.
    package var inputWeights: Tensor?
    /// [directions, H, N, 2]: C as (re, im).
    package var outputWeights: Tensor

    package init(timestep: Tensor, decay: Tensor, frequency: Tensor, inputWeights: Tensor? = nil, outputWeights: Tensor) {
      self.timestep = timestep
      self.decay = decay
      self.frequency = frequency
      self.inputWeights = inputWeights
      self.outputWeights = outputWeights
    }

    var directions: Int { outputWeights.shape[0] }
    var width: Int { timestep.count }
    var systemCount: Int { decay.shape[0] }
    var modeCount: Int { decay.shape[1] }

    func checkShapes() {
      let modes = decay.shape
      precondition(
        modes.count == 2 && width % max(1, modes[0]) == 0 && frequency.shape == modes
          && outputWeights.shape == [directions, width, modes[1], 2] && (inputWeights?.shape ?? modes + [2]) == modes + [2],
        "DiagonalKernel: timestep \(timestep.shape), decay \(modes), frequency \(frequency.shape), "
          + "inputWeights \(inputWeights?.shape ?? []), outputWeights \(outputWeights.shape)")
    }
  }

  /// The kernel, shape [directions, H, L].
  package static func forward(_ parameters: Parameters, length: Int, options: Options) -> Tensor {
    parameters.checkShapes()
    let kernel = Tensor(uninitialized: [parameters.directions, parameters.width, length])
    let (width, modeCount, directions) = (parameters.width, parameters.modeCount, parameters.directions)
    let reader = ModeReader(parameters, options)
    let output = Shared(kernel.elements)
    Parallel.forEach(width) { channel in
      let modes = (0..<modeCount).map { reader.mode(channel: channel, index: $0) }
      let powers = PowerTable(modes.map(\.discretePole), withDerivative: false)
      for direction in 0..<directions {
        let weights = modes.indices.map { reader.weight(modes[$0], direction: direction, channel: channel, index: $0) }
        powers.sumSeries(weights: weights, into: output.pointer + (direction * width + channel) * length, length: length)
      }
    }
    return kernel
  }

  /// Adds the gradients of Σ K·kernelGradient to `gradients`, whose fields have the parameters' shapes.
  package static func backward(kernelGradient: Tensor, _ parameters: Parameters, options: Options, gradients: Parameters) {
    parameters.checkShapes()
    gradients.checkShapes()
    let (width, modeCount, directions) = (parameters.width, parameters.modeCount, parameters.directions)
    let length = kernelGradient.count / max(1, directions * width)
    precondition(kernelGradient.shape == [directions, width, length], "DiagonalKernel: kernel gradient \(kernelGradient.shape)")
    let reader = ModeReader(parameters, options)
    var contributions = [ModeGradient](repeating: ModeGradient(), count: width * modeCount)
    contributions.withUnsafeMutableBufferPointer { buffer in
      let results = Shared(buffer.baseAddress!)
      let upstream = Shared(kernelGradient.elements)
      let outputGradients = Shared(gradients.outputWeights.elements)
      Parallel.forEach(width) { channel in
        let modes = (0..<modeCount).map { reader.mode(channel: channel, index: $0) }
        let powers = PowerTable(modes.map(\.discretePole), withDerivative: true)
        for direction in 0..<directions {
          let row = direction * width + channel
          let moments = powers.moments(of: upstream.pointer + row * length, length: length)
          for index in 0..<modeCount {
            let outputWeight = reader.outputWeight(direction: direction, channel: channel, index: index)
            let mode = modes[index]
            let place = 2 * (row * modeCount + index)
            let slope = 2.0 * moments[index].sum * mode.inputWeight * mode.gain
            outputGradients[place] += Float(slope.real)
            outputGradients[place + 1] -= Float(slope.imaginary)
            results[channel * modeCount + index].add(moments[index], mode: mode, outputWeight: outputWeight)
          }
        }
      }
    }
    reader.accumulate(contributions, into: gradients)
  }
}
