import Accelerators

/// The features of pairs: u and v give [u, v, u − v, u·v].
///
/// Shapes: rows [2B, H], all u before all v; features [B, 4H].
///
/// - Source: Long Range Arena's retrieval head.
package enum PairFeatures {
  package static func forward(_ rows: Tensor) -> Tensor {
    let (count, width) = sizes(rows)
    if let program = Program.recording(rows) { return record(program, rows) }
    let features = Tensor(uninitialized: [count, 4 * width])
    for pair in 0..<count {
      let (u, v) = (rows.elements + pair * width, rows.elements + (count + pair) * width)
      let target = features.elements + 4 * pair * width
      for channel in 0..<width {
        target[channel] = u[channel]
        target[width + channel] = v[channel]
        target[2 * width + channel] = u[channel] - v[channel]
        target[3 * width + channel] = u[channel] * v[channel]
      }
    }
    return features
  }

  /// The gradient of the rows.
  package static func backward(outputGradient: Tensor, input rows: Tensor) -> Tensor {
    let (count, width) = sizes(rows)
    precondition(outputGradient.shape == [count, 4 * width], "PairFeatures: gradient \(outputGradient.shape) for rows \(rows.shape)")
    if let program = Program.recording(outputGradient, rows) {
      return recordBackward(program, outputGradient: outputGradient, input: rows)
    }
    let gradient = Tensor(uninitialized: rows.shape)
    for pair in 0..<count {
      let (first, second) = (pair * width, (count + pair) * width)
      let slopes = outputGradient.elements + 4 * pair * width
      for channel in 0..<width {
        let (sum, product) = (slopes[2 * width + channel], slopes[3 * width + channel])
        gradient.elements[first + channel] = slopes[channel] + sum + product * rows.elements[second + channel]
        gradient.elements[second + channel] = slopes[width + channel] - sum + product * rows.elements[first + channel]
      }
    }
    return gradient
  }

  private static func sizes(_ rows: Tensor) -> (count: Int, width: Int) {
    precondition(rows.shape.count == 2 && rows.shape[0].isMultiple(of: 2), "PairFeatures: rows \(rows.shape)")
    return (rows.shape[0] / 2, rows.shape[1])
  }
}
