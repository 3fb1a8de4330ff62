import ComplexModule

/// Complex states over time, x_k = λ̄ x_(k−1) + v_k, in Double, for rows of modes and pixels: a list of T rows of P · pixels numbers.
package struct ReferenceScan: Sendable {
  /// λ̄ of each mode, shape [P].
  package var multipliers: [Complex<Double>]
  package let pixels: Int

  package init(multipliers: [Complex<Double>], pixels: Int) {
    self.multipliers = multipliers
    self.pixels = pixels
  }

  package typealias Row = [Complex<Double>]

  /// Step by step.
  ///
  /// - Parameter initial: the state before the first step.
  package func forward(_ inputs: [Row], initial: Row) -> [Row] {
    var state = initial
    return inputs.map { input in
      state = sum(multiplied(state, by: multipliers), input)
      return state
    }
  }

  /// The same states by the associative law, as machines with many cores compute them: each step is a pair (factor, sum), and pairs one
  /// after the other are (a, u) ∘ (b, v) = (b a, b u + v). Neighbours are joined, the half as long list is scanned, and the others follow.
  package func associative(_ inputs: [Row], initial: Row) -> [Row] {
    guard !inputs.isEmpty else { return [] }
    var elements = inputs.map { (factors: multipliers, sums: $0) }
    elements[0].sums = sum(multiplied(initial, by: multipliers), inputs[0])
    return scanned(elements).map(\.sums)
  }

  private typealias Element = (factors: [Complex<Double>], sums: Row)

  private func scanned(_ elements: [Element]) -> [Element] {
    guard elements.count > 1 else { return elements }
    let joined = stride(from: 0, to: elements.count - 1, by: 2).map { join(elements[$0], elements[$0 + 1]) }
    let odd = scanned(joined)
    return elements.indices.map { index in
      index == 0 ? elements[0] : index % 2 == 1 ? odd[index / 2] : join(odd[index / 2 - 1], elements[index])
    }
  }

  private func join(_ first: Element, _ second: Element) -> Element {
    (zip(second.factors, first.factors).map { $0 * $1 }, sum(multiplied(first.sums, by: second.factors), second.sums))
  }

  /// Gradients as complex numbers: the slope by the real part, and i times that by the imaginary part.
  package struct Gradient: Sendable {
    package let inputs: [Row]
    package let multipliers: [Complex<Double>]
  }

  /// - Parameter stateGradient: slopes by the states, T rows.
  package func backward(stateGradient: [Row], states: [Row], initial: Row) -> Gradient {
    let conjugates = multipliers.map(\.conjugate)
    var (slopes, slope) = (stateGradient, initial.map { _ in Complex<Double>.zero })
    var factors = multipliers.map { _ in Complex<Double>.zero }
    for step in states.indices.reversed() {
      slope = sum(multiplied(slope, by: conjugates), stateGradient[step])
      slopes[step] = slope
      let before = step > 0 ? states[step - 1] : initial
      for index in slope.indices { factors[index / pixels] += before[index].conjugate * slope[index] }
    }
    return Gradient(inputs: slopes, multipliers: factors)
  }

  private func multiplied(_ row: Row, by factors: [Complex<Double>]) -> Row {
    row.enumerated().map { factors[$0.offset / pixels] * $0.element }
  }

  private func sum(_ first: Row, _ second: Row) -> Row { zip(first, second).map { $0 + $1 } }
}
