import Arrays

/// A sequence followed by its own reversal: [B, H, L] → [B, H, 2L].
///
/// - Source: the scripts of HOPE (Yu et al., 2025) for images, right behind the encoder.
package enum SequenceReversal {
  package static func append(_ input: Tensor) -> Tensor {
    let (rows, length) = sizes(input.shape)
    let output = Tensor(uninitialized: [input.shape[0], input.shape[1], 2 * length])
    Parallel.forEach(rows) { row in
      let source = input.elements + row * length
      let target = output.elements + 2 * row * length
      target.update(from: source, count: length)
      for step in 0..<length { target[2 * length - 1 - step] = source[step] }
    }
    return output
  }

  /// The gradient of the input.
  package static func backward(outputGradient: Tensor) -> Tensor {
    let (rows, doubled) = sizes(outputGradient.shape)
    precondition(doubled.isMultiple(of: 2), "SequenceReversal: gradient \(outputGradient.shape)")
    let length = doubled / 2
    let gradient = Tensor(uninitialized: [outputGradient.shape[0], outputGradient.shape[1], length])
    Parallel.forEach(rows) { row in
      let source = outputGradient.elements + row * doubled
      let target = gradient.elements + row * length
      for step in 0..<length { target[step] = source[step] + source[doubled - 1 - step] }
    }
    return gradient
  }

  private static func sizes(_ shape: [Int]) -> (rows: Int, length: Int) {
    precondition(shape.count == 3, "SequenceReversal: shape \(shape)")
    return (shape[0] * shape[1], shape[2])
  }
}
