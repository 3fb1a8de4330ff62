import Arrays
import Operations

/// Layer norm over channels or batch norm over batch and time, with scale and shift per channel.
struct Normalization {
  private enum Kind {
    case layer
    case batch(runningMean: ModelBuffer, runningVariance: ModelBuffer)
  }

  enum Cache {
    case layer(LayerNormalization.Cache)
    case batch(BatchNormalization.Cache)
  }

  private let kind: Kind
  private let scale: Parameter
  private let shift: Parameter

  init(_ name: String, _ normalization: ModelConfiguration.Normalization, modelWidth: Int) {
    scale = Parameter("\(name).weight", .biasOrNorm, value: Tensor([modelWidth], filledWith: 1))
    shift = Parameter("\(name).bias", .biasOrNorm, value: .zeros([modelWidth]))
    switch normalization {
    case .layer: kind = .layer
    case .batch:
      kind = .batch(
        runningMean: ModelBuffer(name: "\(name).running_mean", value: .zeros([modelWidth])),
        runningVariance: ModelBuffer(name: "\(name).running_var", value: Tensor([modelWidth], filledWith: 1)))
    }
  }

  var parameters: [Parameter] { [scale, shift] }

  var buffers: [ModelBuffer] {
    switch kind {
    case .layer: []
    case .batch(let mean, let variance): [mean, variance]
    }
  }

  func forward(_ input: Tensor, isTraining: Bool) -> (output: Tensor, cache: Cache) {
    switch kind {
    case .layer:
      let result = LayerNormalization.forward(input, scale: scale.value, shift: shift.value)
      return (result.output, .layer(result.cache))
    case .batch(let mean, let variance):
      let result =
        isTraining
        ? BatchNormalization.forwardTraining(
          input, scale: scale.value, shift: shift.value, runningMean: mean.value, runningVariance: variance.value)
        : BatchNormalization.forwardEvaluation(
          input, scale: scale.value, shift: shift.value, runningMean: mean.value, runningVariance: variance.value)
      return (result.output, .batch(result.cache))
    }
  }

  func backward(outputGradient: Tensor, input: Tensor, cache: Cache) -> Tensor {
    switch cache {
    case .layer(let cache):
      LayerNormalization.backward(
        outputGradient: outputGradient, input: input, scale: scale.value, cache: cache, scaleGradient: scale.gradient,
        shiftGradient: shift.gradient)
    case .batch(let cache):
      BatchNormalization.backward(
        outputGradient: outputGradient, input: input, scale: scale.value, cache: cache, scaleGradient: scale.gradient,
        shiftGradient: shift.gradient)
    }
  }
}
