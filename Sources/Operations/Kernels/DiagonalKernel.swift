import Accelerators
import Vocabulary

/// The impulse response of diagonal state space models: K[c, h, l] = 2 Re Σ_n C[c, h, n]·B̄[h, n]·λ̄[h, n]^l.
///
/// The [H, N, L] array of powers is never formed. Numbers of modes are computed in Double, eight modes at once and exactly where |λΔ| is
/// tiny; the powers are taken in blocks of 64 steps, λ̄^(64b + j) = λ̄^(64b)·λ̄^j, the first factor in Double once a block, the second from a
/// table of floats, and the sums over modes or steps are products of small matrices on one BLAS thread.
///
/// - Source: S4D (Gu et al., 2022), kernels of state-spaces/s4; DFouT (2025), Section 4.2. Gradients derived here, checked against golden
///   case 01 and against the twins in Double.
package enum DiagonalKernel {
  /// How stored numbers become discrete modes.
  package enum Poles: Sendable, Equatable {
    /// λ = −exp(a) + iω, taken to discrete time with the step Δ.
    case continuous(Discretization)
    /// λ̄ = exp(−ξ/2 + iΩ), where ξ stands in the place of Δ and Ω in that of ω. B̄ = B·ξ·(λ̄ − 1)/log λ̄, or B where the input is a unit.
    case dampedFourier(hasUnitInput: Bool)
  }

  package struct Options: Sendable {
    package var poles: Poles
    package var timestepTransform: TimestepTransform
    /// Sign of the stored frequency: −1 in the pipeline's kernel, +1 elsewhere.
    package var frequencySign: Double
    /// 2 where one mode of each conjugate pair is stored; 1 where all are.
    package var outputFactor: Double
    /// r when the input keeps each r-th sample only: factor on every time step, or on ξ and Ω.
    package var samplingRate: Double

    package init(
      poles: Poles = .continuous(.zeroOrderHold), timestepTransform: TimestepTransform = .log, frequencySign: Double = 1,
      outputFactor: Double = 2, samplingRate: Double = 1
    ) {
      self.poles = poles
      self.timestepTransform = timestepTransform
      self.frequencySign = frequencySign
      self.outputFactor = outputFactor
      self.samplingRate = samplingRate
    }
  }

  /// The stored parameters, or their gradients. H channels, N modes, S rows of poles with S dividing H; channel h uses row h mod S.
  package struct Parameters {
    /// [H]: log Δ or the inverse softplus of Δ; of damped Fourier modes the same of ξ.
    package var timestep: Tensor
    /// [S, N]: log(−Re λ); nil for damped Fourier modes.
    package var decay: Tensor?
    /// [S, N]: ω = sign·Im λ, or Ω in radians a step.
    package var frequency: Tensor
    /// [S, N, 2]: B as (re, im); nil means 1.
    package var inputWeights: Tensor?
    /// [directions, H, N, 2]: C as (re, im).
    package var outputWeights: Tensor

    package init(timestep: Tensor, decay: Tensor?, frequency: Tensor, inputWeights: Tensor? = nil, outputWeights: Tensor) {
      self.timestep = timestep
      self.decay = decay
      self.frequency = frequency
      self.inputWeights = inputWeights
      self.outputWeights = outputWeights
    }

    var directions: Int { outputWeights.shape[0] }
    var width: Int { timestep.count }
    var systemCount: Int { frequency.shape[0] }
    var modeCount: Int { frequency.shape[1] }

    func checkShapes() {
      let modes = frequency.shape
      precondition(
        modes.count == 2 && width % max(1, modes[0]) == 0 && (decay?.shape ?? modes) == modes
          && outputWeights.shape == [directions, width, modes[1], 2] && (inputWeights?.shape ?? modes + [2]) == modes + [2],
        "DiagonalKernel: timestep \(timestep.shape), decay \(decay?.shape ?? []), frequency \(modes), "
          + "inputWeights \(inputWeights?.shape ?? []), outputWeights \(outputWeights.shape)")
    }
  }

  /// The kernel, shape [directions, H, L].
  package static func forward(_ parameters: Parameters, length: Int, options: Options) -> Tensor {
    parameters.checkShapes()
    if let program = Program.recording(parameters.timestep, parameters.outputWeights) {
      return record(program, parameters, length: length, options: options)
    }
    let kernel = Tensor(uninitialized: [parameters.directions, parameters.width, length])
    let (width, directions) = (parameters.width, parameters.directions)
    let reader = ModeReader(parameters, options)
    let output = Shared(kernel.elements)
    Parallel.forEachChunk(of: width, size: chunkSize(length: length)) { _, channels in
      var modes: [DiagonalModes] = []
      var powers = PowerTable(groupCount: reader.groupCount, length: length)
      var weights = [ComplexLanes](repeating: .zero, count: reader.groupCount)
      for channel in channels {
        reader.read(channel, into: &modes)
        powers.tabulate(modes, turned: true)
        for direction in 0..<directions {
          for group in modes.indices {
            let outputWeight = reader.outputWeight(direction: direction, channel: channel, group: group)
            weights[group] = outputWeight * modes[group].inputWeight * modes[group].gain
          }
          powers.sumSeries(weights: &weights, into: output.pointer + (direction * width + channel) * length)
        }
      }
    }
    return kernel
  }

  /// Adds the gradients of Σ K·kernelGradient to `gradients`, whose fields have the parameters' shapes.
  package static func backward(kernelGradient: Tensor, _ parameters: Parameters, options: Options, gradients: Parameters) {
    parameters.checkShapes()
    gradients.checkShapes()
    let (width, directions) = (parameters.width, parameters.directions)
    let length = kernelGradient.count / max(1, directions * width)
    precondition(kernelGradient.shape == [directions, width, length], "DiagonalKernel: kernel gradient \(kernelGradient.shape)")
    if let program = Program.recording(kernelGradient, parameters.timestep) {
      return recordBackward(program, kernelGradient: kernelGradient, parameters, options: options, gradients: gradients)
    }
    let reader = ModeReader(parameters, options)
    let writer = ModeGradientWriter(gradients, reader)
    // Left as it is: each channel sets its own part.
    let contributions = UnsafeMutablePointer<ModeGradients>.allocate(capacity: width * reader.groupCount)
    defer { contributions.deallocate() }
    let results = Shared(contributions)
    let upstream = Shared(kernelGradient.elements)
    Parallel.forEachChunk(of: width, size: chunkSize(length: length)) { _, channels in
      var modes: [DiagonalModes] = []
      var powers = PowerTable(groupCount: reader.groupCount, length: length)
      var moments = [SeriesMoments](repeating: SeriesMoments(), count: reader.groupCount)
      for channel in channels {
        reader.read(channel, into: &modes)
        powers.tabulate(modes, turned: false)
        let contributions = results.pointer + channel * reader.groupCount
        contributions.initialize(repeating: ModeGradients(), count: reader.groupCount)
        for direction in 0..<directions {
          powers.moments(of: upstream.pointer + (direction * width + channel) * length, into: &moments)
          for group in modes.indices {
            let outputWeight = reader.outputWeight(direction: direction, channel: channel, group: group)
            contributions[group].add(moments[group], modes: modes[group], outputWeight: outputWeight)
            writer.addOutputWeight(moments[group].sum, modes[group], direction: direction, channel: channel, group: group)
          }
        }
        writer.addTimestep(contributions, channel: channel)
      }
    }
    writer.addPoles(results.pointer)
  }

  /// Channels that use the same table one after the other: about 8192 steps of work, and few enough for many cores.
  private static func chunkSize(length: Int) -> Int { min(8, max(1, 8192 / max(1, length))) }
}
