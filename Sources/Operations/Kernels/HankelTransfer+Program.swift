import Accelerators
import Vocabulary

extension HankelTransfer {
  static func record(_ program: Program, markov: Tensor, timestep: Tensor, sampleCount: Int, options: Options) -> Tensor {
    let circle = WarpedCircle(program, timestep: timestep, sampleCount: sampleCount, options: options)
    let rows = MarkovRows(program, markov, rowCount: timestep.count, options: options)
    return Tensor(circle.polynomial(rows.real, rows.imaginary).interleaved)
  }

  static func recordBackward(
    _ program: Program, samplesGradient: Tensor, sampleCount: Int, markov: Tensor, timestep: Tensor, markovGradient: Tensor,
    timestepGradient: Tensor, options: Options
  ) {
    let circle = WarpedCircle(program, timestep: timestep, sampleCount: sampleCount, options: options)
    let rows = MarkovRows(program, markov, rowCount: timestep.count, options: options)
    let upstream = ComplexValue(interleaved: samplesGradient.value(in: program))
    // dL/d Re h_j = Σ Re(conj(upstream)·w^(j+1)), dL/d Im h_j = −Σ Im of it; of mirrored samples only the real parts count.
    let sums = circle.sums(of: (circle.counts * upstream).conjugate, powerCount: markov.shape[1])
    let slopes = ComplexValue(sums.real, options.isMirrored ? sums.imaginary.filled(0) : -sums.imaginary)
    markovGradient.add(rows.perSystem(slopes).interleaved)
    // dg/dθ′ = −i·Σ (j+1)·h_j·w^(j+1), and dθ′/d log Δ = −sin θ′.
    let factors = program.positions(rows.real.shape, axis: 1, .float32) + 1
    let turned = circle.polynomial(rows.real * factors, rows.imaginary.map { $0 * factors })
    let slope = upstream.real * turned.imaginary - upstream.imaginary * turned.real
    let total = (circle.counts * slope * circle.sine).sum(over: [1])
    timestepGradient.add(-(total.converted(to: .float64) * circle.logarithmSlope).converted(to: .float32))
  }
}

/// h of each row, [R, n]: rows that share a system read the same numbers.
private struct MarkovRows {
  let real: Value
  /// nil where it does not count.
  let imaginary: Value?
  private let rowCount: Int
  private let directions: Int
  private let systemCount: Int

  init(_ program: Program, _ markov: Tensor, rowCount: Int, options: HankelTransfer.Options) {
    let (directions, count) = (max(1, rowCount / (options.width ?? rowCount)), markov.shape[1])
    let systemCount = markov.shape[0] / directions
    precondition(rowCount % (directions * systemCount) == 0, "HankelTransfer: \(systemCount) systems for \(rowCount / directions) channels")
    (self.rowCount, self.directions, self.systemCount) = (rowCount, directions, systemCount)
    let stored = ComplexValue(interleaved: markov.value(in: program)).parts {
      $0.reshaped([directions, systemCount, count])
        .broadcast(to: [directions, rowCount / (directions * systemCount), systemCount, count], axes: [0, 2, 3]).reshaped([rowCount, count])
    }
    real = stored.real
    imaginary = options.isMirrored ? nil : stored.imaginary
  }

  /// The sums over the rows that share a system.
  func perSystem(_ value: ComplexValue) -> ComplexValue {
    let count = value.shape[1]
    return value.parts { $0.reshaped([directions, rowCount / (directions * systemCount), systemCount, count]) }.sum(over: [1])
      .parts { $0.reshaped([directions * systemCount, count]) }
  }
}

/// The points w = cos θ′ − i·sin θ′ of every row, [R, samples].
private struct WarpedCircle {
  let cosine: Value
  let sine: Value
  /// How many of the S samples each one stands for.
  let counts: Value
  /// d log Δ/d(stored Δ), [R], in double precision.
  let logarithmSlope: Value

  /// Powers whose sums over the samples come from one product.
  private static let blockLength = 8

