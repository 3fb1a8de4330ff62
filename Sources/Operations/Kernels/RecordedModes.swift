import Accelerators
import Vocabulary

/// Modes after discretisation in a program, in double precision, with the derivatives that the chain rule needs: λ̄ = eˣ, B̄ = B·g.
///
/// λ is the pole, or iΩ of a damped Fourier mode; Δ is the time step, or ξ. Shapes are [H, N].
struct RecordedModes {
  /// x.
  let exponent: ComplexValue
  let exponentByPole: ComplexValue
  let exponentByTimestep: ComplexValue
  /// g.
  let gain: ComplexValue
  let gainByPole: ComplexValue
  let gainByTimestep: ComplexValue
  let inputWeights: ComplexValue
  /// factor·C, [directions, H, N].
  let outputWeights: ComplexValue
  /// dΔ/d(stored Δ), [H].
  let timestepSlope: Value
  /// Re λ of each system, [S, N].
  let decayRates: Value
  private let systemCount: Int

  var shape: [Int] { exponent.shape }

  init(_ program: Program, _ parameters: DiagonalKernel.Parameters, _ options: DiagonalKernel.Options) {
    let shape = [parameters.width, parameters.modeCount]
    let systemCount = parameters.systemCount
    self.systemCount = systemCount
    func double(_ tensor: Tensor) -> Value { tensor.value(in: program).converted(to: .float64) }
    /// [S, N] → [H, N]: channel h has row h mod S.
    func perChannel(_ value: Value) -> Value {
      value.broadcast(to: [shape[0] / systemCount, systemCount, shape[1]], axes: [1, 2]).reshaped(shape)
    }
    let stored = double(parameters.timestep)
    timestepSlope = options.timestepTransform.slope(stored) * options.samplingRate
    let timestep = (options.timestepTransform.value(stored) * options.samplingRate).broadcast(to: shape, axes: [0])
    let frequencies = double(parameters.frequency) * options.frequencySign
    decayRates = parameters.decay.map { -double($0).exponential } ?? frequencies.filled(0)
    inputWeights = parameters.inputWeights.map { ComplexValue(interleaved: double($0)).parts(perChannel) } ?? Self.one(timestep)
    outputWeights = options.outputFactor * ComplexValue(interleaved: double(parameters.outputWeights))
    let frequency = perChannel(frequencies)
    switch options.poles {
    case .continuous(let discretization):
      let pole = ComplexValue(perChannel(decayRates), frequency)
      if discretization == .zeroOrderHold {
        // g = Δ·φ(x), φ(x) = (eˣ − 1)/x.
        exponent = timestep * pole
        let quotient = RecordedQuotient(exponent)
        exponentByPole = timestep * Self.one(timestep)
        exponentByTimestep = pole
        gain = timestep * quotient.value
        gainByPole = (timestep * timestep) * quotient.slope
        gainByTimestep = quotient.exponential
      } else {
        let half = (0.5 * timestep) * pole
        let (upper, lower) = (half + 1, (-half + 1).reciprocal)
        // λ̄ = (1 + ½Δλ)/(1 − ½Δλ).
        exponent = (upper * lower).logarithm
        let perStep = lower * upper.reciprocal
        exponentByPole = timestep * perStep
        exponentByTimestep = pole * perStep
        gain = timestep * lower
        gainByPole = (0.5 * timestep * timestep) * (lower * lower)
        gainByTimestep = lower * lower
      }
    case .dampedFourier(let hasUnitInput):
      let rate = options.samplingRate
      exponent = ComplexValue(-0.5 * timestep, rate * frequency)
      exponentByPole = rate * Self.one(timestep)
      exponentByTimestep = -0.5 * Self.one(timestep)
      let (zero, quotient) = (0 * Self.one(timestep), RecordedQuotient(exponent))
      gain = hasUnitInput ? Self.one(timestep) : timestep * quotient.value
      gainByPole = hasUnitInput ? zero : (rate * timestep) * quotient.slope
      gainByTimestep = hasUnitInput ? zero : quotient.value - (0.5 * timestep) * quotient.slope
    }
  }

  private static func one(_ like: Value) -> ComplexValue { ComplexValue(like.filled(1), like.filled(0)) }

  /// The sums over the channels that share a system, [H, N] → [S, N].
  func perSystem(_ value: ComplexValue) -> ComplexValue {
    value.parts { $0.reshaped([shape[0] / systemCount, systemCount, shape[1]]) }.sum(over: [0])
  }
}

/// φ(x) = (eˣ − 1)/x and φ′(x), by the same ways as `ExponentialQuotient`.
private struct RecordedQuotient {
  let exponential: ComplexValue
  let value: ComplexValue
  let slope: ComplexValue

  init(_ x: ComplexValue) {
    exponential = x.exponential
    let reciprocal = x.reciprocal
    let quotient = (exponential - 1) * reciprocal
    let series = ExponentialQuotient.slopeSeries.dropFirst().reduce(
      ComplexValue(x.real.filled(ExponentialQuotient.slopeSeries[0]), x.real.filled(0))
    ) { $0 * x + $1 }
    let isSmall = x.squaredModulus.compared(.less, ExponentialQuotient.seriesLimit)
    slope = .choice(isSmall, series, else: (exponential - quotient) * reciprocal)
    value = .choice(isSmall, exponential - x * series, else: quotient)
  }
}

extension TimestepTransform {
  /// Δ of stored numbers.
  func value(_ stored: Value) -> Value {
    switch self {
    case .log: stored.exponential
    case .softplus: stored.maximum(0) + (-stored.absolute).exponential.logarithmOfOnePlus
    }
  }

  /// dΔ/d(stored number).
  func slope(_ stored: Value) -> Value {
    switch self {
    case .log: stored.exponential
    case .softplus: stored.logistic
    }
  }
}
