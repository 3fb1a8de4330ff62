import Arrays

/// Reads sixteen consecutive words of a random stream at once, from the position where the stream stands.
///
/// Philox4x32-10 on eight blocks side by side, two words a block: the same numbers as `RandomStream.word(at:)`.
struct RandomLanes: Sendable {
  private let key: SIMD2<UInt64>
  private let lane: UInt64
  private let purpose: UInt64
  private let firstBlock: UInt64

  /// - Precondition: the stream stands at an even position.
  init(_ stream: RandomStream) {
    precondition(stream.position % 2 == 0, "RandomLanes: odd position \(stream.position)")
    key = SIMD2(stream.seed & 0xFFFF_FFFF, stream.seed >> 32)
    lane = UInt64(stream.lane)
    purpose = UInt64(stream.purpose.rawValue)
    firstBlock = stream.position / 2
  }

  /// The upper 32 bits of the words at stream position + index + 0 ..< 16.
  ///
  /// - Precondition: `index` is even.
  @inline(always)
  func upperHalves(of index: Int) -> SIMD16<UInt32> {
    let lowHalf: UInt64 = 0xFFFF_FFFF
    let block = SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7) &+ (firstBlock &+ UInt64(truncatingIfNeeded: index) / 2)
    // Each word of a block stands in the lower half of a 64-bit lane, because products need both halves. What the keys' carries leave in the
    // upper half is cut off before each product.
    var first = block
    var second = block &>> 32
    var third = SIMD8<UInt64>(repeating: lane)
    var fourth = SIMD8<UInt64>(repeating: purpose)
    var (key0, key1) = (SIMD8<UInt64>(repeating: key.x), SIMD8<UInt64>(repeating: key.y))
    for _ in 0..<10 {
      let product0 = (first & lowHalf) &* 0xD251_1F53
      let product1 = (third & lowHalf) &* 0xCD9E_8D57
      first = (product1 &>> 32) ^ second ^ key0
      second = product1 & lowHalf
      third = (product0 &>> 32) ^ fourth ^ key1
      fourth = product0 & lowHalf
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    // Word 2j is made of the block's words 0 and 1, word 2j + 1 of words 2 and 3.
    return unsafeBitCast(second | fourth &<< 32, to: SIMD16<UInt32>.self)
  }
}