  init(_ program: Program, timestep: Tensor, sampleCount: Int, options: HankelTransfer.Options) {
    let shape = [timestep.count, options.isMirrored ? sampleCount / 2 + 1 : sampleCount]
    let stored = timestep.value(in: program).converted(to: .float64)
    logarithmSlope = options.timestepTransform.slope(stored) / options.timestepTransform.value(stored)
    let step = (options.timestepTransform.value(stored) * options.samplingRate).broadcast(to: shape, axes: [0])
    let place = program.positions(shape, axis: 1, .float64) / Double(sampleCount)
    // The cosine of a rounded π/2 is not 0, so that one is given: ω = −1 stays where it is for every Δ.
    let halfCosine = place.compared(.equal, 0.5).choose(place.filled(0), else: (.pi * place).cosine)
    let (c, s) = (step * halfCosine, (.pi * place).sine)
    let size = c * c + s * s
    cosine = ((c * c - s * s) / size).converted(to: .float32)
    let upper = (2 * c * s / size).converted(to: .float32)
    // The conjugates have the opposite angles.
    let isReversed = program.positions(shape, axis: 0, .int32).compared(.atLeast, Double(min(options.reversedFrom, shape[0])))
    sine = options.reversedFrom < shape[0] ? isReversed.choose(-upper, else: upper) : upper
    guard options.isMirrored else {
      counts = upper.filled(1)
      return
    }
    let index = program.positions(shape, axis: 1, .int32)
    let isFirst = index.compared(.equal, 0)
    let isAlone = sampleCount.isMultiple(of: 2) ? isFirst.or(index.compared(.equal, Double(sampleCount / 2))) : isFirst
    counts = isAlone.choose(upper.filled(1), else: upper.filled(2))
  }

  private var point: ComplexValue { ComplexValue(cosine, -sine) }

  /// Σ_j h_j·w^(j+1) at every sample, by Horner's rule: nothing but the sum goes to memory.
  func polynomial(_ real: Value, _ imaginary: Value?) -> ComplexValue {
    func coefficient(_ rows: Value, _ index: Int) -> Value { rows.place(axis: 1, index).broadcast(to: cosine.shape, axes: [0]) }
    let zero = cosine.filled(0)
    var sum = ComplexValue(zero, zero)
    for index in (0..<real.shape[1]).reversed() {
      sum =
        point
        * ComplexValue(
          sum.real + coefficient(real, index), imaginary.map { sum.imaginary + coefficient($0, index) } ?? sum.imaginary)
    }
    return sum
  }

  /// Σ over the samples of v·w^(j+1), [R, n]: w^(8a + b + 1) = w^(8a)·w^(b+1), sums of products of two short lists of powers.
  func sums(of v: ComplexValue, powerCount: Int) -> ComplexValue {
    let blockCount = (powerCount + Self.blockLength - 1) / Self.blockLength
    var powers = [point]
    while powers.count < Self.blockLength { powers.append(powers[powers.count - 1] * point) }
    var weighted = [v]
    while weighted.count < blockCount { weighted.append(weighted[weighted.count - 1] * powers[Self.blockLength - 1]) }
    /// [R, 2·count, samples]: real parts, then imaginary parts.
    func stacked(_ values: [ComplexValue]) -> Value {
      Value.concatenated((values.map(\.real) + values.map(\.imaginary)).map { $0.reshaped([$0.shape[0], 1, $0.shape[1]]) }, axis: 1)
    }
    let products = stacked(weighted).product(stacked(powers), batching: [(0, 0)], contracting: [(2, 2)], isExact: true)
    let (blocks, lags) = (0..<blockCount, 0..<Self.blockLength)
    func part(_ first: Range<Int>, _ second: Range<Int>) -> Value { products.slice(axis: 1, first).slice(axis: 2, second) }
    func moved(_ range: Range<Int>) -> Range<Int> { range.upperBound..<2 * range.upperBound }
    let sums = ComplexValue(
      part(blocks, lags) - part(moved(blocks), moved(lags)), part(blocks, moved(lags)) + part(moved(blocks), lags))
    return sums.parts { $0.reshaped([$0.shape[0], blockCount * Self.blockLength]).slice(axis: 1, 0..<powerCount) }
  }
}
