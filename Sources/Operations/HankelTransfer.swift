import Arrays
import Foundation

/// HOPE's transfer function: samples of Ḡ(ω′) = Σ_j h_j·ω′^(−j−1) on the unit circle, warped by the time step.
///
/// ω_k = exp(2πik/S) goes to the angle θ′ with tan(θ′/2) = tan(θ/2)/Δ. With c = cos(θ/2), s = sin(θ/2) that is
/// cos θ′ = (Δ²c² − s²)/(Δ²c² + s²) and sin θ′ = 2Δcs/(Δ²c² + s²): no inverse tangent, and no singular point at ω = −1.
/// The sums run by Horner's rule over sixteen samples at once.
///
/// - Source: HOPE (Yu et al., 2025), Algorithm 1; dθ′/d log Δ = −sin θ′ derived here. Checked against golden cases 04 and 04b.
package enum HankelTransfer {
  package struct Options: Sendable {
    package var timestepTransform: TimestepTransform
    /// r when the input keeps each r-th sample only: factor on every time step.
    package var samplingRate: Double
    /// Channels of each direction, for systems that share Markov parameters: channel c of direction d has those of row d·S + c mod S of S
    /// rows a direction; nil means that each system has its own.
    package var width: Int?

    package init(timestepTransform: TimestepTransform = .log, samplingRate: Double = 1, width: Int? = nil) {
      self.timestepTransform = timestepTransform
      self.samplingRate = samplingRate
      self.width = width
    }
  }

  /// Samples g, shape [rows, S, 2] as (re, im).
  ///
  /// - Parameters:
  ///   - markov: h, shape [rows, n, 2], or fewer rows where systems share them.
  ///   - timestep: stored Δ, shape [rows].
  ///   - sampleCount: S, points on the circle.
  package static func forward(markov: Tensor, timestep: Tensor, sampleCount: Int, options: Options = Options()) -> Tensor {
    let sizes = Sizes(markov: markov, timestep: timestep, sampleCount: sampleCount, width: options.width)
    let samples = Tensor(uninitialized: [sizes.rows, sampleCount, 2])
    Parallel.forEach(sizes.rows) { row in
      let coefficients = markov.elements + sizes.markovRow(row) * sizes.count * 2
      let output = samples.elements + row * sampleCount * 2
      sizes.forEachBlock(timestep: options.timestep(timestep.elements[row])) { first, valid, cosine, sine in
        let (real, imaginary) = horner(coefficients, count: sizes.count, cosine: cosine, sine: sine)
        let pairs = output + 2 * first
        VectorMath.store(Lanes(interleaving: real.lowHalf, imaginary.lowHalf), to: pairs, count: 2 * valid)
        if valid > 8 { VectorMath.store(Lanes(interleaving: real.highHalf, imaginary.highHalf), to: pairs + 16, count: 2 * valid - 16) }
      }
    }
    return samples
  }

  /// Adds the gradients of h and of the stored Δ, given the real derivatives by (re, im) of each sample.
  package static func backward(
    samplesGradient: Tensor, markov: Tensor, timestep: Tensor, markovGradient: Tensor, timestepGradient: Tensor,
    options: Options = Options()
  ) {
    let sampleCount = samplesGradient.shape[1]
    let sizes = Sizes(markov: markov, timestep: timestep, sampleCount: sampleCount, width: options.width)
    precondition(
      samplesGradient.shape == [sizes.rows, sampleCount, 2] && markovGradient.shape == markov.shape
        && timestepGradient.shape == timestep.shape,
      "HankelTransfer: gradient \(samplesGradient.shape) for markov \(markov.shape)")
    // Rows that systems share are added up behind the parallel part, in the order of the systems.
    let systemGradient = sizes.isShared ? Tensor.zeros([sizes.rows, sizes.count, 2]) : markovGradient
    Parallel.forEach(sizes.rows) { row in
      let coefficients = markov.elements + sizes.markovRow(row) * sizes.count * 2
      let upstream = samplesGradient.elements + row * sampleCount * 2
      let sums = Tensor.zeros([sizes.count, 2, 16])
      var timestepSum = 0.0
      sizes.forEachBlock(timestep: options.timestep(timestep.elements[row])) { first, valid, cosine, sine in
        let low = VectorMath.load(upstream + 2 * first, count: 2 * valid)
        let high = valid > 8 ? VectorMath.load(upstream + 2 * first + 16, count: 2 * valid - 16) : Lanes.zero
        let real = Lanes(lowHalf: low.evenHalf, highHalf: high.evenHalf)
        let imaginary = Lanes(lowHalf: low.oddHalf, highHalf: high.oddHalf)
        let slope = accumulate(coefficients, count: sizes.count, cosine, sine, upstream: (real, imaginary), into: sums)
        // dL/dθ′ times dθ′/d log Δ.
        timestepSum -= Double(VectorMath.total(slope * sine))
      }
      let target = systemGradient.elements + row * sizes.count * 2
      for index in 0..<2 * sizes.count {
        target[index] += VectorMath.total(VectorMath.load(sums.elements + 16 * index))
      }
      timestepGradient.elements[row] += Float(timestepSum * options.logarithmSlope(timestep.elements[row]))
    }
    guard sizes.isShared else { return }
    for row in 0..<sizes.rows {
      let target = markovGradient.elements + sizes.markovRow(row) * sizes.count * 2
      for index in 0..<2 * sizes.count { target[index] += systemGradient.elements[row * sizes.count * 2 + index] }
    }
  }

  /// Σ_j h_j·w^(j+1) with w = cos θ′ − i·sin θ′.
  @inline(always)
  private static func horner(
    _ coefficients: UnsafePointer<Float>, count: Int, cosine: Lanes, sine: Lanes
  ) -> (real: Lanes, imaginary: Lanes) {
    var (real, imaginary) = (Lanes.zero, Lanes.zero)
    for index in stride(from: count - 1, through: 0, by: -1) {
      let (sumReal, sumImaginary) = (real + coefficients[2 * index], imaginary + coefficients[2 * index + 1])
      real = VectorMath.multiplyAdd(sumImaginary, sine, sumReal * cosine)
      imaginary = VectorMath.multiplyAdd(-sumReal, sine, sumImaginary * cosine)
    }
    return (real, imaginary)
  }

  /// Adds Σ over lanes of U·conj(w^(j+1)) to the sums of every h_j, and returns dL/dθ′ of each lane.
  @inline(always)
  private static func accumulate(
    _ coefficients: UnsafePointer<Float>, count: Int, _ cosine: Lanes, _ sine: Lanes, upstream: (real: Lanes, imaginary: Lanes),
    into sums: Tensor
  ) -> Lanes {
    var (powerReal, powerImaginary) = (Lanes(repeating: 1), Lanes.zero)
    var slope = Lanes.zero
    for index in 0..<count {
      // w^(j+1), from w^j.
      let nextReal = VectorMath.multiplyAdd(powerImaginary, sine, powerReal * cosine)
      powerImaginary = VectorMath.multiplyAdd(-powerReal, sine, powerImaginary * cosine)
      powerReal = nextReal
      let real = VectorMath.multiplyAdd(upstream.imaginary, powerImaginary, upstream.real * powerReal)
      let imaginary = VectorMath.multiplyAdd(-upstream.real, powerImaginary, upstream.imaginary * powerReal)
      let place = sums.elements + 32 * index
      VectorMath.store(VectorMath.load(place) + real, to: place)
      VectorMath.store(VectorMath.load(place + 16) + imaginary, to: place + 16)
      // d(h·w^(j+1))/dθ′ = −i(j+1)·h·w^(j+1); its real product with U needs h·conj(U·conj(w^(j+1))).
      let (hReal, hImaginary) = (coefficients[2 * index], coefficients[2 * index + 1])
      slope += Float(index + 1) * (hImaginary * real - hReal * imaginary)
    }
    return slope
  }

  private struct Sizes: Sendable {
    let rows: Int
    /// n.
    let count: Int
    private let sampleCount: Int
    private let width: Int
    /// S.
    private let systemCount: Int
    /// cos(θ/2) and sin(θ/2) of every sample, shared by all rows.
    private let halfCosines: [Double]
    private let halfSines: [Double]

    init(markov: Tensor, timestep: Tensor, sampleCount: Int, width: Int?) {
      rows = timestep.count
      self.width = width ?? rows
      let directions = max(1, rows / max(1, self.width))
      precondition(
        markov.shape.count == 3 && markov.shape[2] == 2 && sampleCount > 0 && directions * self.width == rows
          && markov.shape[0].isMultiple(of: directions) && (width != nil || markov.shape[0] == rows),
        "HankelTransfer: markov \(markov.shape), timestep \(timestep.shape), \(sampleCount) samples, width \(width ?? rows)")
      systemCount = markov.shape[0] / directions
      count = markov.shape[1]
      self.sampleCount = sampleCount
      // Up to half a turn; beyond it the mirrored sample has the same cosine and the opposite sine.
      // The cosine of a rounded π/2 is not 0, so that one is given: ω = −1 stays where it is for every Δ.
      halfCosines = (0..<sampleCount).map { 2 * $0 == sampleCount ? 0 : cos(.pi * Double($0) / Double(sampleCount)) }
      halfSines = (0..<sampleCount).map { sin(.pi * Double($0) / Double(sampleCount)) }
    }

    var isShared: Bool { systemCount != width }

    /// The row of h of a system.
    func markovRow(_ row: Int) -> Int { row / width * systemCount + row % width % systemCount }

    /// Calls `body` with the first sample of each block of sixteen, the count of valid lanes, and cos θ′ and sin θ′ of its lanes.
    @inline(always)
    func forEachBlock(timestep step: Double, _ body: (Int, Int, Lanes, Lanes) -> Void) {
      let cosines = Tensor(uninitialized: [sampleCount])
      let sines = Tensor(uninitialized: [sampleCount])
      for index in 0..<sampleCount {
        let (c, s) = (step * halfCosines[index], halfSines[index])
        let reciprocal = 1 / (c * c + s * s)
        cosines.elements[index] = Float((c * c - s * s) * reciprocal)
        sines.elements[index] = Float(2 * c * s * reciprocal)
      }
      for first in stride(from: 0, to: sampleCount, by: 16) {
        let valid = min(16, sampleCount - first)
        body(first, valid, VectorMath.load(cosines.elements + first, count: valid), VectorMath.load(sines.elements + first, count: valid))
      }
    }
  }
}

extension HankelTransfer.Options {
  /// Δ.
  fileprivate func timestep(_ stored: Float) -> Double { samplingRate * timestepTransform.value(Double(stored)) }

  /// d log Δ/d(stored Δ).
  fileprivate func logarithmSlope(_ stored: Float) -> Double {
    timestepTransform.slope(Double(stored)) / timestepTransform.value(Double(stored))
  }
}

extension Lanes {
  /// a₀, b₀, a₁, b₁, ….
  @inline(always)
  fileprivate init(interleaving a: SIMD8<Float>, _ b: SIMD8<Float>) {
    self.init()
    evenHalf = a
    oddHalf = b
  }
}
