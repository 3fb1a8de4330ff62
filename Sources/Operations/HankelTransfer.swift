import Arrays
import CProcessor
import Foundation

/// HOPE's transfer function: samples of Ḡ(ω′) = Σ_j h_j·ω′^(−j−1) on the unit circle, warped by the time step.
///
/// ω_k = exp(2πik/S) goes to the angle θ′ with tan(θ′/2) = tan(θ/2)/Δ. With c = cos(θ/2), s = sin(θ/2) that is
/// cos θ′ = (Δ²c² − s²)/(Δ²c² + s²) and sin θ′ = 2Δcs/(Δ²c² + s²): no inverse tangent, and no singular point at ω = −1.
/// The sums run by Horner's rule over 32 samples at once: two vectors, so that the processor need not wait for the one before.
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
    /// Only what the real part of an output shows of real inputs: (g_f + conj g_(S−f))/2, the samples of Re h. They are mirrored, so half
    /// of them are computed; h has no imaginary gradient, and the upstream gradient must be mirrored too.
    package var isMirrored: Bool

    package init(
      timestepTransform: TimestepTransform = .log, samplingRate: Double = 1, width: Int? = nil, isMirrored: Bool = false
    ) {
      self.timestepTransform = timestepTransform
      self.samplingRate = samplingRate
      self.width = width
      self.isMirrored = isMirrored
    }
  }

  /// Samples g, shape [rows, S, 2] as (re, im).
  ///
  /// - Parameters:
  ///   - markov: h, shape [rows, n, 2], or fewer rows where systems share them.
  ///   - timestep: stored Δ, shape [rows].
  ///   - sampleCount: S, points on the circle.
  package static func forward(markov: Tensor, timestep: Tensor, sampleCount: Int, options: Options = Options()) -> Tensor {
    let sizes = Sizes(markov: markov, timestep: timestep, sampleCount: sampleCount, options: options)
    let markov = options.isMirrored ? realPart(markov) : markov
    let samples = Tensor(uninitialized: [sizes.rows, sampleCount, 2])
    Parallel.forEach(sizes.rows) { row in
      let coefficients = markov.elements + sizes.markovRow(row) * sizes.count * 2
      let output = samples.elements + row * sampleCount * 2
      sizes.forEachBlock(timestep: options.timestep(timestep.elements[row])) { first, cosine, sine in
        let sums = horner(coefficients, count: sizes.count, cosine: cosine, sine: sine)
        store(sums.real.0, sums.imaginary.0, to: output, first: first, end: sizes.computedCount)
        store(sums.real.1, sums.imaginary.1, to: output, first: first + 16, end: sizes.computedCount)
      }
      for sample in sizes.computedCount..<sampleCount {
        output[2 * sample] = output[2 * (sampleCount - sample)]
        output[2 * sample + 1] = -output[2 * (sampleCount - sample) + 1]
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
    let sizes = Sizes(markov: markov, timestep: timestep, sampleCount: sampleCount, options: options)
    precondition(
      samplesGradient.shape == [sizes.rows, sampleCount, 2] && markovGradient.shape == markov.shape
        && timestepGradient.shape == timestep.shape,
      "HankelTransfer: gradient \(samplesGradient.shape) for markov \(markov.shape)")
    // Rows that systems share are added up behind the parallel part, in the order of the systems.
    let markov = options.isMirrored ? realPart(markov) : markov
    let systemGradient = sizes.isShared ? Tensor.zeros([sizes.rows, sizes.count, 2]) : markovGradient
    Parallel.forEach(sizes.rows) { row in
      let coefficients = markov.elements + sizes.markovRow(row) * sizes.count * 2
      let upstream = samplesGradient.elements + row * sampleCount * 2
      let sums = Tensor.zeros([sizes.count, 2, 16])
      var timestepSum = 0.0
      sizes.forEachBlock(timestep: options.timestep(timestep.elements[row])) { first, cosine, sine in
        let (real0, imaginary0) = load(upstream, first: first, end: sizes.computedCount)
        let (real1, imaginary1) = load(upstream, first: first + 16, end: sizes.computedCount)
        let slope = accumulate(
          coefficients, count: sizes.count, cosine, sine, upstream: (real: (real0, real1), imaginary: (imaginary0, imaginary1)),
          into: sums.elements)
        // dL/dθ′ times dθ′/d log Δ; of a mirrored pair only one is here, but the two real ones, 0 and S/2, have no slope: sin θ′ = 0.
        timestepSum -= Double(VectorMath.total(slope.0 * sine.0 + slope.1 * sine.1))
      }
      if options.isMirrored {
        // Each sample stands for two but the first and, of an even number, the middle one.
        timestepSum *= 2
        for index in 0..<sizes.count {
          let total = VectorMath.total(VectorMath.load(sums.elements + 32 * index))
          systemGradient.elements[2 * (row * sizes.count + index)] += 2 * total - sizes.unpairedSum(upstream, power: index + 1)
        }
        timestepGradient.elements[row] += Float(timestepSum * options.logarithmSlope(timestep.elements[row]))
        return
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

  /// h without its imaginary part.
  private static func realPart(_ markov: Tensor) -> Tensor {
    let result = markov.copy()
    for index in 0..<markov.count / 2 { result.elements[2 * index + 1] = 0 }
    return result
  }

  /// Two vectors of sixteen samples.
  private typealias Pair = (Lanes, Lanes)

  /// Writes up to sixteen samples as (re, im).
  @inline(always)
  private static func store(_ real: Lanes, _ imaginary: Lanes, to output: UnsafeMutablePointer<Float>, first: Int, end: Int) {
    guard first < end else { return }
    let (pairs, valid) = (output + 2 * first, min(16, end - first))
    VectorMath.store(ssm_interleaved(real.lowHalf, imaginary.lowHalf), to: pairs, count: 2 * valid)
    if valid > 8 { VectorMath.store(ssm_interleaved(real.highHalf, imaginary.highHalf), to: pairs + 16, count: 2 * valid - 16) }
  }

  /// Reads up to sixteen samples; zeros behind the end.
  @inline(always)
  private static func load(_ samples: UnsafePointer<Float>, first: Int, end: Int) -> (real: Lanes, imaginary: Lanes) {
    guard first < end else { return (.zero, .zero) }
    let valid = min(16, end - first)
    let low = VectorMath.load(samples + 2 * first, count: 2 * valid)
    let high = valid > 8 ? VectorMath.load(samples + 2 * first + 16, count: 2 * valid - 16) : Lanes.zero
    return (
      Lanes(lowHalf: ssm_real_parts(low), highHalf: ssm_real_parts(high)),
      Lanes(lowHalf: ssm_imaginary_parts(low), highHalf: ssm_imaginary_parts(high))
    )
  }

  /// Σ_j h_j·w^(j+1) with w = cos θ′ − i·sin θ′.
  @inline(always)
  private static func horner(
    _ coefficients: UnsafePointer<Float>, count: Int, cosine: Pair, sine: Pair
  ) -> (real: Pair, imaginary: Pair) {
    var (real0, imaginary0, real1, imaginary1) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var index = count &- 1
    while index >= 0 {
      let (hReal, hImaginary) = (coefficients[2 &* index], coefficients[2 &* index &+ 1])
      let (sumReal0, sumImaginary0) = (real0 + hReal, imaginary0 + hImaginary)
      let (sumReal1, sumImaginary1) = (real1 + hReal, imaginary1 + hImaginary)
      real0 = VectorMath.multiplyAdd(sumImaginary0, sine.0, sumReal0 * cosine.0)
      imaginary0 = VectorMath.multiplyAdd(-sumReal0, sine.0, sumImaginary0 * cosine.0)
      real1 = VectorMath.multiplyAdd(sumImaginary1, sine.1, sumReal1 * cosine.1)
      imaginary1 = VectorMath.multiplyAdd(-sumReal1, sine.1, sumImaginary1 * cosine.1)
      index &-= 1
    }
    return ((real0, real1), (imaginary0, imaginary1))
  }

  /// Adds U·conj(w^(j+1)), both vectors, to the sums of every h_j, and returns dL/dθ′ of each lane.
  @inline(always)
  private static func accumulate(
    _ coefficients: UnsafePointer<Float>, count: Int, _ cosine: Pair, _ sine: Pair, upstream: (real: Pair, imaginary: Pair),
    into sums: UnsafeMutablePointer<Float>
  ) -> Pair {
    var (powerReal0, powerImaginary0) = (Lanes(repeating: 1), Lanes.zero)
    var (powerReal1, powerImaginary1) = (Lanes(repeating: 1), Lanes.zero)
    var (slope0, slope1) = (Lanes.zero, Lanes.zero)
    var index = 0
    while index < count {
      // w^(j+1), from w^j.
      (powerReal0, powerImaginary0) = (
        VectorMath.multiplyAdd(powerImaginary0, sine.0, powerReal0 * cosine.0),
        VectorMath.multiplyAdd(-powerReal0, sine.0, powerImaginary0 * cosine.0)
      )
      (powerReal1, powerImaginary1) = (
        VectorMath.multiplyAdd(powerImaginary1, sine.1, powerReal1 * cosine.1),
        VectorMath.multiplyAdd(-powerReal1, sine.1, powerImaginary1 * cosine.1)
      )
      let real0 = VectorMath.multiplyAdd(upstream.imaginary.0, powerImaginary0, upstream.real.0 * powerReal0)
      let imaginary0 = VectorMath.multiplyAdd(-upstream.real.0, powerImaginary0, upstream.imaginary.0 * powerReal0)
      let real1 = VectorMath.multiplyAdd(upstream.imaginary.1, powerImaginary1, upstream.real.1 * powerReal1)
      let imaginary1 = VectorMath.multiplyAdd(-upstream.real.1, powerImaginary1, upstream.imaginary.1 * powerReal1)
      let place = sums + 32 &* index
      VectorMath.store(VectorMath.load(place) + (real0 + real1), to: place)
      VectorMath.store(VectorMath.load(place + 16) + (imaginary0 + imaginary1), to: place + 16)
      // d(h·w^(j+1))/dθ′ = −i(j+1)·h·w^(j+1); its real product with U needs h·conj(U·conj(w^(j+1))).
      let factor = Float(index &+ 1)
      let (hReal, hImaginary) = (factor * coefficients[2 &* index], factor * coefficients[2 &* index &+ 1])
      slope0 += hImaginary * real0 - hReal * imaginary0
      slope1 += hImaginary * real1 - hReal * imaginary1
      index &+= 1
    }
    return (slope0, slope1)
  }

  private struct Sizes: Sendable {
    let rows: Int
    /// n.
    let count: Int
    private let sampleCount: Int
    /// The samples 0 ..< this are computed, the others mirrored.
    let computedCount: Int
    private let width: Int
    /// S.
    private let systemCount: Int
    /// cos(θ/2) and sin(θ/2) of every sample, shared by all rows.
    private let halfCosines: [Double]
    private let halfSines: [Double]

    init(markov: Tensor, timestep: Tensor, sampleCount: Int, options: Options) {
      let width = options.width
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
      let computedCount = options.isMirrored ? sampleCount / 2 + 1 : sampleCount
      self.computedCount = computedCount
      // Up to half a turn; beyond it the mirrored sample has the same cosine and the opposite sine.
      // The cosine of a rounded π/2 is not 0, so that one is given: ω = −1 stays where it is for every Δ.
      halfCosines = (0..<computedCount).map { 2 * $0 == sampleCount ? 0 : cos(.pi * Double($0) / Double(sampleCount)) }
      halfSines = (0..<computedCount).map { sin(.pi * Double($0) / Double(sampleCount)) }
    }

    var isShared: Bool { systemCount != width }

    /// The row of h of a system.
    func markovRow(_ row: Int) -> Int { row / width * systemCount + row % width % systemCount }

    /// Σ of upstream.re·w^power over the samples that are their own mirror images: w = 1 and, of an even number, w = −1.
    func unpairedSum(_ upstream: UnsafePointer<Float>, power: Int) -> Float {
      let middle = sampleCount.isMultiple(of: 2) ? upstream[sampleCount] : 0
      return upstream[0] + (power.isMultiple(of: 2) ? middle : -middle)
    }

    /// Calls `body` with the first sample of each block of 32, and cos θ′ and sin θ′ of its lanes.
    @inline(always)
    func forEachBlock(timestep step: Double, _ body: (_ first: Int, _ cosine: Pair, _ sine: Pair) -> Void) {
      let paddedCount = (computedCount + 31) & ~31
      let cosines = Tensor.zeros([paddedCount])
      let sines = Tensor.zeros([paddedCount])
      for index in 0..<computedCount {
        let (c, s) = (step * halfCosines[index], halfSines[index])
        let reciprocal = 1 / (c * c + s * s)
        cosines.elements[index] = Float((c * c - s * s) * reciprocal)
        sines.elements[index] = Float(2 * c * s * reciprocal)
      }
      for first in stride(from: 0, to: computedCount, by: 32) {
        let (cosine, sine) = (cosines.elements + first, sines.elements + first)
        body(
          first, (VectorMath.load(cosine), VectorMath.load(cosine + 16)), (VectorMath.load(sine), VectorMath.load(sine + 16)))
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
