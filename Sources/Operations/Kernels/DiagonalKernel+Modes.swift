import CProcessor

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

/// The memory of parameters or their gradients as rows of N numbers, read and written by groups of eight.
///
/// Pointers, not tensors: threads that count references to the same tensors wait for each other. Whoever makes one keeps the tensors.
struct ModeRows: @unchecked Sendable {
  let timestep: UnsafeMutablePointer<Float>
  let decay: UnsafeMutablePointer<Float>?
  let frequency: UnsafeMutablePointer<Float>
  let inputWeights: UnsafeMutablePointer<Float>?
  let outputWeights: UnsafeMutablePointer<Float>
  let width: Int
  let systemCount: Int
  let modeCount: Int

  var groupCount: Int { (modeCount + ComplexLanes.count - 1) / ComplexLanes.count }

  init(_ parameters: DiagonalKernel.Parameters) {
    timestep = parameters.timestep.elements
    decay = parameters.decay?.elements
    frequency = parameters.frequency.elements
    inputWeights = parameters.inputWeights?.elements
    outputWeights = parameters.outputWeights.elements
    width = parameters.width
    systemCount = parameters.systemCount
    modeCount = parameters.modeCount
  }

  /// Lanes beyond the last mode are 0.
  func real(_ rows: UnsafeMutablePointer<Float>, row: Int, group: Int) -> SIMD8<Double> {
    let (start, count) = place(row: row, group: group)
    let source = rows + start
    if count == ComplexLanes.count { return ssm_widened(UnsafeRawPointer(source).loadUnaligned(as: SIMD8<Float>.self)) }
    return ssm_widened(VectorMath.load(source, count: count).lowHalf)
  }

  /// Lanes beyond the last mode are 0.
  func complex(_ rows: UnsafeMutablePointer<Float>, row: Int, group: Int) -> ComplexLanes {
    let (start, count) = place(row: row, group: group)
    return ComplexLanes(interleaved: VectorMath.load(rows + 2 * start, count: 2 * count))
  }

  func add(_ values: SIMD8<Double>, to rows: UnsafeMutablePointer<Float>, row: Int, group: Int) {
    let (start, count) = place(row: row, group: group)
    for lane in 0..<count { rows[start + lane] += Float(values[lane]) }
  }

  func add(_ values: ComplexLanes, to rows: UnsafeMutablePointer<Float>, row: Int, group: Int) {
    let (start, count) = place(row: row, group: group)
    let target = rows + 2 * start
    VectorMath.store(VectorMath.load(target, count: 2 * count) + values.roundedInterleaved, to: target, count: 2 * count)
  }

  private func place(row: Int, group: Int) -> (start: Int, count: Int) {
    (row * modeCount + group * ComplexLanes.count, min(ComplexLanes.count, modeCount - group * ComplexLanes.count))
  }
}

/// Reads stored parameters as modes, eight at a time.
///
/// Lanes beyond the last mode hold parameters 0, so finite modes without weight.
struct ModeReader: Sendable {
  let rows: ModeRows
  let options: DiagonalKernel.Options

  var groupCount: Int { rows.groupCount }

  init(_ parameters: DiagonalKernel.Parameters, _ options: DiagonalKernel.Options) {
    rows = ModeRows(parameters)
    self.options = options
  }

  /// All modes of a channel.
  func read(_ channel: Int, into modes: inout [DiagonalModes]) {
    let timestep = options.samplingRate * options.timestepTransform.value(Double(rows.timestep[channel]))
    let row = channel % rows.systemCount
    modes.removeAll(keepingCapacity: true)
    for group in 0..<groupCount {
      let inputWeight = rows.inputWeights.map { rows.complex($0, row: row, group: group) } ?? ComplexLanes(1)
      let frequency = options.frequencySign * rows.real(rows.frequency, row: row, group: group)
      switch options.poles {
      case .continuous(let discretization):
        let pole = ComplexLanes(real: realPart(row: row, group: group), imaginary: frequency)
        modes.append(
          discretization == .zeroOrderHold
            ? Self.zeroOrderHold(pole, timestep, inputWeight) : Self.bilinear(pole, timestep, inputWeight))
      case .dampedFourier(let hasUnitInput):
        modes.append(dampedFourier(angle: options.samplingRate * frequency, damping: timestep, hasUnitInput, inputWeight))
      }
    }
  }

  /// Re λ = −exp(a).
  func realPart(row: Int, group: Int) -> SIMD8<Double> {
    rows.decay.map { -ComplexLanes.exponential(rows.real($0, row: row, group: group)) } ?? .zero
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
    options.outputFactor * rows.complex(rows.outputWeights, row: direction * rows.width + channel, group: group)
  }
}

/// Carries gradients of modes back to the stored form. A real loss Re(V·δp) of a complex parameter p has the slopes Re V and −Im V.
struct ModeGradientWriter: Sendable {
  private let rows: ModeRows
  private let reader: ModeReader
  private let options: DiagonalKernel.Options

  init(_ gradients: DiagonalKernel.Parameters, _ reader: ModeReader) {
    rows = ModeRows(gradients)
    self.reader = reader
    options = reader.options
  }

  /// - Parameter sum: Σ G[l]·z^l.
  func addOutputWeight(_ sum: ComplexLanes, _ modes: DiagonalModes, direction: Int, channel: Int, group: Int) {
    let slope = options.outputFactor * (sum * modes.inputWeight * modes.gain)
    rows.add(slope.conjugate, to: rows.outputWeights, row: direction * rows.width + channel, group: group)
  }

  /// The time step belongs to one channel alone.
  func addTimestep(_ contributions: UnsafeMutablePointer<ModeGradients>, channel: Int) {
    var sums = SIMD8<Double>.zero
    for group in 0..<rows.groupCount { sums += contributions[group].timestep }
    let slope = options.samplingRate * options.timestepTransform.slope(Double(reader.rows.timestep[channel]))
    rows.timestep[channel] += Float(sums.sum() * slope)
  }

  /// Poles and input weights from contributions [H, groups], channel after channel, so the order is fixed.
  func addPoles(_ contributions: UnsafeMutablePointer<ModeGradients>) {
    let contributions = Shared(contributions)
    Parallel.forEachChunk(of: rows.systemCount, size: 16) { _, range in
      for row in range {
        for group in 0..<rows.groupCount {
          var (poles, inputWeights) = (ComplexLanes.zero, ComplexLanes.zero)
          for channel in stride(from: row, to: rows.width, by: rows.systemCount) {
            poles += contributions[channel * rows.groupCount + group].pole
            inputWeights += contributions[channel * rows.groupCount + group].inputWeight
          }
          // Re λ = −exp(a), Im λ = sign·ω.
          if let target = rows.decay { rows.add(poles.real * reader.realPart(row: row, group: group), to: target, row: row, group: group) }
          rows.add(-options.frequencySign * poles.imaginary, to: rows.frequency, row: row, group: group)
          if let target = rows.inputWeights { rows.add(inputWeights.conjugate, to: target, row: row, group: group) }
        }
      }
    }
  }
}
