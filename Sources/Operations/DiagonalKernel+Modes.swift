import Arrays

/// Eight modes of one channel after discretisation, with the derivatives that the chain rule needs.
///
/// λ is the pole, or iΩ of a damped Fourier mode; Δ is the time step, or ξ.
struct DiagonalModes {
  var inputWeight: ComplexLanes
  /// z = λ̄.
  var discretePole: ComplexLanes
  /// g in B̄ = B·g.
  var gain: ComplexLanes
  /// ∂z/∂λ, ∂z/∂Δ, ∂g/∂λ, ∂g/∂Δ.
  var discretePoleByPole: ComplexLanes
  var discretePoleByTimestep: ComplexLanes
  var gainByPole: ComplexLanes
  var gainByTimestep: ComplexLanes
}

/// Sums over time of an upstream gradient G: Σ G[l]·z^l and its derivative Σ G[l]·l·z^(l−1).
struct SeriesMoments {
  var sum = ComplexLanes.zero
  var derivative = ComplexLanes.zero
}

/// What eight modes of one channel add to the gradients of λ, B and Δ (holomorphic derivatives of Σ G·c·B·g·z^l with c = factor·C).
struct ModeGradients {
  var pole = ComplexLanes.zero
  var inputWeight = ComplexLanes.zero
  var timestep = SIMD8<Double>.zero

  /// - Parameter outputWeight: c.
  mutating func add(_ moments: SeriesMoments, modes: DiagonalModes, outputWeight: ComplexLanes) {
    let coefficient = outputWeight * modes.inputWeight
    let weighted = coefficient * modes.gain * moments.derivative
    let summed = coefficient * moments.sum
    pole += summed * modes.gainByPole + weighted * modes.discretePoleByPole
    inputWeight += outputWeight * modes.gain * moments.sum
    timestep += (summed * modes.gainByTimestep + weighted * modes.discretePoleByTimestep).real
  }
}

/// Reads stored parameters as modes, eight at a time, and carries gradients of modes back to the stored form.
///
/// Lanes beyond the last mode hold parameters 0, so finite modes without weight.
struct ModeReader: @unchecked Sendable {
  private let parameters: DiagonalKernel.Parameters
  private let options: DiagonalKernel.Options
  private let modeCount: Int
  private let systemCount: Int

  var groupCount: Int { (modeCount + ComplexLanes.count - 1) / ComplexLanes.count }

  init(_ parameters: DiagonalKernel.Parameters, _ options: DiagonalKernel.Options) {
    self.parameters = parameters
    self.options = options
    modeCount = parameters.modeCount
    systemCount = parameters.systemCount
  }

  /// All modes of a channel.
  func modes(channel: Int) -> [DiagonalModes] {
    let timestep = self.timestep(channel)
    let row = channel % systemCount
    return (0..<groupCount).map { group in
      let inputWeight = parameters.inputWeights.map { complex($0, row: row, group: group) } ?? ComplexLanes(1)
      let frequency = options.frequencySign * real(parameters.frequency, row: row, group: group)
      switch options.poles {
      case .continuous(let discretization):
        let pole = ComplexLanes(real: realPart(row: row, group: group), imaginary: frequency)
        return discretization == .zeroOrderHold
          ? Self.zeroOrderHold(pole, timestep, inputWeight) : Self.bilinear(pole, timestep, inputWeight)
      case .dampedFourier(let hasUnitInput):
        return dampedFourier(angle: options.samplingRate * frequency, damping: timestep, hasUnitInput, inputWeight)
      }
    }
  }

  private static func zeroOrderHold(_ pole: ComplexLanes, _ timestep: Double, _ inputWeight: ComplexLanes) -> DiagonalModes {
    // g = Δ·φ(x), φ(x) = (eˣ − 1)/x.
    let x = timestep * pole
    let discretePole = ComplexLanes.exponential(x)
    let (value, slope) = ExponentialQuotient.valueAndSlope(x, exponential: discretePole)
    return DiagonalModes(
      inputWeight: inputWeight, discretePole: discretePole, gain: timestep * value, discretePoleByPole: timestep * discretePole,
      discretePoleByTimestep: pole * discretePole, gainByPole: (timestep * timestep) * slope, gainByTimestep: discretePole)
  }

  private static func bilinear(_ pole: ComplexLanes, _ timestep: Double, _ inputWeight: ComplexLanes) -> DiagonalModes {
    let half = (0.5 * timestep) * pole
    let reciprocal = (ComplexLanes(1) - half).reciprocal
    let square = reciprocal * reciprocal
    return DiagonalModes(
      inputWeight: inputWeight, discretePole: (half + 1) * reciprocal, gain: timestep * reciprocal,
      discretePoleByPole: timestep * square, discretePoleByTimestep: pole * square,
      gainByPole: (0.5 * timestep * timestep) * square, gainByTimestep: square)
  }

