import CFFTW
import Synchronization

/// A complex transform of one length, in place on interleaved (re, im) floats.
///
/// - Source: FFTW 3. Plans come from stored wisdom (`FourierWisdom`) or are estimated, never measured on the spot: measured plans differ from
///   run to run and so do their bits.
final class FourierTransform: @unchecked Sendable {
  let length: Int
  /// Complex numbers of a buffer: the length rounded up, so that one real factor for each of them also makes whole vectors.
  let bufferCount: Int
  /// What a transform there and back leaves to multiply with.
  let inverseScale: Float
  private let forwardPlan: OpaquePointer
  private let inversePlan: OpaquePointer

  private static let plans = Mutex<[Int: FourierTransform]>([:])

  static var libraryVersion: String { String(cString: ssm_fftw_version()) }

  /// The transform of that length; planned once a process, under a lock, because only execution is thread-safe.
  static func ofLength(_ length: Int) -> FourierTransform {
    plans.withLock { plans in
      if let known = plans[length] { return known }
      let made = FourierTransform(length: length)
      plans[length] = made
      return made
    }
  }

  private init(length: Int) {
    self.length = length
    bufferCount = (length + 15) & ~15
    inverseScale = 1 / Float(length)
    let scratch = Tensor(uninitialized: [length, 2])
    forwardPlan = Self.plan(length, FFTW_FORWARD, scratch.elements)
    inversePlan = Self.plan(length, FFTW_BACKWARD, scratch.elements)
  }

  private static func plan(_ length: Int, _ sign: Int32, _ values: UnsafeMutablePointer<Float>) -> OpaquePointer {
    let buffer = complex(values)
    if FourierWisdom.isUsable,
      let known = fftwf_plan_dft_1d(Int32(length), buffer, buffer, sign, UInt32(FFTW_PATIENT) | UInt32(FFTW_WISDOM_ONLY))
    {
      return known
    }
    return fftwf_plan_dft_1d(Int32(length), buffer, buffer, sign, UInt32(FFTW_ESTIMATE))
  }

  /// Memory for one transform. Its padding must be set to zero: whole vectors read it, and sums take it in.
  func buffer() -> Tensor { Tensor(uninitialized: [bufferCount, 2]) }

  /// Σ_t x[t]·exp(−2πi·kt/n) in place; `values` holds 2·length floats, 64-byte aligned as every `Tensor` is.
  func forward(_ values: UnsafeMutablePointer<Float>) {
    fftwf_execute_dft(forwardPlan, Self.complex(values), Self.complex(values))
  }

  /// Σ_k X[k]·exp(+2πi·kt/n) in place, without the factor 1/n.
  func inverse(_ values: UnsafeMutablePointer<Float>) {
    fftwf_execute_dft(inversePlan, Self.complex(values), Self.complex(values))
  }

  static func complex(_ values: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<fftwf_complex> {
    UnsafeMutableRawPointer(values).assumingMemoryBound(to: fftwf_complex.self)
  }

  /// The smallest 8·2^a·3^b·5^c that is at least `minimum`: fast for FFTW, and whole vectors of 8 complex numbers.
  static func goodLength(atLeast minimum: Int) -> Int {
    var best = Int.max
    var five = 1
    while 8 * five < best {
      var three = five
      while 8 * three < best {
        var length = 8 * three
        while length < minimum { length *= 2 }
        best = min(best, length)
        three *= 3
      }
      five *= 5
    }
    return best
  }
}
