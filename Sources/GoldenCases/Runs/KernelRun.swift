import Operations
import ReferenceModels
import SequenceModels

/// Kernels by themselves, forward and back.
struct KernelRun {
  /// Shape [directions, H, L].
  let kernel: [Double]
  /// Under the names of the arrays.
  let gradients: [String: [Double]]

  /// - Parameters:
  ///   - arrays: values under the layer's names.
  ///   - kernelGradient: slopes of the loss by the kernel, shaped as it; nil for no way back.
  init(
    _ pair: KernelPair, _ arrays: [String: [Double]], length: Int, kernelGradient: [Double]? = nil, by computation: Computation
  ) throws {
    switch computation {
    case .engine(let place):
      let source = try pair.source(arrays)
      let slopes = kernelGradient.map { [Tensor([pair.directions, pair.width, length], reals: $0)] } ?? []
      kernel = try place.run(source.parameters.tensors + slopes) {
        for slopes in slopes { source.backward(kernelGradient: slopes, length: length, samplingRate: 1) }
        return [source.kernel(length: length, samplingRate: 1)]
      }[0].reals
      gradients = source.parameters.gradients
    case .twin:
      let values = pair.ordered(arrays)
      // A circle begins with the lags 0, 1, … and ends with −1.
      let circles = pair.twin.circles(values, length: length)
      let backward = circles.map { $0.suffix(length).reversed() as [Double] }
      kernel = circles.flatMap { $0.prefix(length) } + (pair.directions == 2 ? backward.flatMap { $0 } : [])
      let rows = kernelGradient.map { Rows.cut($0, length) }
      gradients =
        rows.map { rows in
          let slopes = circles.indices.map { channel in
            rows[channel] + (pair.directions == 2 ? rows[pair.width + channel].reversed() : rows[channel].map { _ in 0 })
          }
          return pair.named(pair.twin.gradients(values, circleGradient: slopes, length: length))
        } ?? [:]
    }
  }
}
