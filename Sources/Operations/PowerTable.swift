import Arrays
import ComplexModule

/// The powers z^0 … z^63 of some numbers as floats, and sums of power series in blocks of 64 terms.
///
/// Rows of 64 floats, one row a number: Re z^j, Im z^j and, for gradients, Re and Im of j·z^(j−1). Factors z^(64b) are carried in Double,
/// so the error does not grow with the length.
struct PowerTable {
  private static let blockLength = 64

  private let bases: [Complex<Double>]
  /// [table, number, 64] with two tables, or four with the derivative.
  private let table: Tensor
  /// z^64 and z^63.
  private let blockPowers: [Complex<Double>]
  private let previousPowers: [Complex<Double>]

  init(_ bases: [Complex<Double>], withDerivative: Bool) {
    self.bases = bases
    table = Tensor(uninitialized: [withDerivative ? 4 : 2, bases.count, Self.blockLength])
    let rowSpan = bases.count * Self.blockLength
    var blockPowers: [Complex<Double>] = []
    var previousPowers: [Complex<Double>] = []
    for (number, base) in bases.enumerated() {
      let row = table.elements + number * Self.blockLength
      var power: Complex<Double> = 1
      var previous: Complex<Double> = 0
      for exponent in 0..<Self.blockLength {
        row[exponent] = Float(power.real)
        row[rowSpan + exponent] = Float(power.imaginary)
        if withDerivative {
          row[2 * rowSpan + exponent] = Float(Double(exponent) * previous.real)
          row[3 * rowSpan + exponent] = Float(Double(exponent) * previous.imaginary)
        }
        previous = power
        power = power * base
      }
      blockPowers.append(power)
      previousPowers.append(previous)
    }
    self.blockPowers = blockPowers
    self.previousPowers = previousPowers
  }

  /// Writes Re Σ_n weights[n]·z_n^l for l in 0 ..< length.
  func sumSeries(weights: [Complex<Double>], into output: UnsafeMutablePointer<Float>, length: Int) {
    var weights = weights
    let last = Tensor(uninitialized: [Self.blockLength])
    for start in stride(from: 0, to: length, by: Self.blockLength) {
      let count = min(Self.blockLength, length - start)
      let target = count == Self.blockLength ? output + start : last.elements
      sumBlock(weights, into: target)
      if count < Self.blockLength { (output + start).update(from: target, count: count) }
      for number in bases.indices { weights[number] = weights[number] * blockPowers[number] }
    }
  }

  /// One block: 64 sums stay in registers while the numbers pass.
  private func sumBlock(_ weights: [Complex<Double>], into target: UnsafeMutablePointer<Float>) {
    var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    let imaginaryOffset = bases.count * Self.blockLength
    weights.withUnsafeBufferPointer { weights in
      for number in 0..<weights.count {
        let real = table.elements + number * Self.blockLength
        let imaginary = real + imaginaryOffset
        let x = Lanes(repeating: Float(weights[number].real))
        let y = Lanes(repeating: Float(-weights[number].imaginary))
        a = VectorMath.multiplyAdd(y, VectorMath.load(imaginary), VectorMath.multiplyAdd(x, VectorMath.load(real), a))
        b = VectorMath.multiplyAdd(y, VectorMath.load(imaginary + 16), VectorMath.multiplyAdd(x, VectorMath.load(real + 16), b))
        c = VectorMath.multiplyAdd(y, VectorMath.load(imaginary + 32), VectorMath.multiplyAdd(x, VectorMath.load(real + 32), c))
        d = VectorMath.multiplyAdd(y, VectorMath.load(imaginary + 48), VectorMath.multiplyAdd(x, VectorMath.load(real + 48), d))
      }
    }
    VectorMath.store(a, to: target)
    VectorMath.store(b, to: target + 16)
    VectorMath.store(c, to: target + 32)
    VectorMath.store(d, to: target + 48)
  }

  /// Σ_l gradient[l]·z_n^l and Σ_l gradient[l]·l·z_n^(l−1) of every number.
  ///
  /// - Precondition: made with the derivative.
  func moments(of gradient: UnsafeMutablePointer<Float>, length: Int) -> [SeriesMoments] {
    var result = [SeriesMoments](repeating: SeriesMoments(), count: bases.count)
    var powers = [Complex<Double>](repeating: 1, count: bases.count)
    // z^(64b − 1), from the second block on.
    var previous = previousPowers
    let last = Tensor.zeros([Self.blockLength])
    for start in stride(from: 0, to: length, by: Self.blockLength) {
      let count = min(Self.blockLength, length - start)
      if count < Self.blockLength { last.elements.update(from: gradient + start, count: count) }
      let source = count == Self.blockLength ? gradient + start : last.elements
      for number in bases.indices {
        let block = blockMoments(of: source, number: number)
        result[number].sum += powers[number] * block.sum
        result[number].derivative += powers[number] * block.derivative
        if start > 0 {
          result[number].derivative += Double(start) * previous[number] * block.sum
          previous[number] = previous[number] * blockPowers[number]
        }
        powers[number] = powers[number] * blockPowers[number]
      }
    }
    return result
  }

  private func blockMoments(of gradient: UnsafeMutablePointer<Float>, number: Int) -> SeriesMoments {
    let rowSpan = bases.count * Self.blockLength
    let row = table.elements + number * Self.blockLength
    var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for offset in stride(from: 0, to: Self.blockLength, by: 16) {
      let values = VectorMath.load(gradient + offset)
      a = VectorMath.multiplyAdd(values, VectorMath.load(row + offset), a)
      b = VectorMath.multiplyAdd(values, VectorMath.load(row + rowSpan + offset), b)
      c = VectorMath.multiplyAdd(values, VectorMath.load(row + 2 * rowSpan + offset), c)
      d = VectorMath.multiplyAdd(values, VectorMath.load(row + 3 * rowSpan + offset), d)
    }
    return SeriesMoments(
      sum: Complex(Double(VectorMath.total(a)), Double(VectorMath.total(b))),
      derivative: Complex(Double(VectorMath.total(c)), Double(VectorMath.total(d))))
  }
}
