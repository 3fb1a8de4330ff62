import Arrays

/// A whole sequence classifier in Double, step by step as the two reference pipelines describe it; slow and plain.
///
/// Every activation is a flat row-major [B, H, L]. Set the fields, then ask for logits.
///
/// - Source: S4D's reference code: the Lightning pipeline (`src`) and the stand-alone script (`example.py`).
package struct ModelReference {
  package enum Pipeline: Sendable { case lightning, script }

  package enum Pooling: Sendable { case mean, meanOfSecondHalf, last }

  package enum Input {
    /// [B, channels, L].
    case values([Double])
    /// [B, L].
    case tokens([Int32])
  }

  package var pipeline = Pipeline.lightning
  package var isPrenorm = false
  /// Batch norm; else layer norm.
  package var usesBatchNormalization = false
  /// Over the valid positions.
  package var pooling = Pooling.mean
  package var dropout = 0.0
  package var isDropoutTied = true
  /// Where the next dropout mask is read; nil evaluates: no dropout, running statistics.
  package var dropoutStream: RandomStream?
  package var layerCount = 1
  /// The kernel of every layer.
  package var kernel: any LayerKernelReference
  /// H.
  package var width: Int
  /// The sequence is followed by its reversal behind the encoder.
  package var appendsReversal = false
  /// Under their PyTorch names.
  package var parameters: [String: [Double]] = [:]
  /// `running_mean` and `running_var` of every batch norm; a training pass moves them.
  package var runningStatistics: [String: [Double]] = [:]

  private var length: Int
  /// Valid steps of each sequence.
  private var lengths: [Int]
  private var batch: Int { lengths.count }

  package init(kernel: any LayerKernelReference, width: Int, length: Int, lengths: [Int]) {
    self.kernel = kernel
    self.width = width
    self.length = length
    self.lengths = lengths
  }

  /// [B, classes].
  package mutating func logits(_ input: Input) -> [Double] {
    let encoded = encoded(input)
    guard appendsReversal else { return logits(encoded: encoded) }
    var longer = self
    longer.length = 2 * length
    longer.lengths = lengths.map { 2 * $0 }
    let rows = stride(from: 0, to: encoded.count, by: length).map { Array(encoded[$0..<$0 + length]) }
    let result = longer.logits(encoded: rows.flatMap { $0 + $0.reversed() })
    (dropoutStream, runningStatistics) = (longer.dropoutStream, longer.runningStatistics)
    return result
  }

  private mutating func logits(encoded: [Double]) -> [Double] {
    var x = encoded
    for index in 0..<layerCount {
      let norm = "norms.\(index)"
      if isPrenorm {
        x = sum(x, droppedBranch(layer(index, normalized(x, norm))))
      } else {
        x = normalized(sum(x, droppedBranch(layer(index, x))), norm)
      }
    }
    if pipeline == .lightning, isPrenorm { x = normalized(x, "norm") }
    let pooled =
      switch pooling {
      case .mean: SequencePoolingReference.mean(x, width: width, lengths: lengths, length: length)
      case .meanOfSecondHalf: SequencePoolingReference.meanOfSecondHalf(x, width: width, lengths: lengths, length: length)
      case .last: SequencePoolingReference.last(x, width: width, lengths: lengths, length: length)
      }
    return linear(pooled, "decoder", length: 1)
  }

  private func encoded(_ input: Input) -> [Double] {
    switch input {
    case .values(let values): linear(values, "encoder", length: length)
    case .tokens(let tokens):
      TokenEmbeddingReference.forward(tokens, batch: batch, length: length, table: parameter("encoder.weight"), width: width)
    }
  }

  /// Zeroed padding → convolution + D·u → (dropout, Lightning alone) → GELU → dropout → linear H → 2H → gate.
  private mutating func layer(_ index: Int, _ input: [Double]) -> [Double] {
    let name = "s4_layers.\(index)"
    var y = convolved(name, withoutPadding(input))
    if pipeline == .lightning { y = dropped(y, tied: isDropoutTied) }
    y = dropped(ActivationReference.forward(y), tied: isDropoutTied)
    y = linear(y, "\(name).output_linear.0", length: length)
    return GatedLinearUnitReference.forward(y, batch: batch, width: width, length: length)
  }

  /// Convolution + D·u, [B, C, L].
  private func convolved(_ name: String, _ input: [Double]) -> [Double] {
    let skip = parameter("\(name).D")
    let impulseResponse = kernel.kernel(kernel.parameterNames.map { parameter("\(name).kernel.\($0)") }, length: length)
    if kernel.readsReversedCopy { return convolvedCopy(input, impulseResponse, skip) }
    return LongConvolutionReference.forward(
      input, kernel: impulseResponse, skip: skip, batch: batch, length: length, kernelLength: length, directions: kernel.directions,
      isCircular: kernel.isCircular)
  }

  /// Over the sequence and its reversal; the halves of the result are channels of their own.
  private func convolvedCopy(_ input: [Double], _ impulseResponse: [Double], _ skip: [Double]) -> [Double] {
    func rows(_ values: [Double], _ length: Int) -> [[Double]] {
      stride(from: 0, to: values.count, by: length).map { Array(values[$0..<$0 + length]) }
    }
    let inputs = rows(input, length)
    let doubled = LongConvolutionReference.forward(
      inputs.flatMap { $0 + $0.reversed() }, kernel: impulseResponse, skip: Array(repeating: 0, count: width), batch: batch,
      length: 2 * length, kernelLength: 2 * length, directions: 1, isCircular: true)
    let outputs = rows(doubled, 2 * length)
    return (0..<batch * 2 * width).flatMap { row in
      let (sample, index) = (row / (2 * width), row % (2 * width))
      let place = sample * width + index % width
      let half = index < width ? Array(outputs[place].prefix(length)) : outputs[place].suffix(length).reversed()
      return zip(half, inputs[place]).map { $0 + skip[index] * $1 }
    }
  }

  private func withoutPadding(_ x: [Double]) -> [Double] {
    x.enumerated().map { index, value in index % length < lengths[index / (width * length)] ? value : 0 }
  }

  /// The script drops whole channels of the branch.
  private mutating func droppedBranch(_ branch: [Double]) -> [Double] {
    dropped(branch, tied: isDropoutTied || pipeline == .script)
  }

  /// One word of the stream a decision, a mask starting at an even position.
  private mutating func dropped(_ x: [Double], tied: Bool) -> [Double] {
    guard dropout > 0, var stream = dropoutStream else { return x }
    stream.skip(Int(stream.position % 2))
    let valuesPerDecision = tied ? length : 1
    let result = DropoutReference.apply(x, probability: dropout, stream: stream, valuesPerDecision: valuesPerDecision)
    stream.skip(x.count / valuesPerDecision)
    dropoutStream = stream
    return result
  }

  private mutating func normalized(_ x: [Double], _ name: String) -> [Double] {
    let scale = parameter("\(name).weight")
    let shift = parameter("\(name).bias")
    if !usesBatchNormalization {
      return LayerNormalizationReference.forward(x, scale: scale, shift: shift, batch: batch, length: length)
    }
    var mean = runningStatistics["\(name).running_mean", default: []]
    var variance = runningStatistics["\(name).running_var", default: []]
    if dropoutStream != nil {
      let count = Double(batch * length)
      let running = (mean: mean, variance: variance)
      (mean, variance) = BatchNormalizationReference.statistics(x, width: width, batch: batch, length: length)
      runningStatistics["\(name).running_mean"] = zip(running.mean, mean).map { 0.9 * $0 + 0.1 * $1 }
      runningStatistics["\(name).running_var"] = zip(running.variance, variance).map { 0.9 * $0 + 0.1 * $1 * count / (count - 1) }
    }
    return BatchNormalizationReference.forward(x, scale: scale, shift: shift, mean: mean, variance: variance, length: length)
  }

  /// weight [outputs, inputs] · x [B, inputs, length] + bias.
  private func linear(_ x: [Double], _ name: String, length: Int) -> [Double] {
    let weight = parameter("\(name).weight")
    let bias = parameter("\(name).bias")
    let inputs = weight.count / bias.count
    var result: [Double] = []
    for sample in 0..<batch {
      for (output, offset) in bias.enumerated() {
        for step in 0..<length {
          result.append((0..<inputs).reduce(offset) { $0 + weight[output * inputs + $1] * x[(sample * inputs + $1) * length + step] })
        }
      }
    }
    return result
  }

  private func sum(_ first: [Double], _ second: [Double]) -> [Double] { zip(first, second).map { $0 + $1 } }

  private func parameter(_ name: String) -> [Double] {
    guard let values = parameters[name] else { preconditionFailure("ModelReference: no parameter \(name)") }
    return values
  }
}
