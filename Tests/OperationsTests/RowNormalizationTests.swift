import Operations
import TestSupport
import Testing

/// Norms that other operations apply while they read, and gradients that are added in place, against the tensors written one by one.
@Suite struct RowNormalizationTests {
  private let input = Tensor.random([3, 4, 37], lane: 1, bound: 5)
  private let scale = Tensor.random([4], lane: 2)
  private let shift = Tensor.random([4], lane: 3)
  private let runningMean = Tensor.random([4], lane: 4)
  private let runningVariance = Tensor([4], filledWith: 2)

  private func norm(batch: Bool, lengths: Integers? = nil) -> (rows: RowNormalization, output: Tensor) {
    if batch {
      let cache = BatchNormalization.trainingStatistics(
        input, runningMean: runningMean, runningVariance: runningVariance)
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

  @Test("a convolution that normalises its rows equals one of the normalised tensor, bit for bit", arguments: Engine.all, [true, false])
  func convolution(engine: Engine, batch: Bool) throws {
    let lengths: Integers = [37, 1, 20]
    let (kernel, skip) = (Tensor.random([2, 8, 37], lane: 5), Tensor.random([8], lane: 6))
    let gradient = Tensor.random([3, 8, 37], lane: 7)
    /// The output and the gradients of input, kernel and skip.
    func convolve(_ input: Tensor, _ rows: RowNormalization?) -> [Tensor] {
      let skipGradient = Tensor.zeros(like: skip)
      let gradients = LongConvolution.backward(
        outputGradient: gradient, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient, normalization: rows)
      let output = LongConvolution.forward(input, kernel: kernel, skip: skip, normalization: rows)
      return [output, gradients.input, gradients.kernel, skipGradient]
    }
    let results = try engine.run([input, scale, shift, runningMean, runningVariance, kernel, skip, gradient]) {
      convolve(input, norm(batch: batch, lengths: lengths).rows)
    }
    let (_, normalized) = norm(batch: batch)
    SequencePooling.maskPadding(normalized, lengths: lengths)
    for (result, expected) in zip(results, convolve(normalized, nil)) {
      if engine == .host { #expect(result.values() == expected.values()) }
      #expect(maxRelative(result.doubles, expected.doubles) < 5e-6)
    }
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

  @Test("padding alone is zero, and without padding there is nothing to do", arguments: Engine.all)
  func onlyPadding(engine: Engine) throws {
    let expected = input.copy()
    SequencePooling.maskPadding(expected, lengths: [5, 37, 1])
    let norm = try #require(RowNormalization(onlyPadding: [5, 37, 1]))
    #expect(try engine.run([input]) { [norm.applied(to: input)] }[0].values() == expected.values())
    #expect(RowNormalization(onlyPadding: nil) == nil)
  }

  @Test("gradients of norms add to the residual's gradient in place", arguments: Engine.all, [true, false])
  func adding(engine: Engine, batch: Bool) throws {
    let (gradient, residual) = (Tensor.random(input.shape, lane: 8), Tensor.random(input.shape, lane: 9))
    func backward(addingTo target: Tensor?) -> Tensor {
      let (scaleGradient, shiftGradient) = (Tensor.zeros(like: scale), Tensor.zeros(like: shift))
      if batch {
        let cache = BatchNormalization.trainingStatistics(input, runningMean: runningMean, runningVariance: runningVariance)
        return BatchNormalization.backward(
          outputGradient: gradient, input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
          shiftGradient: shiftGradient, addingTo: target)
      }
      return LayerNormalization.backward(
        outputGradient: gradient, input: input, scale: scale, cache: LayerNormalization.statistics(input),
        scaleGradient: scaleGradient, shiftGradient: shiftGradient, addingTo: target)
    }
    let expected = ElementwiseArithmetic.sum(residual, backward(addingTo: nil))
    let tensors = [input, scale, shift, runningMean, runningVariance, gradient, residual]
    let sum = try engine.run(tensors) {
      let sum = backward(addingTo: residual)
      #expect(sum === residual)
      return [sum]
    }[0]
    #expect(residual.values() == sum.values())
    if engine == .host { #expect(sum.values() == expected.values()) }
    #expect(maxRelative(sum.doubles, expected.doubles) < 1e-6)
  }
}
