extension ReferenceClassifier {
  /// The gradients of all parameters under their names.
  ///
  /// - Parameters:
  ///   - logitsGradient: slopes of the loss by the logits, shape [B, classes].
  ///   - input: the values that `pass` read.
  /// - Precondition: the pass trained, without dropout, on full sequences of values; it pools by the mean, and no norm follows the blocks.
  package func backward(logitsGradient: [Double], input: [Double], pass: Pass) -> [String: [Double]] {
    precondition(
      specification.dropout == 0 && specification.pooling == .mean && lengths.allSatisfy { $0 == length }
        && (specification.pipeline == .script || !specification.prenorm),
      "ReferenceClassifier: no gradients of such a pass")
    var gradients: [String: [Double]] = [:]
    func set(_ name: String, _ gradient: ReferenceMixing.Gradient) {
      gradients["\(name).weight"] = gradient.weight
      gradients["\(name).bias"] = gradient.bias
    }
    let decoder = mixing("decoder").backward(outputGradient: logitsGradient, input: pass.pooled, length: 1)
    set("decoder", decoder)
    var slope = decoder.input.flatMap { [Double](repeating: $0 / Double(steps), count: steps) }
    for (index, block) in pass.blocks.enumerated().reversed() {
      let norm = norm("norms.\(index)")
      func backThroughNorm(_ slope: [Double]) -> [Double] {
        let gradient = norm.backward(outputGradient: slope, input: block.normInput, length: steps)
        gradients["norms.\(index).weight"] = gradient.scale
        gradients["norms.\(index).bias"] = gradient.shift
        return gradient.input
      }
      let sumSlope = specification.prenorm ? slope : backThroughNorm(slope)
      let layer = block.layer.backward(
        outputGradient: sumSlope, input: block.layerInput, activations: block.activations, length: steps)
      let name = "s4_layers.\(index)"
      gradients["\(name).D"] = layer.convolution.skip
      set("\(name).output_linear.0", layer.mixing)
      let arrays = kernel.gradients(kernelParameters(index), circleGradient: layer.convolution.circles, length: steps)
      for (key, values) in zip(kernel.parameterNames, arrays) { gradients["\(name).kernel.\(key)"] = values }
      slope = Rows.sum(sumSlope, specification.prenorm ? backThroughNorm(layer.convolution.input) : layer.convolution.input)
    }
    if specification.appendsReversal { slope = Rows.withoutReversal(slope, length: length) }
    set("encoder", mixing("encoder").backward(outputGradient: slope, input: input, length: length))
    return gradients
  }
}
