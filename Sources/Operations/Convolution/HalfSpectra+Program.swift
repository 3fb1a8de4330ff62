import Accelerators

extension HalfSpectra {
  static func record(_ program: Program, _ samples: Tensor) -> Tensor {
    let (width, count) = (samples.shape[0] / 2, samples.shape[1])
    let values = samples.value(in: program)
    func half(_ range: Range<Int>) -> ComplexValue { ComplexValue(interleaved: values.slice(axis: 0, range)) }
    let (first, second) = (half(0..<width), half(width..<2 * width).conjugate)
    func steps(_ value: ComplexValue, _ range: Range<Int>) -> ComplexValue { value.parts { $0.slice(axis: 1, range) } }
    let middle = 0.5 * (steps(first, 1..<count) + steps(second, 0..<count - 1))
    // These two are their own mirrors: bin 0 is a₀, bin S is the last of b.
    let ends = (steps(first, 0..<1), steps(second, count - 1..<count))
    let zero = ends.0.real.filled(0)
    let joined = ComplexValue(
      Value.concatenated([ends.0.real, middle.real, ends.1.real], axis: 1), Value.concatenated([zero, middle.imaginary, zero], axis: 1))
    return Tensor(joined.interleaved)
  }

  static func recordSplit(_ program: Program, _ gradient: Tensor) -> Tensor {
    let count = gradient.shape[1] - 1
    let bins = ComplexValue(interleaved: gradient.value(in: program))
    let first = bins.parts { $0.slice(axis: 1, 0..<count) }
    let second = bins.conjugate.parts { $0.slice(axis: 1, 1..<count + 1) }
    return Tensor(Value.concatenated([first.interleaved, second.interleaved], axis: 0))
  }
}
