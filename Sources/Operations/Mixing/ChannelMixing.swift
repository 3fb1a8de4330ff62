import Accelerators
import CBLAS

/// The position-wise linear map over channels: y[b] = W·x[b] + bias.
///
/// Shapes: x [B, H, L], W [O, H], bias [O], y [B, O, L]. Each product runs on one BLAS thread inside our own fixed tiles,
/// so the bits do not depend on the number of threads.
package enum ChannelMixing {
  /// Time steps of a tile: its columns of x and y stay in the second-level cache.
  private static let tileLength = 512
  /// Partial sums of the weight gradient: fixed, so that their order is.
  private static let maximumGroupCount = 16

  package static func forward(_ input: Tensor, weight: Tensor, bias: Tensor) -> Tensor {
    let sizes = Sizes(input: input, weight: weight, bias: bias)
    if let program = Program.recording(input, weight) { return record(program, input, weight: weight, bias: bias) }
    let output = Tensor(uninitialized: [sizes.batch, sizes.outputs, sizes.length])
    Parallel.forEach(sizes.tileCount) { tile in
      let (sample, steps) = sizes.tile(tile)
      let columns = output.elements + sample * sizes.outputs * sizes.length + steps.lowerBound
      for row in 0..<sizes.outputs {
        (columns + row * sizes.length).update(repeating: bias.elements[row], count: steps.count)
      }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(sizes.outputs), Int32(steps.count), Int32(sizes.inputs), 1,
        weight.elements, Int32(sizes.inputs),
        input.elements + sample * sizes.inputs * sizes.length + steps.lowerBound, Int32(sizes.length), 1, columns, Int32(sizes.length))
    }
    return output
  }

  /// Returns the gradient of x; adds to the gradients of W and bias.
  package static func backward(
    outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor
  ) -> Tensor {
    if let program = Program.recording(outputGradient, weight) {
      return recordBackward(
        program, outputGradient: outputGradient, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
    }
    let inputGradient = Tensor(uninitialized: input.shape)
    differentiate(
      outputGradient: outputGradient, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient,
      inputGradient: inputGradient)
    return inputGradient
  }

  /// Adds to the gradients of W and bias alone, as in the first layer of a model, whose input is data.
  package static func parameterGradients(
    outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor
  ) {
    if let program = Program.recording(outputGradient) {
      return recordParameterGradients(
        program, outputGradient: outputGradient, input: input, weightGradient: weightGradient, biasGradient: biasGradient)
    }
    differentiate(
      outputGradient: outputGradient, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient,
      inputGradient: nil)
  }

  private static func differentiate(
    outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor, inputGradient: Tensor?
  ) {
    let sizes = Sizes(input: input, weight: weight, bias: biasGradient)
    precondition(
      outputGradient.shape == [sizes.batch, sizes.outputs, sizes.length] && weightGradient.shape == weight.shape,
      "ChannelMixing: gradient \(outputGradient.shape) for input \(input.shape), weight \(weight.shape)")
    let groupCount = min(maximumGroupCount, sizes.tileCount)
    let weightPartials = Tensor.zeros([groupCount, sizes.outputs, sizes.inputs])
    let biasPartials = Tensor.zeros([groupCount, sizes.outputs])
    Parallel.forEach(groupCount) { group in
      let weightPartial = weightPartials.elements + group * weight.count
      let biasPartial = biasPartials.elements + group * sizes.outputs
      for tile in stride(from: group, to: sizes.tileCount, by: groupCount) {
        let (sample, steps) = sizes.tile(tile)
        let gradient = outputGradient.elements + sample * sizes.outputs * sizes.length + steps.lowerBound
        let inputOffset = sample * sizes.inputs * sizes.length + steps.lowerBound
        cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(sizes.outputs), Int32(sizes.inputs), Int32(steps.count), 1,
          gradient, Int32(sizes.length), input.elements + inputOffset, Int32(sizes.length), 1, weightPartial, Int32(sizes.inputs))
        for row in 0..<sizes.outputs {
          biasPartial[row] += Float(VectorMath.sum(gradient + row * sizes.length, count: steps.count) { $0 })
        }
        guard let inputGradient else { continue }
        cblas_sgemm(
          CblasRowMajor, CblasTrans, CblasNoTrans, Int32(sizes.inputs), Int32(steps.count), Int32(sizes.outputs), 1,
          weight.elements, Int32(sizes.inputs), gradient, Int32(sizes.length), 0, inputGradient.elements + inputOffset,
          Int32(sizes.length))
      }
    }
    Reductions.addPartials(weightPartials, count: groupCount, to: weightGradient)
    Reductions.addPartials(biasPartials, count: groupCount, to: biasGradient)
  }

  /// The sizes of one product and its cut into tiles of (sample, time range).
  private struct Sizes: Sendable {
    let batch: Int
    let inputs: Int
    let outputs: Int
    let length: Int
    let tilesPerSample: Int

    var tileCount: Int { batch * tilesPerSample }

    init(input: Tensor, weight: Tensor, bias: Tensor) {
      precondition(
        input.shape.count == 3 && weight.shape.count == 2 && weight.shape[1] == input.shape[1] && bias.shape == [weight.shape[0]],
        "ChannelMixing: input \(input.shape), weight \(weight.shape), bias \(bias.shape)")
      batch = input.shape[0]
      inputs = input.shape[1]
      outputs = weight.shape[0]
      length = input.shape[2]
      tilesPerSample = (length + ChannelMixing.tileLength - 1) / ChannelMixing.tileLength
    }

    func tile(_ index: Int) -> (sample: Int, steps: Range<Int>) {
      let start = index % tilesPerSample * ChannelMixing.tileLength
      return (index / tilesPerSample, start..<min(length, start + ChannelMixing.tileLength))
    }
  }
}
