import Arrays
import CBLAS

/// The powers z^0 … z^63 of a channel's numbers as floats, and sums of power series by them.
///
/// Time is cut into blocks of 64 steps, z^(64b + j) = z^(64b)·z^j, so that a series over all steps is a product of two small matrices, one
/// with a row for each block and one with a row for each j. The factors z^(64b) are carried in Double, so that the error does not grow with
/// the length. Numbers come in groups of eight; a row holds for each group eight real parts and then eight imaginary parts.
struct PowerTable {
  private static let blockLength = 64
  /// Blocks whose matrices are formed at once, and stay in the first-level cache: memory does not grow with the length.
  private static let panelBlocks = 64
  private static let panelLength = panelBlocks * blockLength

  private let groupCount: Int
  /// [64, columns], columns = 16 a group.
  private let table: Tensor
  /// z^64.
  private let blockPowers: [ComplexLanes]
  private let length: Int

  private var columns: Int { groupCount * 2 * ComplexLanes.count }

  /// - Parameter length: of the series.
  init(_ bases: [ComplexLanes], length: Int) {
    groupCount = bases.count
    self.length = length
    let columns = bases.count * 2 * ComplexLanes.count
    table = Tensor(uninitialized: [Self.blockLength, columns])
    var target = table.elements
    blockPowers = bases.map { base in
      var power = ComplexLanes(1)
      for exponent in 0..<Self.blockLength {
        VectorMath.store(power.rounded, to: target + exponent * columns)
        power = power * base
      }
      target += 2 * ComplexLanes.count
      return power
    }
  }

  /// Writes Re Σ_n weights[n]·z_n^l for l in 0 ..< length.
  func sumSeries(weights: [ComplexLanes], into output: UnsafeMutablePointer<Float>) {
    let panel = Tensor(uninitialized: [min(Self.panelBlocks, blockCount(length)), columns])
    var weights = weights
    for start in stride(from: 0, to: length, by: Self.panelLength) {
      let count = min(Self.panelLength, length - start)
      let blocks = blockCount(count)
      for group in 0..<groupCount {
        // Re(w·z) is the product of the parts of w's conjugate with those of z.
        var weight = weights[group]
        let place = panel.elements + group * 2 * ComplexLanes.count
        for block in 0..<blocks {
          VectorMath.store(weight.conjugate.rounded, to: place + block * columns)
          weight = weight * blockPowers[group]
        }
        weights[group] = weight
      }
      forEachRun(of: count) { block, rows, steps in
        cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(steps), Int32(columns), 1, panel.elements + block * columns,
          Int32(columns), table.elements, Int32(columns), 0, output + start + block * Self.blockLength, Int32(Self.blockLength))
      }
    }
  }

  /// Σ_l gradient[l]·z_n^l and Σ_l gradient[l]·l·z_n^(l−1) of every number.
  ///
  /// The second is a power series too, of the coefficients (l + 1)·gradient[l + 1].
  func moments(of gradient: UnsafeMutablePointer<Float>) -> [SeriesMoments] {
    let rows = min(Self.panelBlocks, blockCount(length))
    let scaled = Tensor(uninitialized: [rows, Self.blockLength])
    let products = Tensor(uninitialized: [2, rows, columns])
    var result = [SeriesMoments](repeating: SeriesMoments(), count: groupCount)
    // Horner's rule in z^64, so from the last block to the first.
    for start in stride(from: 0, to: length, by: Self.panelLength).reversed() {
      let count = min(Self.panelLength, length - start)
      scaleByStep(gradient, start: start, count: count, into: scaled.elements)
      multiply(gradient + start, count: count, into: products.elements)
      multiply(scaled.elements, count: count, into: products.elements + rows * columns)
      for group in 0..<groupCount {
        var moments = result[group]
        let factor = blockPowers[group]
        var place = products.elements + group * 2 * ComplexLanes.count + blockCount(count) * columns
        for _ in 0..<blockCount(count) {
          place -= columns
          moments.sum = moments.sum * factor + ComplexLanes(VectorMath.load(place))
          moments.derivative = moments.derivative * factor + ComplexLanes(VectorMath.load(place + rows * columns))
        }
        result[group] = moments
      }
    }
    return result
  }

  /// scaled[i] = (l + 1)·gradient[l + 1] at l = start + i, with 0 after the last step.
  private func scaleByStep(
    _ gradient: UnsafeMutablePointer<Float>, start: Int, count: Int, into scaled: UnsafeMutablePointer<Float>
  ) {
    let steps = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + 1
    for index in stride(from: 0, to: count, by: 16) {
      let next = start + index + 1
      let values = VectorMath.load(gradient + next, count: length - next)
      VectorMath.store((steps + Float(start + index)) * values, to: scaled + index, count: count - index)
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
