import Arrays

/// Sets random values to zero and divides the others by 1 - p, so that the mean stays.
///
/// The mask is a function of the stream's position: value (or row) i is dropped where the upper half of word i is below p · 2³². So it can be
/// computed in parallel and again in the backward pass, and nothing but the position is kept.
///
/// - Source: Srivastava et al., "Dropout", 2014; the tied form is the reference code's `DropoutNd` with `tie=True`.
package enum Dropout {
  package struct Cache: Sendable {
    let mask: Mask?
    /// Nothing was dropped.
    package static let none = Cache(mask: nil)

    /// The mask for samples of the batch from `first` on.
    package func samples(from first: Int) -> Cache {
      guard var mask else { return self }
      mask.firstRow += first * mask.shape[1]
      return Cache(mask: mask)
    }
  }

  struct Mask: Sendable {
    /// At an even position: two words come from one block of the generator.
    let stream: RandomStream
    let shape: [Int]
    let probability: Double
    /// One decision per sample and channel instead of one per value.
    let isTied: Bool
    /// The row (sample · H + channel) of the mask that is the first row of what it is applied to.
    var firstRow = 0

    var decisionCount: Int { isTied ? shape[0] * shape[1] : shape.reduce(1, *) }
    var threshold: UInt32 { UInt32(min(probability * 0x1p32, 0x1p32 - 1)) }
    var factor: Float { Float(1 / (1 - probability)) }
  }

  /// A mask that drops with `probability`; for 0 it is `none`, and nothing is drawn.
  ///
  /// - Parameters:
  ///   - shape: any, or with `tied` [B, H, …].
  ///   - tied: one decision per sample and channel, shared over time.
  ///   - stream: moves on by the number of decisions, after rounding its position up to an even number.
  package static func draw(_ shape: [Int], probability: Double, tied: Bool, stream: inout RandomStream) -> Cache {
    precondition(0 <= probability && probability < 1, "Dropout: probability \(probability) is not in 0 ..< 1")
    if probability == 0 { return .none }
    precondition(!tied || shape.count >= 2, "Dropout: tied, but the shape \(shape) is not [B, H, …]")
    if stream.position % 2 == 1 { stream.skip(1) }
    let mask = Mask(stream: stream, shape: shape, probability: probability, isTied: tied)
    stream.skip(mask.decisionCount)
    return Cache(mask: mask)
  }

  /// The factors of the mask for a part of one row of [B, H, L], for operations that work in tiles.
  ///
  /// - Returns: nil where every factor is 1.
  static func rowFactors(_ cache: Cache) -> RowFactors? { cache.mask.map(RowFactors.init) }

  /// 0 or 1/(1 − p) for each value of a row, computed where they are needed.
  struct RowFactors: Sendable {
    private let mask: Mask
    private let generator: RandomLanes

    fileprivate init(_ mask: Mask) {
      self.mask = mask
      generator = RandomLanes(mask.stream)
    }

    /// How many numbers more than asked for `write` may write, because it writes whole vectors.
    static let margin = 16

    /// Writes the factors of `steps` of a row (sample · H + channel) to `target`.
    func write(row: Int, steps: Range<Int>, to target: UnsafeMutablePointer<Float>) {
      let row = mask.firstRow + row
      if mask.isTied {
        let isDropped = UInt32(truncatingIfNeeded: mask.stream.word(at: mask.stream.position + UInt64(row)) >> 32) < mask.threshold
        return target.update(repeating: isDropped ? 0 : mask.factor, count: steps.count)
      }
      let kept = Lanes(repeating: mask.factor)
      let threshold = SIMD16<UInt32>(repeating: mask.threshold)
      let first = row * mask.shape[2] + steps.lowerBound
      var (index, place) = (first & ~1, 0)
      if index < first {
        // Two numbers come from one block of the generator, so a row may begin in the middle of one.
        let lanes = kept.replacing(with: 0, where: generator.upperHalves(of: index) .< threshold)
        withUnsafePointer(to: lanes) { pointer in
          UnsafeRawPointer(pointer).withMemoryRebound(to: Float.self, capacity: 16) { target.update(from: $0 + 1, count: 15) }
        }
        (index, place) = (index + 16, 15)
      }
      while place < steps.count {
        VectorMath.store(kept.replacing(with: 0, where: generator.upperHalves(of: index) .< threshold), to: target + place)
        index &+= 16
        place &+= 16
      }
    }
  }
}
