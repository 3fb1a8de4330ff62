import Accelerators

/// A sequence followed by its own reversal: [B, H, L] → [B, H, 2L].
///
/// - Source: the scripts of HOPE (Yu et al., 2025) for images, right behind the encoder.
package enum SequenceReversal {
  package static func append(_ input: Tensor) -> Tensor {
    let (rows, length) = sizes(input.shape)
    if let program = Program.recording(input) { return record(program, input) }
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
    if let program = Program.recording(outputGradient) { return recordBackward(program, outputGradient: outputGradient) }
    let length = doubled / 2
    let gradient = Tensor(uninitialized: [outputGradient.shape[0], outputGradient.shape[1], length])
    Parallel.forEach(rows) { row in
      let source = outputGradient.elements + row * doubled
      let target = gradient.elements + row * length
      for step in 0..<length { target[step] = source[step] + source[doubled - 1 - step] }
    }
    return gradient
  }

  /// The two halves of a sequence with its reversed copy as channels of their own, the second half turned back, plus the skip term.
  ///
  /// y[b, h, t] = x[b, h, t] + D[h]·u[b, h, t] and y[b, H + h, t] = x[b, h, 2L − 1 − t] + D[H + h]·u[b, h, t].
  ///
  /// - Parameters:
  ///   - doubled: x, [B, H, 2L].
  ///   - input: u, [B, H, L].
  ///   - skip: D, [2H].
  /// - Returns: y, [B, 2H, L].
  /// - Source: the released layer of HOPE (Yu et al., 2025) for text.
  package static func separate(_ doubled: Tensor, adding input: Tensor, skip: Tensor) -> Tensor {
    let halves = Halves(doubled: doubled.shape, input: input.shape, skip: skip.shape)
    if let program = Program.recording(doubled, input) { return recordSeparate(program, doubled, adding: input, skip: skip) }
    let output = Tensor(uninitialized: [halves.batch, 2 * halves.width, halves.length])
    halves.forEach { row, first, second, channel in
      let (source, copy) = (input.elements + row * halves.length, doubled.elements + 2 * row * halves.length)
      let (forward, backward) = (output.elements + first * halves.length, output.elements + second * halves.length)
      for step in 0..<halves.length {
        forward[step] = copy[step] + skip.elements[channel] * source[step]
        backward[step] = copy[2 * halves.length - 1 - step] + skip.elements[halves.width + channel] * source[step]
      }
    }
    return output
  }

  /// Returns the gradients of x and of the skip term's u; adds to the gradient of D.
  package static func separateBackward(
    outputGradient: Tensor, input: Tensor, skip: Tensor, skipGradient: Tensor?
  ) -> (doubled: Tensor, input: Tensor) {
    if let program = Program.recording(outputGradient, input) {
      return recordSeparateBackward(
        program, outputGradient: outputGradient, input: input, skip: skip, skipGradient: skipGradient)
    }
    let doubled = Tensor(uninitialized: [input.shape[0], input.shape[1], 2 * input.shape[2]])
    let inputGradient = Tensor(uninitialized: input.shape)
    let halves = Halves(doubled: doubled.shape, input: input.shape, skip: skip.shape)
    halves.forEach { row, first, second, channel in
      let (source, copy) = (inputGradient.elements + row * halves.length, doubled.elements + 2 * row * halves.length)
      let (forward, backward) = (outputGradient.elements + first * halves.length, outputGradient.elements + second * halves.length)
      for step in 0..<halves.length {
        copy[step] = forward[step]
        copy[2 * halves.length - 1 - step] = backward[step]
        source[step] = skip.elements[channel] * forward[step] + skip.elements[halves.width + channel] * backward[step]
      }
    }
    guard let skipGradient else { return (doubled, inputGradient) }
    for index in 0..<2 * halves.width {
      for sample in 0..<halves.batch {
        skipGradient.elements[index] += Float(
          VectorMath.sum(
            outputGradient.elements + (sample * 2 * halves.width + index) * halves.length,
            input.elements + (sample * halves.width + index % halves.width) * halves.length, count: halves.length
          ) { $0 * $1 })
      }
    }
    return (doubled, inputGradient)
  }

  private struct Halves: Sendable {
    let batch: Int
    let width: Int
    let length: Int

    init(doubled: [Int], input: [Int], skip: [Int]) {
      precondition(
        input.count == 3 && doubled == [input[0], input[1], 2 * input[2]] && skip == [2 * input[1]],
        "SequenceReversal: copy \(doubled), input \(input), skip \(skip)")
      (batch, width, length) = (input[0], input[1], input[2])
    }

    /// Calls `body` with the rows of u and x, of both halves in y, and the channel.
    @inline(always)
    func forEach(_ body: @Sendable (_ row: Int, _ first: Int, _ second: Int, _ channel: Int) -> Void) {
      Parallel.forEach(batch * width) { row in
        let (sample, channel) = (row / width, row % width)
        let first = sample * 2 * width + channel
        body(row, first, first + width, channel)
      }
    }
  }

  private static func sizes(_ shape: [Int]) -> (rows: Int, length: Int) {
    precondition(shape.count == 3, "SequenceReversal: shape \(shape)")
    return (shape[0] * shape[1], shape[2])
  }
}
