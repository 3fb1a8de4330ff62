import Accelerators
import CProcessor
import Foundation
import Vocabulary

/// HOPE's transfer function: samples of Ḡ(ω′) = Σ_j h_j·ω′^(−j−1) on the unit circle, warped by the time step.
///
/// ω_k = exp(2πik/S) goes to the angle θ′ with tan(θ′/2) = tan(θ/2)/Δ. With c = cos(θ/2), s = sin(θ/2) that is
/// cos θ′ = (Δ²c² − s²)/(Δ²c² + s²) and sin θ′ = 2Δcs/(Δ²c² + s²): no inverse tangent, and no singular point at ω = −1.
/// Real and imaginary parts of h are two real polynomials in the same powers, at sixteen samples at a time (`CirclePowers`).
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
    /// Only what the real part of an output shows of real inputs: (g_f + conj g_(S−f))/2, the samples of Re h. They are mirrored, so the
    /// first S/2 + 1 stand for all; h has no imaginary gradient.
    package var isMirrored: Bool
    /// From this row on the system runs over the reversed sequence: its samples are the conjugates. For mirrored samples only.
    package var reversedFrom: Int

    package init(
      timestepTransform: TimestepTransform = .log, samplingRate: Double = 1, width: Int? = nil, isMirrored: Bool = false,
      reversedFrom: Int = .max
    ) {
      self.timestepTransform = timestepTransform
      self.samplingRate = samplingRate
      self.width = width
      self.isMirrored = isMirrored
      self.reversedFrom = reversedFrom
    }
  }

  /// Samples g, shape [rows, S, 2] as (re, im), or [rows, S/2 + 1, 2] where they are mirrored.
  ///
  /// - Parameters:
  ///   - markov: h, shape [rows, n, 2], or fewer rows where systems share them.
  ///   - timestep: stored Δ, shape [rows].
  ///   - sampleCount: S, points on the circle.
  package static func forward(markov: Tensor, timestep: Tensor, sampleCount: Int, options: Options = Options()) -> Tensor {
    let sizes = Sizes(markov: markov, timestep: timestep, sampleCount: sampleCount, options: options)
    if let program = Program.recording(markov, timestep) {
      return record(program, markov: markov, timestep: timestep, sampleCount: sampleCount, options: options)
    }
    let samples = Tensor(uninitialized: [sizes.rows, sizes.computedCount, 2])
    Parallel.forEach(sizes.rows) { row in
      let (parts, output) = (sizes.parts(of: markov, row: row), samples.elements + row * sizes.computedCount * 2)
      sizes.forEachVector(row: row, timestep: options.timestep(timestep.elements[row])) { first, powers, _ in
        var (real, imaginary) = powers.sum(parts.elements, blockCount: sizes.blockCount)
        if !options.isMirrored {
          let imaginaryPart = powers.sum(parts.elements + sizes.paddedCount, blockCount: sizes.blockCount)
          real -= imaginaryPart.imaginary
          imaginary += imaginaryPart.real
        }
        store(real, imaginary, to: output, first: first, end: sizes.computedCount)
      }
    }
    return samples
  }

  /// Adds the gradients of h and of the stored Δ, given the real derivatives by (re, im) of each sample.
  ///
  /// - Parameter samplesGradient: shaped as the samples; of mirrored ones the derivatives by each of the S samples, which are mirrored too.
  package static func backward(
    samplesGradient: Tensor, sampleCount: Int, markov: Tensor, timestep: Tensor, markovGradient: Tensor, timestepGradient: Tensor,
    options: Options = Options()
  ) {
    let sizes = Sizes(markov: markov, timestep: timestep, sampleCount: sampleCount, options: options)
    precondition(
      samplesGradient.shape == [sizes.rows, sizes.computedCount, 2] && markovGradient.shape == markov.shape
        && timestepGradient.shape == timestep.shape,
      "HankelTransfer: gradient \(samplesGradient.shape) for markov \(markov.shape), \(sampleCount) samples")
    if let program = Program.recording(samplesGradient, markov) {
      return recordBackward(
        program, samplesGradient: samplesGradient, sampleCount: sampleCount, markov: markov, timestep: timestep,
        markovGradient: markovGradient, timestepGradient: timestepGradient, options: options)
    }
    // Rows that systems share are added up behind the parallel part, in the order of the systems.
    let systemGradient = sizes.isShared ? Tensor.zeros([sizes.rows, sizes.count, 2]) : markovGradient
    Parallel.forEach(sizes.rows) { row in
      let weighted = sizes.parts(of: markov, row: row, times: { Float($0 + 1) })
      let upstream = samplesGradient.elements + row * sizes.computedCount * 2
      let sums = Tensor.zeros([sizes.partCount, sizes.paddedCount, 16])
      var timestepSum = 0.0
      sizes.forEachVector(row: row, timestep: options.timestep(timestep.elements[row])) { first, powers, sine in
        var (real, imaginary) = load(upstream, first: first, end: sizes.computedCount)
        var slope = Lanes.zero
        for part in 0..<sizes.partCount {
          powers.accumulate(
            real: real, imaginary: imaginary, to: sums.elements + 16 * part * sizes.paddedCount, blockCount: sizes.blockCount)
          // dg/dθ′ = −i·Σ (j+1)·h_j·w^(j+1).
          let turned = powers.sum(weighted.elements + part * sizes.paddedCount, blockCount: sizes.blockCount)
          slope += real * turned.imaginary - imaginary * turned.real
          // Im h stands behind a factor i, which the other side of the product takes as −i.
          (real, imaginary) = (imaginary, -real)
        }
        // dL/dθ′ times dθ′/d log Δ; of a mirrored pair only one is here, but the two real ones, 0 and S/2, have no slope: sin θ′ = 0.
        timestepSum -= Double(VectorMath.total(slope * sine))
      }
      let target = systemGradient.elements + row * sizes.count * 2
      for index in 0..<sizes.count {
        for part in 0..<sizes.partCount {
          let total = VectorMath.total(VectorMath.load(sums.elements + 16 * (part * sizes.paddedCount + index)))
          // Of mirrored samples each stands for two but the first and, of an even number, the middle one.
          target[2 * index + part] += options.isMirrored ? 2 * total - sizes.unpairedSum(upstream, power: index + 1) : total
        }
      }
      timestepGradient.elements[row] += Float(
        (options.isMirrored ? 2 : 1) * timestepSum * options.logarithmSlope(timestep.elements[row]))
    }
    guard sizes.isShared else { return }
    for row in 0..<sizes.rows {
      let target = markovGradient.elements + sizes.markovRow(row) * sizes.count * 2
      for index in 0..<2 * sizes.count { target[index] += systemGradient.elements[row * sizes.count * 2 + index] }
    }
  }

  /// Writes up to sixteen samples as (re, im).
  @inline(always)
  private static func store(_ real: Lanes, _ imaginary: Lanes, to output: UnsafeMutablePointer<Float>, first: Int, end: Int) {
    let (pairs, valid) = (output + 2 * first, min(16, end - first))
    VectorMath.store(ssm_interleaved(real.lowHalf, imaginary.lowHalf), to: pairs, count: 2 * valid)
    if valid > 8 { VectorMath.store(ssm_interleaved(real.highHalf, imaginary.highHalf), to: pairs + 16, count: 2 * valid - 16) }
  }

  /// Reads up to sixteen samples; zeros behind the end.
  @inline(always)
  private static func load(_ samples: UnsafePointer<Float>, first: Int, end: Int) -> (real: Lanes, imaginary: Lanes) {
    let valid = min(16, end - first)
    let low = VectorMath.load(samples + 2 * first, count: 2 * valid)
    let high = valid > 8 ? VectorMath.load(samples + 2 * first + 16, count: 2 * valid - 16) : Lanes.zero
    return (
      Lanes(lowHalf: ssm_real_parts(low), highHalf: ssm_real_parts(high)),
      Lanes(lowHalf: ssm_imaginary_parts(low), highHalf: ssm_imaginary_parts(high))
    )
  }

  private struct Sizes: Sendable {
    let rows: Int
    /// n.
    let count: Int
    private let sampleCount: Int
    /// The samples 0 ..< this are computed, the others their mirror images.
    let computedCount: Int
    /// 1 where only Re h counts, 2 with Im h.
    let partCount: Int
    private let reversedFrom: Int
    private let width: Int
    /// S.
    private let systemCount: Int
    /// cos(θ/2) and sin(θ/2) of every sample, shared by all rows; whole vectors, behind the last sample those of the first.
    private let halfCosines: [SIMD8<Double>]
    private let halfSines: [SIMD8<Double>]

    init(markov: Tensor, timestep: Tensor, sampleCount: Int, options: Options) {
      let width = options.width
      rows = timestep.count
      self.width = width ?? rows
      let directions = max(1, rows / max(1, self.width))
      precondition(
        markov.shape.count == 3 && markov.shape[2] == 2 && sampleCount > 0 && directions * self.width == rows
          && markov.shape[0].isMultiple(of: directions) && (width != nil || markov.shape[0] == rows)
          && (options.isMirrored || options.reversedFrom >= rows),
        "HankelTransfer: markov \(markov.shape), timestep \(timestep.shape), \(sampleCount) samples, \(options)")
      systemCount = markov.shape[0] / directions
      count = markov.shape[1]
      self.sampleCount = sampleCount
      let computedCount = options.isMirrored ? sampleCount / 2 + 1 : sampleCount
      self.computedCount = computedCount
      partCount = options.isMirrored ? 1 : 2
      reversedFrom = options.reversedFrom
      func vectors(_ value: (Double) -> Double) -> [SIMD8<Double>] {
        stride(from: 0, to: (computedCount + 15) & ~15, by: 8).map { first in
          var vector = SIMD8<Double>.zero
          for lane in 0..<8 { vector[lane] = value(first + lane < computedCount ? Double(first + lane) / Double(sampleCount) : 0) }
          return vector
        }
      }
      // The cosine of a rounded π/2 is not 0, so that one is given: ω = −1 stays where it is for every Δ.
      halfCosines = vectors { $0 == 0.5 ? 0 : cos(.pi * $0) }
      halfSines = vectors { sin(.pi * $0) }
    }

    var blockCount: Int { (count + CirclePowers.blockSize - 1) / CirclePowers.blockSize }
    /// Coefficients of whole blocks.
    var paddedCount: Int { blockCount * CirclePowers.blockSize }

    var isShared: Bool { systemCount != width }

    /// The row of h of a system.
    func markovRow(_ row: Int) -> Int { row / width * systemCount + row % width % systemCount }

    /// Re h and, where it counts, Im h of a system in rows of `paddedCount`, the coefficient of w^(j+1) times `factor(j)`.
    func parts(of markov: Tensor, row: Int, times factor: (Int) -> Float = { _ in 1 }) -> Tensor {
      let (parts, h) = (Tensor.zeros([partCount, paddedCount]), markov.elements + markovRow(row) * count * 2)
      for part in 0..<partCount {
        for index in 0..<count { parts.elements[part * paddedCount + index] = factor(index) * h[2 * index + part] }
      }
      return parts
    }

    /// Σ of upstream.re·w^power over the samples that are their own mirror images: w = 1 and, of an even number, w = −1.
    func unpairedSum(_ upstream: UnsafePointer<Float>, power: Int) -> Float {
      let middle = sampleCount.isMultiple(of: 2) ? upstream[sampleCount] : 0
      return upstream[0] + (power.isMultiple(of: 2) ? middle : -middle)
    }

    /// Calls `body` with the first of each sixteen samples, their powers of w = cos θ′ − i·sin θ′ and their sin θ′.
    @inline(always)
    func forEachVector(row: Int, timestep: Double, _ body: (_ first: Int, _ powers: CirclePowers, _ sine: Lanes) -> Void) {
      // The conjugates have the opposite angles.
      let sign: Double = row >= reversedFrom ? -1 : 1
      for first in stride(from: 0, to: computedCount, by: 16) {
        let (low, high) = (warped(first / 8, timestep, sign), warped(first / 8 + 1, timestep, sign))
        let sine = Lanes(lowHalf: low.sine, highHalf: high.sine)
        body(first, CirclePowers(cosine: Lanes(lowHalf: low.cosine, highHalf: high.cosine), sine: sine), sine)
      }
    }

    @inline(always)
    private func warped(_ index: Int, _ timestep: Double, _ sign: Double) -> (cosine: SIMD8<Float>, sine: SIMD8<Float>) {
      let (c, s) = (timestep * halfCosines[index], halfSines[index])
      let reciprocal = 1 / (c * c + s * s)
      return (ssm_narrowed((c * c - s * s) * reciprocal), ssm_narrowed(2 * sign * c * s * reciprocal))
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