  /// z = exp(x), g = ξ·φ(x), x = −ξ/2 + r·iΩ; derivatives by iΩ and by ξ.
  private func dampedFourier(
    angle: SIMD8<Double>, damping: Double, _ hasUnitInput: Bool, _ inputWeight: ComplexLanes
  ) -> DiagonalModes {
    let x = ComplexLanes(real: SIMD8(repeating: -0.5 * damping), imaginary: angle)
    let discretePole = ComplexLanes.exponential(x)
    let (value, slope) =
      hasUnitInput ? (.zero, .zero) : ExponentialQuotient.valueAndSlope(x, exponential: discretePole)
    return DiagonalModes(
      inputWeight: inputWeight, discretePole: discretePole, gain: hasUnitInput ? ComplexLanes(1) : damping * value,
      discretePoleByPole: options.samplingRate * discretePole, discretePoleByTimestep: -0.5 * discretePole,
      gainByPole: (options.samplingRate * damping) * slope, gainByTimestep: value - (0.5 * damping) * slope)
  }

  /// factor·C.
  func outputWeight(direction: Int, channel: Int, group: Int) -> ComplexLanes {
    options.outputFactor * complex(parameters.outputWeights, row: direction * parameters.width + channel, group: group)
  }

  /// Adds to the gradients of one row of output weights.
  ///
  /// A real loss Re(V·δC) has the slopes Re V and −Im V.
  func addOutputGradient(_ slope: ComplexLanes, to gradients: DiagonalKernel.Parameters, direction: Int, channel: Int, group: Int) {
    add(slope, to: gradients.outputWeights, row: direction * parameters.width + channel, group: group)
  }

  /// Adds the gradient of one channel's time step, which belongs to this channel alone.
  func addTimestepGradient(_ contributions: UnsafeMutablePointer<ModeGradients>, to gradients: DiagonalKernel.Parameters, channel: Int) {
    var sums = SIMD8<Double>.zero
    for group in 0..<groupCount { sums += contributions[group].timestep }
    let slope = options.samplingRate * options.timestepTransform.slope(Double(parameters.timestep.elements[channel]))
    gradients.timestep.elements[channel] += Float(sums.sum() * slope)
  }

  /// Adds contributions [H, groups] to the gradients of poles and input weights, channel after channel, so the order is fixed.
  func accumulate(_ contributions: UnsafeMutablePointer<ModeGradients>, into gradients: DiagonalKernel.Parameters) {
    let contributions = Shared(contributions)
    Parallel.forEach(systemCount) { row in
      for group in 0..<groupCount {
        var (poles, inputWeights) = (ComplexLanes.zero, ComplexLanes.zero)
        for channel in stride(from: row, to: parameters.width, by: systemCount) {
          poles += contributions[channel * groupCount + group].pole
          inputWeights += contributions[channel * groupCount + group].inputWeight
        }
        // Re λ = −exp(a), Im λ = sign·ω; a real loss Re(V·δλ) has the slopes Re V and −Im V.
        if let target = gradients.decay { add(poles.real * realPart(row: row, group: group), to: target, row: row, group: group) }
        add(-options.frequencySign * poles.imaginary, to: gradients.frequency, row: row, group: group)
        if let target = gradients.inputWeights { add(inputWeights, to: target, row: row, group: group) }
      }
    }
  }

  /// Re λ = −exp(a).
  private func realPart(row: Int, group: Int) -> SIMD8<Double> {
    parameters.decay.map { -ComplexLanes.exponential(real($0, row: row, group: group)) } ?? .zero
  }

  private func timestep(_ channel: Int) -> Double {
    options.samplingRate * options.timestepTransform.value(Double(parameters.timestep.elements[channel]))
  }

  // MARK: Rows of N numbers

  private func place(row: Int, group: Int) -> (start: Int, count: Int) {
    (row * modeCount + group * ComplexLanes.count, min(ComplexLanes.count, modeCount - group * ComplexLanes.count))
  }

  private func real(_ tensor: Tensor, row: Int, group: Int) -> SIMD8<Double> {
    let (start, count) = place(row: row, group: group)
    return SIMD8<Double>(VectorMath.load(tensor.elements + start, count: count).lowHalf)
  }

  private func complex(_ tensor: Tensor, row: Int, group: Int) -> ComplexLanes {
    let (start, count) = place(row: row, group: group)
    return ComplexLanes(interleaved: VectorMath.load(tensor.elements + 2 * start, count: 2 * count))
  }

  private func add(_ values: SIMD8<Double>, to tensor: Tensor, row: Int, group: Int) {
    let (start, count) = place(row: row, group: group)
    for lane in 0..<count { tensor.elements[start + lane] += Float(values[lane]) }
  }

  private func add(_ slope: ComplexLanes, to tensor: Tensor, row: Int, group: Int) {
    let (start, count) = place(row: row, group: group)
    let target = tensor.elements + 2 * start
    VectorMath.store(VectorMath.load(target, count: 2 * count) + slope.conjugate.roundedInterleaved, to: target, count: 2 * count)
  }
}
