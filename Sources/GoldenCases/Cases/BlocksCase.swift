import Operations
import ReferenceModels
import SequenceModels
import Training

/// Case 08: norms, pooled cross-entropy, AdamW and schedules; which of them is told by the tensors that a subcase has.
enum BlocksCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    if golden.has("running_mean") {
      try batchNormalization(golden, computation)
    } else if golden.has("logits") {
      try pooledCrossEntropy(golden, computation)
    } else if golden.has("traj1") {
      try adamW(golden, computation)
    } else if golden.has("lr") {
      // The schedule that trains computes in Double.
      computation.precision == .float32 ? [] : [GoldenResult("lr", try schedule(golden))]
    } else {
      try layerNormalization(golden, computation)
    }
  }

  /// Stored as [B, L, H], computed as [B, H, L].
  private static func layerNormalization(_ golden: GoldenSubcase, _ computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["x": "B L H", "w": "H", "b": "H", "dy": "B L H"])
    let (width, length) = (sizes["H"], sizes["L"])
    let run = try NormalizationRun(
      .layer, try NormalizationRun.Problem(golden, shape: [sizes["B"], width, length], isTimeFirst: true), by: computation)
    return run.passes[0].enumerated().map { index, result in
      GoldenResult(result.tensor, index < 2 ? Rows.transposed(result.values, width, length) : result.values)
    }
  }

  /// Evaluation uses the statistics that the training pass updated.
  private static func batchNormalization(_ golden: GoldenSubcase, _ computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["x": "B H L", "w": "H", "b": "H", "running_mean": "H", "running_var": "H", "dy": "B H L"])
    try golden.requireVariance("x", sizes)
    let problem = try NormalizationRun.Problem(golden, shape: [sizes["B"], sizes["H"], sizes["L"]], isTimeFirst: false)
    let run = try NormalizationRun(.batch, problem, by: computation)
    return zip(["train", "eval"], run.passes).flatMap { mode, results in
      results.map { GoldenResult("\(mode)_\($0.tensor)", $0.values) }
    } + [GoldenResult("running_mean_after", run.running.means), GoldenResult("running_var_after", run.running.variances)]
  }

  /// Mean over time of x [B, L, H], linear decoder, cross-entropy.
  private static func pooledCrossEntropy(_ golden: GoldenSubcase, _ computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["x": "B L H", "Wd": "c H", "bd": "c", "label": "B"])
    let (batch, width, length, classCount) = (sizes["B"], sizes["H"], sizes["L"], sizes["c"])
    try golden.requireLabels("label", classCount: classCount)
    let input = Rows.transposed(try golden.reals("x"), length, width)
    let (weight, bias, labels) = (try golden.reals("Wd"), try golden.reals("bd"), try golden.integers("label"))
    switch computation {
    case .engine(let place):
      var initializer = ParameterInitializer(seed: 0)
      let decoder = LinearMap("decoder", inputs: width, outputs: classCount, initializer: &initializer)
      decoder.parameters.set(["decoder.weight": weight, "decoder.bias": bias])
      let (sequences, classes) = (Tensor([batch, width, length], reals: input), Integers(labels))
      let results = try place.run(decoder.parameters.tensors + [sequences]) { program in
        let pooled = SequencePooling.forward(sequences, mode: .mean, lengths: nil)
        let logits = decoder.forward(pooled)
        let pooledGradient = decoder.backward(outputGradient: CrossEntropy.backward(logits, labels: classes), input: pooled)
        let inputGradient = SequencePooling.backward(outputGradient: pooledGradient, mode: .mean, lengths: nil, length: length)
        return [logits, CrossEntropy.loss(logits, labels: classes, in: program), inputGradient]
      }.map(\.reals)
      let gradients = decoder.parameters.gradients
      return [
        GoldenResult("logits", results[0]), GoldenResult("loss", results[1]),
        GoldenResult("dx", Rows.transposed(results[2], width, length)),
        GoldenResult("dWd", gradients["decoder.weight", default: []]), GoldenResult("dbd", gradients["decoder.bias", default: []]),
      ]
    case .twin:
      let decoder = ReferenceMixing(weight: weight, bias: bias)
      let pooled = ReferencePooling.forward(input, mode: .mean, lengths: labels.map { _ in length }, length: length)
      let logits = decoder.forward(pooled, length: 1)
      let slopes = ReferenceLoss.crossEntropyGradient(logits, labels: labels)
      let gradient = decoder.backward(outputGradient: slopes, input: pooled, length: 1)
      let inputGradient = gradient.input.flatMap { [Double](repeating: $0 / Double(length), count: length) }
      return [
        GoldenResult("logits", logits), GoldenResult("loss", [ReferenceLoss.crossEntropy(logits, labels: labels)]),
        GoldenResult("dx", Rows.transposed(inputGradient, width, length)), GoldenResult("dWd", gradient.weight),
        GoldenResult("dbd", gradient.bias),
      ]
    }
  }

  private static func adamW(_ golden: GoldenSubcase, _ computation: Computation) throws -> [GoldenResult] {
    var results: [GoldenResult] = []
    for group in ["1", "2"] {
      let (values, shape) = (try golden.reals("p\(group)"), try golden.shape("p\(group)"))
      let steps = try golden.shape("G\(group)")
      guard !values.isEmpty, Array(steps.dropFirst()) == shape else {
        throw golden.misfit("G\(group)", "its shape is \(steps), not the steps and then \(shape)")
      }
      let run = try OptimizerRun(
        values, gradients: Rows.cut(try golden.reals("G\(group)"), values.count), learningRate: try golden.number("group\(group)", "lr"),
        weightDecay: try golden.number("group\(group)", "weight_decay"), by: computation)
      results.append(GoldenResult("traj\(group)", run.trajectory))
      if golden.has("m\(group)") { results.append(GoldenResult("m\(group)", run.firstMoment)) }
      if golden.has("v\(group)") { results.append(GoldenResult("v\(group)", run.secondMoment)) }
    }
    return results
  }

  /// The epoch-wise rule has a last rate above 0, which our schedules do not have: it is a linear change of the factor after warm-up.
  private static func schedule(_ golden: GoldenSubcase) throws -> [Double] {
    if golden.has("t") {
      let schedule = Schedule(
        kind: .cosineOverSteps, warmup: try golden.count("num_warmup_steps"), total: try golden.count("num_training_steps"))
      let base = try golden.number("base_lr")
      return try golden.integers("t").map { base * schedule.factor(step: $0, epoch: 0) }
    }
    let warmup = try golden.count("warmup_epochs")
    let (start, end) = (try golden.number("lr_start"), try golden.number("lr_end"))
    let schedule = Schedule(kind: .cosineOverEpochs, warmup: warmup, total: try golden.count("total_epochs"))
    return try golden.integers("epoch").map { epoch in
      let factor = schedule.factor(step: 0, epoch: epoch)
      return epoch < warmup ? start * factor : end + (start - end) * factor
    }
  }
}
