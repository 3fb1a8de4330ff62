import Arrays
import Operations

/// The last map of a classifier: pooled features to logits or numbers.
///
/// Pairs of documents: features u and v give [u, v, u − v, u·v] → linear 4H → H → GELU → linear H → outputs.
///
/// - Source: Long Range Arena's retrieval head; names of its arrays as in the S4 repository.
enum OutputHead {
  case single(LinearMap)
  case pair(first: LinearMap, second: LinearMap)

  struct Cache {
    /// Pooled features, shape [rows, H].
    let pooled: Tensor
    /// Of pairs: [u, v, u − v, u·v], and the GELU's input.
    let combined: Tensor?
    let preActivation: Tensor?
  }

  init(_ input: InputDescription, modelWidth: Int, initializer: inout ParameterInitializer) {
    precondition((1...2).contains(input.documentCount), "OutputHead: \(input.documentCount) documents")
    self =
      input.documentCount == 1
      ? .single(LinearMap("decoder", inputs: modelWidth, outputs: input.outputCount, initializer: &initializer))
      : .pair(
        first: LinearMap("decoder.retrieval.classifier.0", inputs: 4 * modelWidth, outputs: modelWidth, initializer: &initializer),
        second: LinearMap("decoder.retrieval.classifier.2", inputs: modelWidth, outputs: input.outputCount, initializer: &initializer))
  }

  var parameters: [Parameter] {
    switch self {
    case .single(let map): map.parameters
    case .pair(let first, let second): first.parameters + second.parameters
    }
  }

  /// - Parameter pooled: [B, H], or [2B, H] with all first documents before all second ones.
  /// - Returns: [B, outputs].
  func forward(_ pooled: Tensor) -> (output: Tensor, cache: Cache) {
    switch self {
    case .single(let map): return (map.forward(pooled), Cache(pooled: pooled, combined: nil, preActivation: nil))
    case .pair(let first, let second):
      let combined = Self.combine(pooled)
      let preActivation = first.forward(combined)
      return (
        second.forward(Activation.forward(preActivation)), Cache(pooled: pooled, combined: combined, preActivation: preActivation)
      )
    }
  }

  /// Returns the gradient of the pooled features.
  func backward(outputGradient: Tensor, cache: Cache) -> Tensor {
    switch self {
    case .single(let map): return map.backward(outputGradient: outputGradient, input: cache.pooled)!
    case .pair(let first, let second):
      guard let combined = cache.combined, let preActivation = cache.preActivation else {
        preconditionFailure("OutputHead: the cache is of another decoder")
      }
      let gradient = second.backward(outputGradient: outputGradient, input: Activation.forward(preActivation))!
      let combinedGradient = first.backward(
        outputGradient: Activation.backward(outputGradient: gradient, input: preActivation), input: combined)!
      return Self.separate(combinedGradient, pooled: cache.pooled)
    }
  }

  /// [u, v, u − v, u·v], shape [B, 4H].
  private static func combine(_ pooled: Tensor) -> Tensor {
    let (count, width, values) = (pooled.shape[0] / 2, pooled.shape[1], pooled.downloaded().values())
    var combined: [Float] = []
    for pair in 0..<count {
      let u = values[pair * width..<(pair + 1) * width]
      let v = values[(count + pair) * width..<(count + pair + 1) * width]
      combined += u
      combined += v
      combined += zip(u, v).map { $0 - $1 }
      combined += zip(u, v).map { $0 * $1 }
    }
    return Tensor([count, 4 * width], values: combined)
  }

  /// The gradient of `combine`.
  private static func separate(_ gradient: Tensor, pooled: Tensor) -> Tensor {
    let (count, width) = (pooled.shape[0] / 2, pooled.shape[1])
    let (slopes, values) = (gradient.downloaded().values(), pooled.downloaded().values())
    var result = [Float](repeating: 0, count: values.count)
    for pair in 0..<count {
      for channel in 0..<width {
        let (first, second) = (pair * width + channel, (count + pair) * width + channel)
        let slope = (0..<4).map { slopes[(4 * pair + $0) * width + channel] }
        result[first] = slope[0] + slope[2] + slope[3] * values[second]
        result[second] = slope[1] - slope[2] + slope[3] * values[first]
      }
    }
    return Tensor(pooled.shape, values: result)
  }
}
