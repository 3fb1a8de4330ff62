import Operations
import TestSupport
import Testing

/// Norms that other operations apply while they read, and gradients that are added in place, against the tensors written one by one.
@Suite struct RowNormalizationTests {
  private let input = Tensor.random([3, 4, 37], lane: 1, bound: 5)
  private let scale = Tensor.random([4], lane: 2)
  private let shift = Tensor.random([4], lane: 3)

  private func norm(batch: Bool, lengths: Integers? = nil) -> (rows: RowNormalization, output: Tensor) {
    if batch {
      let cache = BatchNormalization.trainingStatistics(
        input, runningMean: .random([4], lane: 4), runningVariance: Tensor([4], filledWith: 2))
      return (
        RowNormalization(.perChannel(cache), scale: scale, shift: shift, lengths: lengths),
        BatchNormalization.forward(input, scale: scale, shift: shift, cache: cache).output
      )
    }
    return (
      RowNormalization(.perStep(LayerNormalization.statistics(input)), scale: scale, shift: shift, lengths: lengths),
      LayerNormalization.forward(input, scale: scale, shift: shift).output
    )
  }

  @Test("a convolution that normalises its rows equals one of the normalised tensor, bit for bit", arguments: [true, false])
  func convolution(batch: Bool) {
    let lengths: Integers = [37, 1, 20]
    let (rows, normalized) = norm(batch: batch, lengths: lengths)
    SequencePooling.maskPadding(normalized, lengths: lengths)
    let (kernel, skip) = (Tensor.random([2, 8, 37], lane: 5), Tensor.random([8], lane: 6))
    let output = LongConvolution.forward(input, kernel: kernel, skip: skip, normalization: rows)
    #expect(output.values() == LongConvolution.forward(normalized, kernel: kernel, skip: skip).values())
    let gradient = Tensor.random(output.shape, lane: 7)
    let (skipGradient, expectedSkipGradient) = (Tensor.zeros([8]), Tensor.zeros([8]))
    let gradients = LongConvolution.backward(
      outputGradient: gradient, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient, normalization: rows)
    let expected = LongConvolution.backward(
      outputGradient: gradient, input: normalized, kernel: kernel, skip: skip, skipGradient: expectedSkipGradient)
    #expect(gradients.input.values() == expected.input.values() && gradients.kernel.values() == expected.kernel.values())
    #expect(skipGradient.values() == expectedSkipGradient.values())
  }

  @Test("a gradient may take the place of the output's gradient")
  func overwriting() {
    let (kernel, skip) = (Tensor.random([2, 4, 37], lane: 5), Tensor.random([4], lane: 6))
    let gradient = Tensor.random(input.shape, lane: 7)
    func backward(_ gradient: Tensor, overwrites: Bool) -> LongConvolution.Gradients {
      LongConvolution.backward(
        outputGradient: gradient, input: input, kernel: kernel, skip: skip, skipGradient: .zeros([4]), overwrites: overwrites)
    }
    let place = gradient.copy()
    let (overwriting, expected) = (backward(place, overwrites: true), backward(gradient, overwrites: false))
    #expect(overwriting.input === place && place.values() == expected.input.values())
    #expect(overwriting.kernel.values() == expected.kernel.values())
  }

  @Test("padding alone is zero, and without padding there is nothing to do")
  func onlyPadding() {
    let expected = input.copy()
    SequencePooling.maskPadding(expected, lengths: [5, 37, 1])
    #expect(RowNormalization(onlyPadding: [5, 37, 1])!.applied(to: input).values() == expected.values())
    #expect(RowNormalization(onlyPadding: nil) == nil)
  }

  @Test("gradients of norms add to the residual's gradient in place", arguments: [true, false])
  func adding(batch: Bool) {
    let (gradient, residual) = (Tensor.random(input.shape, lane: 8), Tensor.random(input.shape, lane: 9))
    func backward(addingTo target: Tensor?) -> Tensor {
      let (scaleGradient, shiftGradient) = (Tensor.zeros([4]), Tensor.zeros([4]))
      if batch {
        let cache = BatchNormalization.trainingStatistics(input, runningMean: .zeros([4]), runningVariance: .zeros([4]))
        return BatchNormalization.backward(
          outputGradient: gradient, input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
          shiftGradient: shiftGradient, addingTo: target)
      }
      return LayerNormalization.backward(
        outputGradient: gradient, input: input, scale: scale, cache: LayerNormalization.statistics(input),
        scaleGradient: scaleGradient, shiftGradient: shiftGradient, addingTo: target)
    }
    let expected = ElementwiseArithmetic.sum(residual, backward(addingTo: nil))
    let sum = backward(addingTo: residual)
    #expect(sum === residual && sum.values() == expected.values())
  }
}
