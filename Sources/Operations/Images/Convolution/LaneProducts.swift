/// Sums of products for eight rows of sixteen or thirty-two columns, held in registers: target[r][j] = Σ_k factors[r, k]·lanes[k][j].
///
/// Terms are added one after the other with one rounding each, so a sum's bits depend neither on the processor nor on its place in a block.
enum LaneProducts {
  /// Rows that are computed together; memory has room for a multiple of it.
  static let rowCount = 8

  /// The next multiple of `rowCount`.
  static func padded(_ rows: Int) -> Int { (rows + rowCount - 1) / rowCount * rowCount }

  /// How far apart a product's numbers lie, in floats.
  struct Strides {
    /// From one factor to the next of another row, and of another term.
    let row: Int
    let term: Int
    /// From the first vector of a term to the second, and from the rows of the first vector's sums to those of the second's.
    let lanes: Int
    let target: Int
  }

  /// A run of terms whose factors and lanes lie at regular distances.
  struct Terms {
    let factors: UnsafePointer<Float>
    let lanes: UnsafePointer<Float>
    let count: Int
  }

  /// - Parameters:
  ///   - vectors: one or two.
  ///   - runs: of which `run` names the terms.
  ///   - adding: whether the sums are added to what `target` holds.
  @inline(always)
  static func multiply(
    vectors: Int, _ strides: Strides, runs: Int, adding: Bool, to target: UnsafeMutablePointer<Float>, _ run: (Int) -> Terms
  ) {
    #if SSM_AVX512
      if vectors == 2 {
        multiply(EightByTwo.self, strides, runs: runs, adding: adding, to: target, run)
      } else {
        multiply(EightByOne.self, strides, runs: runs, adding: adding, to: target, run)
      }
    #else
      // Registers hold half as many vectors of half the size.
      for part in 0..<2 * vectors {
        let (vector, row) = (part / 2, part % 2 * 4)
        multiply(FourByOne.self, strides, runs: runs, adding: adding, to: target + (vector * strides.target + row * 16)) {
          let terms = run($0)
          return Terms(factors: terms.factors + row * strides.row, lanes: terms.lanes + vector * strides.lanes, count: terms.count)
        }
      }
    #endif
  }

  @inline(always)
  private static func multiply<Block: LaneBlock>(
    _: Block.Type, _ strides: Strides, runs: Int, adding: Bool, to target: UnsafeMutablePointer<Float>, _ run: (Int) -> Terms
  ) {
    var block = Block()
    if adding { block.load(target, strides.target) }
    var index = 0
    while index < runs {
      let terms = run(index)
      var (factors, lanes) = (terms.factors, terms.lanes)
      var rest = terms.count
      while rest > 0 {
        block.add(factors, strides.row, lanes, strides.lanes)
        factors += strides.term
        lanes += 16
        rest &-= 1
      }
      index &+= 1
    }
    block.store(target, strides.target)
  }
}

/// Sums in registers: rows lie sixteen floats apart in memory.
private protocol LaneBlock {
  init()
  mutating func load(_ source: UnsafePointer<Float>, _ distance: Int)
  mutating func add(_ factors: UnsafePointer<Float>, _ stride: Int, _ lanes: UnsafePointer<Float>, _ distance: Int)
  func store(_ target: UnsafeMutablePointer<Float>, _ distance: Int)
}

/// Four rows of one vector.
private struct FourByOne: LaneBlock {
  private var (first, second, third, fourth) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)

  @inline(always)
  mutating func load(_ source: UnsafePointer<Float>, _: Int) {
    (first, second) = (VectorMath.load(source), VectorMath.load(source + 16))
    (third, fourth) = (VectorMath.load(source + 32), VectorMath.load(source + 48))
  }

  @inline(always)
  mutating func add(_ factors: UnsafePointer<Float>, _ stride: Int, _ lanes: UnsafePointer<Float>, _: Int) {
    add(factors, stride, VectorMath.load(lanes))
  }

  @inline(always)
  mutating func add(_ factors: UnsafePointer<Float>, _ stride: Int, _ lanes: Lanes) {
    first = VectorMath.multiplyAdd(lanes, factors[0], first)
    second = VectorMath.multiplyAdd(lanes, factors[stride], second)
    third = VectorMath.multiplyAdd(lanes, factors[2 &* stride], third)
    fourth = VectorMath.multiplyAdd(lanes, factors[3 &* stride], fourth)
  }

  @inline(always)
  func store(_ target: UnsafeMutablePointer<Float>, _: Int) {
    VectorMath.store(first, to: target)
    VectorMath.store(second, to: target + 16)
    VectorMath.store(third, to: target + 32)
    VectorMath.store(fourth, to: target + 48)
  }
}

#if SSM_AVX512
  /// Eight rows of one vector.
  private struct EightByOne: LaneBlock {
    private var (above, below) = (FourByOne(), FourByOne())

    @inline(always)
    mutating func load(_ source: UnsafePointer<Float>, _ distance: Int) {
      above.load(source, distance)
      below.load(source + 64, distance)
    }

    @inline(always)
    mutating func add(_ factors: UnsafePointer<Float>, _ stride: Int, _ lanes: UnsafePointer<Float>, _: Int) {
      let lanes = VectorMath.load(lanes)
      above.add(factors, stride, lanes)
      below.add(factors + 4 &* stride, stride, lanes)
    }

    @inline(always)
    func store(_ target: UnsafeMutablePointer<Float>, _ distance: Int) {
      above.store(target, distance)
      below.store(target + 64, distance)
    }
  }

  /// Eight rows of two vectors.
  private struct EightByTwo: LaneBlock {
    private var (left, right) = (EightByOne(), EightByOne())

    @inline(always)
    mutating func load(_ source: UnsafePointer<Float>, _ distance: Int) {
      left.load(source, distance)
      right.load(source + distance, distance)
    }

    @inline(always)
    mutating func add(_ factors: UnsafePointer<Float>, _ stride: Int, _ lanes: UnsafePointer<Float>, _ distance: Int) {
      left.add(factors, stride, lanes, distance)
      right.add(factors, stride, lanes + distance, distance)
    }

    @inline(always)
    func store(_ target: UnsafeMutablePointer<Float>, _ distance: Int) {
      left.store(target, distance)
      right.store(target + distance, distance)
    }
  }
#endif
