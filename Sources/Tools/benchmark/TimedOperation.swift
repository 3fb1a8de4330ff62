import Arrays
import Operations

/// A call of one operation as a training step makes it that takes the whole batch at once.
struct TimedOperation {
  enum Pass: String { case forward, backward, update }

  let name: String
  let pass: Pass
  /// How often a step calls it.
  let calls: Int
  /// Floating-point operations of a call, where they are counted.
  var work: Double?
  let body: () -> Void

  /// Everything that a step of this model calls, in its order; a new operation is a new entry of one of the lists.
  static func all(_ shape: BenchmarkShape, layer: BenchmarkStep.Layer, bidirectional: Bool) throws -> [TimedOperation] {
    let step = try BenchmarkStep(shape, layer: layer, bidirectional: bidirectional)
    let sizes = Sizes(shape, layer: layer, bidirectional: bidirectional)
    return ends(sizes, step)
      + kernels(sizes, layer: layer, directions: bidirectional ? 2 : 1)
      + blocks(sizes, StepArithmetic(shape, layer: layer, bidirectional: bidirectional), layer: layer, bidirectional: bidirectional)
      + [TimedOperation(name: "AdamW", pass: .update, calls: 1) { step.optimizer.step(factor: 1) }]
  }

  private struct Sizes {
    let batch: Int, length: Int, width: Int, layers: Int, classes: Int, modes: Int
    /// Kernels of a channel whose outputs become own channels.
    let copies: Int

    init(_ shape: BenchmarkShape, layer: BenchmarkStep.Layer, bidirectional: Bool) {
      (batch, length, width) = (shape.batchSize, shape.sequenceLength, shape.modelWidth)
      (layers, classes, modes) = (shape.layerCount, shape.classCount, shape.modeCount)
      copies = layer == .hope && bidirectional ? 2 : 1
    }
  }

  private static func pair(
    _ name: String, calls: (forward: Int, backward: Int), work: Double? = nil, forward: @escaping () -> Void,
    backward: @escaping () -> Void
  ) -> [TimedOperation] {
    [
      TimedOperation(name: name, pass: .forward, calls: calls.forward, work: work, body: forward),
      TimedOperation(name: name, pass: .backward, calls: calls.backward, work: work, body: backward),
    ]
  }

  /// Encoder, pooling, decoder and loss.
  private static func ends(_ sizes: Sizes, _ step: BenchmarkStep) -> [TimedOperation] {
    let activation = random([sizes.batch, sizes.width, sizes.length])
    let (weight, bias) = (random([sizes.width, 1]), Tensor.zeros([sizes.width]))
    let pooled = random([sizes.batch, sizes.width, 1])
    let (decoder, shift) = (random([sizes.classes, sizes.width]), Tensor.zeros([sizes.classes]))
    let logits = random([sizes.batch, sizes.classes])
    let steps = logits.reshaped([sizes.batch, sizes.classes, 1])
    return pair(
      "encoder", calls: (1, 1),
      forward: { _ = ChannelMixing.forward(step.input, weight: weight, bias: bias) },
      backward: {
        ChannelMixing.parameterGradients(
          outputGradient: activation, input: step.input, weight: weight, weightGradient: .zeros(like: weight),
          biasGradient: .zeros(like: bias))
      })
      + pair(
        "pooling", calls: (1, 1),
        forward: { _ = SequencePooling.forward(activation, mode: .mean, lengths: nil) },
        backward: {
          _ = SequencePooling.backward(
            outputGradient: pooled.reshaped([sizes.batch, sizes.width]), mode: .mean, lengths: nil, length: sizes.length)
        })
      + pair(
        "decoder", calls: (1, 1),
        forward: { _ = ChannelMixing.forward(pooled, weight: decoder, bias: shift) },
        backward: {
          _ = ChannelMixing.backward(
            outputGradient: steps, input: pooled, weight: decoder, weightGradient: .zeros(like: decoder), biasGradient: .zeros(like: shift))
        })
      + pair(
        "loss", calls: (1, 1),
        forward: { _ = CrossEntropy.forward(logits, labels: Integers(step.labels)) },
        backward: { _ = CrossEntropy.backward(logits, labels: Integers(step.labels)) })
  }

