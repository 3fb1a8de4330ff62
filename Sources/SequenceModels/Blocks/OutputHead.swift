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
    /// Features of pairs: [u, v, u − v, u·v]; `preActivation` is the GELU's input.
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
      let combined = PairFeatures.forward(pooled)
      let preActivation = first.forward(combined)
      return (
        second.forward(Activation.forward(preActivation)), Cache(pooled: pooled, combined: combined, preActivation: preActivation)
      )
    }
  }

  /// Returns the gradient of the pooled features.
  func backward(outputGradient: Tensor, cache: Cache) -> Tensor {
    switch self {
    case .single(let map): return map.backward(outputGradient: outputGradient, input: cache.pooled)
    case .pair(let first, let second):
      guard let combined = cache.combined, let preActivation = cache.preActivation else {
        preconditionFailure("OutputHead: the cache is of another decoder")
      }
      let gradient = second.backward(outputGradient: outputGradient, input: Activation.forward(preActivation))
      let combinedGradient = first.backward(
        outputGradient: Activation.backward(outputGradient: gradient, input: preActivation), input: combined)
      return PairFeatures.backward(outputGradient: combinedGradient, input: cache.pooled)
    }
  }
}
