import Arrays
import Operations
import TestSupport
import Testing

/// Norms, pooled cross-entropy and AdamW against numbers of PyTorch's own modules.
@Suite struct GoldenBlockTests {
  private let file: SafetensorsFile

  init() throws { file = try Fixtures.golden("case08_blocks") }

  private func tensor(_ name: String) throws -> Tensor {
    let array = try file.tensor(name)
    return Tensor(array.shape, values: try array.floats())
  }

  /// Stored as [B, L, H]; given as [B, H, L].
  private func transposed(_ name: String) throws -> Tensor {
    let array = try file.tensor(name)
    let (batch, length, width) = (array.shape[0], array.shape[1], array.shape[2])
    let values = try array.floats()
    return Tensor(
      [batch, width, length],
      values: (0..<batch * width * length).map { index in
        let (sample, channel, step) = (index / (width * length), index / length % width, index % length)
        return values[(sample * length + step) * width + channel]
      })
  }

  /// 2e-6 of the largest value: about twenty roundings in float.
  private func expectClose(
    _ tensor: Tensor, _ expected: [Double], _ name: String, tolerance: Double = 2e-6, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = maxRelative(tensor.doubles, expected)
    #expect(error < tolerance, "\(name): \(error)", sourceLocation: sourceLocation)
  }

  @Test("layer norm and its gradients", arguments: ["ln0", "ln1"])
  func layerNorm(subcase: String) throws {
    let (input, scale) = (try transposed("\(subcase).x"), try tensor("\(subcase).w"))
    let (output, cache) = LayerNormalization.forward(input, scale: scale, shift: try tensor("\(subcase).b"))
    expectClose(output, try transposed("\(subcase).y").doubles, "y")
    let (scaleGradient, shiftGradient) = (Tensor.zeros(like: scale), Tensor.zeros(like: scale))
    let inputGradient = LayerNormalization.backward(
      outputGradient: try transposed("\(subcase).dy"), input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
      shiftGradient: shiftGradient)
    expectClose(inputGradient, try transposed("\(subcase).dx").doubles, "dx")
    expectClose(scaleGradient, try file.tensor("\(subcase).dw").doubles(), "dw")
    expectClose(shiftGradient, try file.tensor("\(subcase).db").doubles(), "db")
  }

  @Test("batch norm in training, then in evaluation with the updated statistics", arguments: ["bn0", "bn1"])
  func batchNorm(subcase: String) throws {
    let (input, scale, shift) = (try tensor("\(subcase).x"), try tensor("\(subcase).w"), try tensor("\(subcase).b"))
    let (mean, variance) = (try tensor("\(subcase).running_mean"), try tensor("\(subcase).running_var"))
    for mode in ["train", "eval"] {
      let (output, cache) =
        mode == "train"
        ? BatchNormalization.forwardTraining(input, scale: scale, shift: shift, runningMean: mean, runningVariance: variance)
        : BatchNormalization.forwardEvaluation(input, scale: scale, shift: shift, runningMean: mean, runningVariance: variance)
      expectClose(output, try file.tensor("\(subcase).\(mode)_y").doubles(), "\(mode)_y")
      let (scaleGradient, shiftGradient) = (Tensor.zeros(like: scale), Tensor.zeros(like: scale))
      let inputGradient = BatchNormalization.backward(
        outputGradient: try tensor("\(subcase).dy"), input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
        shiftGradient: shiftGradient)
      expectClose(inputGradient, try file.tensor("\(subcase).\(mode)_dx").doubles(), "\(mode)_dx")
      expectClose(scaleGradient, try file.tensor("\(subcase).\(mode)_dw").doubles(), "\(mode)_dw")
      expectClose(shiftGradient, try file.tensor("\(subcase).\(mode)_db").doubles(), "\(mode)_db")
    }
    expectClose(mean, try file.tensor("\(subcase).running_mean_after").doubles(), "running_mean_after")
    expectClose(variance, try file.tensor("\(subcase).running_var_after").doubles(), "running_var_after")
  }

  @Test("mean pooling, decoder and cross-entropy", arguments: ["pool_ce0", "pool_ce1"])
  func pooledCrossEntropy(subcase: String) throws {
    let input = try transposed("\(subcase).x")
    let (weight, bias) = (try tensor("\(subcase).Wd"), try tensor("\(subcase).bd"))
    let labels = try file.tensor("\(subcase).label").integers().map { Int32($0) }
    let pooled = SequencePooling.forward(input, mode: .mean, lengths: nil)
    let column = Tensor(pooled.shape + [1], values: pooled.values())
    let logits = Tensor(
      [labels.count, bias.count], values: ChannelMixing.forward(column, weight: weight, bias: bias).values())
    expectClose(logits, try file.tensor("\(subcase).logits").doubles(), "logits")
    let loss = CrossEntropy.forward(logits, labels: labels).loss
    #expect(maxRelative([loss], try file.tensor("\(subcase).loss").doubles()) < 1e-6)

    let logitsGradient = CrossEntropy.backward(logits, labels: labels)
    let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
    let columnGradient = ChannelMixing.backward(
      outputGradient: Tensor(logits.shape + [1], values: logitsGradient.values()), input: column, weight: weight,
      weightGradient: weightGradient, biasGradient: biasGradient)!
    let inputGradient = SequencePooling.backward(
      outputGradient: Tensor(pooled.shape, values: columnGradient.values()), mode: .mean, lengths: nil, length: input.shape[2])
    expectClose(inputGradient, try transposed("\(subcase).dx").doubles, "dx")
    expectClose(weightGradient, try file.tensor("\(subcase).dWd").doubles(), "dWd")
    expectClose(biasGradient, try file.tensor("\(subcase).dbd").doubles(), "dbd")
  }

  @Test("five steps of AdamW with two groups", arguments: [("adamw0", [0.01, 0.001], [0.05, 0]), ("adamw1", [0.004, 0.004], [0, 0])])
  func adamW(subcase: String, learningRates: [Double], weightDecays: [Double]) throws {
    for group in 1...2 {
      let value = try tensor("\(subcase).p\(group)")
      let gradients = try file.tensor("\(subcase).G\(group)").floats()
      let trajectory = try file.tensor("\(subcase).traj\(group)").doubles()
      let (first, second) = (Tensor.zeros(like: value), Tensor.zeros(like: value))
      for step in 0..<5 {
        let span = step * value.count..<(step + 1) * value.count
        AdamW.step(
          value: value, gradient: Tensor(value.shape, values: Array(gradients[span])), firstMoment: first, secondMoment: second,
          learningRate: learningRates[group - 1], weightDecay: weightDecays[group - 1], step: step + 1)
        expectClose(value, Array(trajectory[span]), "traj\(group) after step \(step + 1)")
      }
      if group == 1 {
        expectClose(first, try file.tensor("\(subcase).m1").doubles(), "m1")
        expectClose(second, try file.tensor("\(subcase).v1").doubles(), "v1")
      }
    }
  }
}