  /// Kernels of the layer's kind.
  private static func kernels(_ sizes: Sizes, layer: BenchmarkStep.Layer, directions: Int) -> [TimedOperation] {
    let calls = (sizes.layers, sizes.layers)
    if layer == .hope {
      let rows = sizes.copies * sizes.width
      let (markov, timestep) = (random([rows, 2 * sizes.modes, 2]), Tensor([rows], filledWith: -4))
      let gradient = random([rows, sizes.length / 2 + 1, 2])
      let options = HankelTransfer.Options(width: sizes.width, isMirrored: true, reversedFrom: sizes.width)
      return pair(
        "Hankel transfer", calls: calls,
        forward: { _ = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sizes.length, options: options) },
        backward: {
          HankelTransfer.backward(
            samplesGradient: gradient, sampleCount: sizes.length, markov: markov, timestep: timestep, markovGradient: .zeros(like: markov),
            timestepGradient: .zeros(like: timestep), options: options)
        })
    }
    let isFourier = layer == .dfout
    let options = DiagonalKernel.Options(poles: isFourier ? .dampedFourier(hasUnitInput: false) : .continuous(.zeroOrderHold))
    let frequencies = (0..<sizes.width * sizes.modes).map { index in
      Float(index % sizes.modes) * .pi / (isFourier ? Float(sizes.modes) : 1)
    }
    let parameters = DiagonalKernel.Parameters(
      timestep: Tensor([sizes.width], filledWith: -4), decay: isFourier ? nil : Tensor([sizes.width, sizes.modes], filledWith: -0.7),
      frequency: Tensor([sizes.width, sizes.modes], values: frequencies),
      outputWeights: random([directions, sizes.width, sizes.modes, 2]))
    let gradients = DiagonalKernel.Parameters(
      timestep: .zeros(like: parameters.timestep), decay: parameters.decay.map { .zeros(like: $0) },
      frequency: .zeros(like: parameters.frequency), outputWeights: .zeros(like: parameters.outputWeights))
    let kernel = random([directions, sizes.width, sizes.length])
    // The filter's backward pass needs the unfiltered kernel again.
    let diagonal = pair(
      "diagonal kernel", calls: ((layer == .tfb ? 2 : 1) * sizes.layers, sizes.layers),
      forward: { _ = DiagonalKernel.forward(parameters, length: sizes.length, options: options) },
      backward: { DiagonalKernel.backward(kernelGradient: kernel, parameters, options: options, gradients: gradients) })
    guard layer == .tfb else { return diagonal }
    let (exponents, filter) = (Tensor([sizes.width], filledWith: 0.5), SobolevFilter.Options(weighting: .cyclesPerSample))
    let filtered = random([2, sizes.width, sizes.length])
    return diagonal
      + pair(
        "Sobolev filter", calls: calls,
        forward: { _ = SobolevFilter.forward(kernel, exponents: exponents, options: filter) },
        backward: {
          _ = SobolevFilter.backward(
            outputGradient: filtered, kernel: kernel, exponents: exponents, exponentGradient: .zeros(like: exponents), options: filter)
        })
  }

  /// What every block does with its sequences.
  private static func blocks(
    _ sizes: Sizes, _ arithmetic: StepArithmetic, layer: BenchmarkStep.Layer, bidirectional: Bool
  ) -> [TimedOperation] {
    let (channels, calls) = (sizes.copies * sizes.width, (sizes.layers, sizes.layers))
    let narrow = random([sizes.batch, sizes.width, sizes.length])
    let wide = sizes.copies == 1 ? narrow : random([sizes.batch, channels, sizes.length])
    let (scale, shift) = (Tensor([sizes.width], filledWith: 1), Tensor.zeros([sizes.width]))
    let norm = LayerNormalization.statistics(narrow)
    let rows = RowNormalization(.perStep(norm), scale: scale, shift: shift)
    let boundary = layer == .hope ? LongConvolution.Boundary.circularSpectra : .zeros
    let directions = sizes.copies == 1 && (bidirectional || layer == .tfb) ? 2 : 1
    let kernel = random(layer == .hope ? [channels, sizes.length / 2 + 1, 2] : [directions, channels, sizes.length])
    let skip = random([channels])
    let (weight, bias) = (random([2 * sizes.width, channels]), Tensor.zeros([2 * sizes.width]))
    // The operations work in place, so these change from call to call; their time does not.
    let (sum, wideGradient) = (narrow.copy(), wide.copy())
    let mix = { GatedMixing.forward(wide, weight: weight, bias: bias, dropouts: .init(), addingTo: sum, keepsGate: true) }
    guard let gates = mix() else { preconditionFailure("TimedOperation: a gate to be kept is missing") }
    let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
    let (scaleGradient, shiftGradient, skipGradient) = (Tensor.zeros(like: scale), Tensor.zeros(like: shift), Tensor.zeros(like: skip))
    let layers = Double(sizes.layers)
    return pair(
      "layer norm", calls: calls,
      forward: { _ = LayerNormalization.statistics(narrow) },
      backward: {
        _ = LayerNormalization.backward(
          outputGradient: narrow, input: narrow, scale: scale, cache: norm, scaleGradient: scaleGradient, shiftGradient: shiftGradient,
          addingTo: sum)
      })
      + pair(
        "convolution", calls: calls, work: arithmetic.transforms / layers / 2,
        forward: { _ = LongConvolution.forward(narrow, kernel: kernel, skip: skip, boundary: boundary, normalization: rows) },
        backward: {
          _ = LongConvolution.backward(
            outputGradient: wide, input: narrow, kernel: kernel, skip: skip, skipGradient: skipGradient, boundary: boundary,
            normalization: rows)
        })
      + [
        TimedOperation(name: "mixing and gate", pass: .forward, calls: sizes.layers, work: arithmetic.mixing / layers / 3) {
          _ = mix()
        },
        TimedOperation(name: "mixing and gate", pass: .backward, calls: sizes.layers, work: 2 * arithmetic.mixing / layers / 3) {
          GatedMixing.backward(
            sumGradient: narrow, sum: sum, input: wideGradient, preGate: gates, weight: weight, dropouts: .init(),
            weightGradient: weightGradient, biasGradient: biasGradient)
        },
      ]
  }

  private static func random(_ shape: [Int]) -> Tensor {
    var stream = RandomStream(seed: 2, purpose: .testing)
    // A period is enough, and cheaper than as many draws.
    let period = (0..<4093).map { _ in Float(stream.uniform(-1..<1)) }
    return Tensor(shape, values: (0..<shape.reduce(1, *)).map { period[$0 % period.count] })
  }
}
