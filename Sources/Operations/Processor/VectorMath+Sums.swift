extension VectorMath {
  /// Σ term(row[i]) over 0 ..< count, added up in double precision in an order that depends on `count` alone.
  @inline(always)
  static func sum(_ row: UnsafePointer<Float>, count: Int, _ term: (Lanes) -> Lanes) -> Double {
    sum(row, row, count: count) { lanes, _ in term(lanes) }
  }

  /// Σ term(first[i], second[i]) over 0 ..< count, added up in double precision in an order that depends on `count` alone.
  @inline(always)
  static func sum(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, count: Int, _ term: (Lanes, Lanes) -> Lanes
  ) -> Double {
    var sums = DoubleLanes.zero
    var index = 0
    while index < count {
      let rest = count &- index
      var lanes = term(load(first + index, count: rest), load(second + index, count: rest))
      if rest < 16 { lanes = lanes.replacing(with: 0, where: laneNumbers .>= Float(rest)) }
      sums += DoubleLanes(lanes)
      index &+= 16
    }
    return sums.total
  }

  /// The sum of the lanes, halves first.
  @inline(always)
  static func total(_ lanes: Lanes) -> Float {
    let eight = lanes.lowHalf + lanes.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  @inline(always)
  private static var laneNumbers: Lanes { Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) }
}

extension Parallel {
  /// Values of an element-wise operation's chunk: large against the cost of a chunk, small against the second-level cache.
  static let elementChunk = 16_384

  /// What `body` returns for each of 0 ..< count, in their order.
  static func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      guard let base = buffer.baseAddress else { return }
      let shared = Shared(base)
      forEach(count) { (shared.pointer + $0).initialize(to: body($0)) }
      initializedCount = count
    }
  }

  /// Adds what `body` returns for each chunk of 0 ..< total, in the chunks' order.
  static func sum(over total: Int, _ body: @Sendable (Range<Int>) -> Double) -> Double {
    var partials = [Double](repeating: 0, count: (total + elementChunk - 1) / elementChunk)
    partials.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let shared = Shared(base)
      forEachChunk(of: total, size: elementChunk) { chunk, range in shared[chunk] = body(range) }
    }
    return partials.reduce(0, +)
  }
}
