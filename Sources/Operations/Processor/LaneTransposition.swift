import CProcessor

/// Sixteen vectors of sixteen values with rows and columns exchanged.
enum LaneTransposition {
  /// Floats of scratch memory that `transpose` needs.
  static let scratchCount = 256

  /// Calls `store` with column 0 … 15 of the rows that `load` gives. Each is called once a number, `store` in order.
  ///
  /// Four rounds of interleaving each row i < 8 with row i + 8 transpose; two rounds need four vectors at a time.
  @inline(always)
  static func transpose(
    scratch: UnsafeMutablePointer<Float>, load: (Int) -> Lanes, store: (Int, Lanes) -> Void
  ) {
    for index in 0..<4 {
      let four = twoRounds(load(index), load(index &+ 4), load(index &+ 8), load(index &+ 12))
      let target = scratch + (index &* 64)
      VectorMath.store(four.0, to: target)
      VectorMath.store(four.1, to: target + 16)
      VectorMath.store(four.2, to: target + 32)
      VectorMath.store(four.3, to: target + 48)
    }
    for index in 0..<4 {
      let source = scratch + (index &* 16)
      let four = twoRounds(
        VectorMath.load(source), VectorMath.load(source + 64), VectorMath.load(source + 128), VectorMath.load(source + 192))
      store(index &* 4, four.0)
      store(index &* 4 &+ 1, four.1)
      store(index &* 4 &+ 2, four.2)
      store(index &* 4 &+ 3, four.3)
    }
  }

  @inline(always)
  private static func twoRounds(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> (Lanes, Lanes, Lanes, Lanes) {
    let (first, second) = (interleavedHalves(a, c), interleavedHalves(b, d))
    let (low, high) = (interleavedHalves(first.low, second.low), interleavedHalves(first.high, second.high))
    return (low.low, low.high, high.low, high.high)
  }

  @inline(always)
  private static func interleavedHalves(_ a: Lanes, _ b: Lanes) -> (low: Lanes, high: Lanes) {
    (ssm_interleaved(a.lowHalf, b.lowHalf), ssm_interleaved(a.highHalf, b.highHalf))
  }
}
