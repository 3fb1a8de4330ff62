import CBLAS

/// The powers z^0 … z^63 of a channel's numbers as floats, and sums of power series by them.
///
/// Time is cut into blocks of 64 steps, z^(64b + j) = z^(64b)·z^j, so that a series over all steps is a product of two small matrices, one
/// with a row for each block and one with the powers z^j. The factors z^(64b) are carried in Double, so that the error does not grow with
/// the length. Numbers come in groups of eight; a row holds for each group eight real parts and then eight imaginary parts.
///
/// One table serves channel after channel, so that its memory is asked for once: the threads would wait for each other in the pool.
struct PowerTable {
  private static let blockLength = 64
  /// Steps whose matrices are formed at once: they stay in the second-level cache, and memory does not grow with the length.
  private static let panelLength = 64 * blockLength

  /// Steps of the series.
  private let length: Int
  /// 16 a group.
  private let columns: Int
  /// Blocks of a panel.
  private let rows: Int
  /// z^j, [64, columns], and the same as [columns, 64]: BLAS multiplies small matrices a third slower where it has to turn one.
  private let table: Tensor
  private let turnedTable: Tensor
  /// z^64.
  private var blockPowers: [ComplexLanes]
  /// [2, rows, columns]: what stands before the powers in each block, or the sums over each block of two series.
  private let panel: Tensor
  /// [rows, 64]: a panel of a gradient's second series.
  private let scaled: Tensor

  init(groupCount: Int, length: Int) {
    self.length = length
    columns = groupCount * 2 * ComplexLanes.count
    rows = (min(Self.panelLength, length) + Self.blockLength - 1) / Self.blockLength
    table = Tensor(uninitialized: [Self.blockLength, columns])
    turnedTable = Tensor(uninitialized: [columns, Self.blockLength])
    blockPowers = [ComplexLanes](repeating: .zero, count: groupCount)
    panel = Tensor(uninitialized: [2, rows, columns])
    scaled = Tensor(uninitialized: [rows, Self.blockLength])
  }

  /// Takes the powers of these modes' discrete poles.
  ///
  /// - Parameter turned: for `sumSeries`; `moments` does without.
  mutating func tabulate(_ modes: [DiagonalModes], turned: Bool) {
    for group in modes.indices {
      let base = modes[group].discretePole
      var power = ComplexLanes(1)
      var target = table.elements + group * 2 * ComplexLanes.count
      for _ in 0..<Self.blockLength {
        VectorMath.store(power.rounded, to: target)
        power = power * base
        target += columns
      }
      blockPowers[group] = power
    }
    guard turned else { return }
    let (steps, columns) = (Int32(Self.blockLength), Int32(columns))
    cblas_somatcopy(CblasRowMajor, CblasTrans, steps, columns, 1, table.elements, columns, turnedTable.elements, steps)
  }

  /// Writes Re Σ_n weights[n]·z_n^l for l in 0 ..< length; the weights are used up.
  ///
  /// - Precondition: the table is turned.
  func sumSeries(weights: inout [ComplexLanes], into output: UnsafeMutablePointer<Float>) {
    for start in stride(from: 0, to: length, by: Self.panelLength) {
      let count = min(Self.panelLength, length - start)
      for group in weights.indices {
        // Re(w·z) is the product of the parts of w's conjugate with those of z.
        var weight = weights[group]
        let factor = blockPowers[group]
        var place = panel.elements + group * 2 * ComplexLanes.count
        for _ in 0..<blockCount(count) {
          VectorMath.store(weight.conjugate.rounded, to: place)
          weight = weight * factor
          place += columns
        }
        weights[group] = weight
      }
      forEachRun(of: count) { block, rows, steps in
        cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(steps), Int32(columns), 1, panel.elements + block * columns,
          Int32(columns), turnedTable.elements, Int32(Self.blockLength), 0, output + start + block * Self.blockLength,
          Int32(Self.blockLength))
      }
    }
  }

  /// Σ_l gradient[l]·z_n^l and Σ_l gradient[l]·l·z_n^(l−1) of every number.
  ///
  /// The second is a power series too, of the coefficients (l + 1)·gradient[l + 1].
  func moments(of gradient: UnsafeMutablePointer<Float>, into moments: inout [SeriesMoments]) {
    for group in moments.indices { moments[group] = SeriesMoments() }
    // Horner's rule in z^64, so from the last block to the first.
    for start in stride(from: 0, to: length, by: Self.panelLength).reversed() {
      let count = min(Self.panelLength, length - start)
      scaleByStep(gradient, start: start, count: count)
      multiply(gradient + start, count: count, into: panel.elements)
      multiply(scaled.elements, count: count, into: panel.elements + rows * columns)
      let blocks = blockCount(count)
      for group in moments.indices {
        var (sum, derivative) = (moments[group].sum, moments[group].derivative)
        let factor = blockPowers[group]
        var place = panel.elements + group * 2 * ComplexLanes.count + blocks * columns
        for _ in 0..<blocks {
          place -= columns
          sum = sum * factor + ComplexLanes(VectorMath.load(place))
          derivative = derivative * factor + ComplexLanes(VectorMath.load(place + rows * columns))
        }
        moments[group] = SeriesMoments(sum: sum, derivative: derivative)
      }
    }
  }

  /// scaled[i] = (l + 1)·gradient[l + 1] at l = start + i, with 0 after the last step.
  private func scaleByStep(_ gradient: UnsafeMutablePointer<Float>, start: Int, count: Int) {
    let steps = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + 1
    for index in stride(from: 0, to: count, by: 16) {
      let next = start + index + 1
      let values = VectorMath.load(gradient + next, count: length - next)
      VectorMath.store((steps + Float(start + index)) * values, to: scaled.elements + index, count: count - index)
    }
  }

  /// products[b] = Σ_j series[64b + j]·z^j of every number.
  private func multiply(_ series: UnsafeMutablePointer<Float>, count: Int, into products: UnsafeMutablePointer<Float>) {
    forEachRun(of: count) { block, rows, steps in
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(steps), 1,
        series + block * Self.blockLength, Int32(Self.blockLength), table.elements, Int32(columns), 0, products + block * columns,
        Int32(columns))
    }
  }

  /// Calls `body` with the first block, the blocks and the steps of each: the whole blocks, then the shorter one at the end.
  @inline(always)
  private func forEachRun(of count: Int, _ body: (_ block: Int, _ rows: Int, _ steps: Int) -> Void) {
    let whole = count / Self.blockLength
    if whole > 0 { body(0, whole, Self.blockLength) }
    if count > whole * Self.blockLength { body(whole, 1, count - whole * Self.blockLength) }
  }

  private func blockCount(_ steps: Int) -> Int { (steps + Self.blockLength - 1) / Self.blockLength }
}
