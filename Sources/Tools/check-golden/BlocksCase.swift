import Arrays
import Operations
import RunSupport
import Training

/// Case 08: norms, pooled cross-entropy, AdamW and schedules; which of them is told by the tensors that a subcase has.
enum BlocksCase {
  static func check(_ golden: GoldenSubcase) throws {
    if golden.has("running_mean") {
      try checkBatchNormalization(golden)
      try BlocksTwin.checkBatchNormalization(golden)
    } else if golden.has("logits") {
      try checkPooledCrossEntropy(golden)
      try BlocksTwin.checkPooledCrossEntropy(golden)
    } else if golden.has("traj1") {
      try checkAdamW(golden)
      try BlocksTwin.checkAdamW(golden)
    } else if golden.has("lr") {
      try checkSchedule(golden)
    } else {
      try checkLayerNormalization(golden)
      try BlocksTwin.checkLayerNormalization(golden)
    }
  }

  /// Stored as [B, L, H], computed as [B, H, L].
  private static func checkLayerNormalization(_ golden: GoldenSubcase) throws {
    try golden.sizes(["x": "B L H", "w": "H", "b": "H", "dy": "B L H"])
    let (input, scale, shift) = (transposed(try golden.tensor("x")), try golden.tensor("w"), try golden.tensor("b"))
    let (output, cache) = LayerNormalization.forward(input, scale: scale, shift: shift)
    let (scaleGradient, shiftGradient) = (Tensor.zeros(like: scale), Tensor.zeros(like: shift))
    let inputGradient = LayerNormalization.backward(
      outputGradient: transposed(try golden.tensor("dy")), input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
      shiftGradient: shiftGradient)
    try golden.compare("y", float32: transposed(output))
    try golden.compare("dx", float32: transposed(inputGradient))
    try golden.compare("dw", float32: scaleGradient)
    try golden.compare("db", float32: shiftGradient)
  }

  private static func checkBatchNormalization(_ golden: GoldenSubcase) throws {
    let sizes = try golden.sizes(["x": "B H L", "w": "H", "b": "H", "running_mean": "H", "running_var": "H", "dy": "B H L"])
    try golden.requireVariance("x", sizes)
    let (input, scale, shift) = (try golden.tensor("x"), try golden.tensor("w"), try golden.tensor("b"))
    let (mean, variance) = (try golden.tensor("running_mean"), try golden.tensor("running_var"))
    for mode in ["train", "eval"] {  // evaluation uses the statistics that the training pass updated
      let pass = mode == "train" ? BatchNormalization.forwardTraining : BatchNormalization.forwardEvaluation
      let (output, cache) = pass(input, scale, shift, mean, variance)
      let (scaleGradient, shiftGradient) = (Tensor.zeros(like: scale), Tensor.zeros(like: shift))
      let inputGradient = BatchNormalization.backward(
        outputGradient: try golden.tensor("dy"), input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
        shiftGradient: shiftGradient)
      try golden.compare("\(mode)_y", float32: output)
      try golden.compare("\(mode)_dx", float32: inputGradient)
      try golden.compare("\(mode)_dw", float32: scaleGradient)
      try golden.compare("\(mode)_db", float32: shiftGradient)
    }
    try golden.compare("running_mean_after", float32: mean)
    try golden.compare("running_var_after", float32: variance)
  }

  /// Mean over time of x [B, L, H], linear decoder, cross-entropy.
  private static func checkPooledCrossEntropy(_ golden: GoldenSubcase) throws {
    let classCount = try golden.sizes(["x": "B L H", "Wd": "c H", "bd": "c", "label": "B"])["c"]
    try golden.requireLabels("label", classCount: classCount)
    let (input, weight, bias) = (transposed(try golden.tensor("x")), try golden.tensor("Wd"), try golden.tensor("bd"))
    let labels = try golden.integers("label").map { Int32($0) }
    let pooled = SequencePooling.forward(input, mode: .mean, lengths: nil)
    let column = pooled.reshaped(pooled.shape + [1])
    let logits = ChannelMixing.forward(column, weight: weight, bias: bias).reshaped([labels.count, bias.count])
    try golden.compare("logits", float32: logits)
    try golden.compare("loss", float32: [Float(CrossEntropy.forward(logits, labels: labels).loss)])

    let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
    let logitsGradient = CrossEntropy.backward(logits, labels: labels)
    let pooledGradient = ChannelMixing.backward(
      outputGradient: logitsGradient.reshaped(logitsGradient.shape + [1]), input: column, weight: weight, weightGradient: weightGradient,
      biasGradient: biasGradient)
    let inputGradient = SequencePooling.backward(
      outputGradient: pooledGradient!.reshaped(pooled.shape), mode: .mean, lengths: nil, length: input.shape[2])
    try golden.compare("dx", float32: transposed(inputGradient))
    try golden.compare("dWd", float32: weightGradient)
    try golden.compare("dbd", float32: biasGradient)
  }

  private static func checkAdamW(_ golden: GoldenSubcase) throws {
    for group in ["1", "2"] {
      let value = try golden.tensor("p\(group)")
      let shape = try golden.shape("G\(group)")
      guard value.count > 0, Array(shape.dropFirst()) == value.shape else {
        throw golden.misfit("G\(group)", "its shape is \(shape), not the steps and then \(value.shape)")
      }
      let gradients = try golden.tensor("G\(group)").values()
      let (first, second) = (Tensor.zeros(like: value), Tensor.zeros(like: value))
      let (rate, decay) = (try golden.number("group\(group)", "lr"), try golden.number("group\(group)", "weight_decay"))
      var trajectory: [Float] = []
      for step in 0..<gradients.count / value.count {
        let gradient = Tensor(value.shape, values: Array(gradients[step * value.count..<(step + 1) * value.count]))
        AdamW.step(
          value: value, gradient: gradient, firstMoment: first, secondMoment: second, learningRate: rate, weightDecay: decay,
          step: step + 1)
        trajectory += value.values()
      }
      try golden.compare("traj\(group)", float32: trajectory)
      if golden.has("m\(group)") { try golden.compare("m\(group)", float32: first) }
      if golden.has("v\(group)") { try golden.compare("v\(group)", float32: second) }
    }
  }

  /// The epoch-wise rule has a last rate above 0, which our schedules do not have: it is a linear change of the factor after warm-up.
  private static func checkSchedule(_ golden: GoldenSubcase) throws {
    if golden.has("t") {
      let schedule = Schedule(
        kind: .cosineOverSteps, warmup: try golden.count("num_warmup_steps"), total: try golden.count("num_training_steps"))
      let base = try golden.number("base_lr")
      try golden.compare("lr", float64: golden.integers("t").map { base * schedule.factor(step: $0, epoch: 0) })
    } else {
      let warmup = try golden.count("warmup_epochs")
      let (start, end) = (try golden.number("lr_start"), try golden.number("lr_end"))
      let schedule = Schedule(kind: .cosineOverEpochs, warmup: warmup, total: try golden.count("total_epochs"))
      let rates = try golden.integers("epoch").map { epoch in
        let factor = schedule.factor(step: 0, epoch: epoch)
        return epoch < warmup ? start * factor : end + (start - end) * factor
      }
      try golden.compare("lr", float64: rates)
    }
  }

  /// [B, n, m] → [B, m, n].
  private static func transposed(_ tensor: Tensor) -> Tensor {
    let (batchSize, rowCount, columnCount) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
    let values = tensor.values()
    var result: [Float] = []
    for sample in 0..<batchSize {
      for column in 0..<columnCount {
        for row in 0..<rowCount { result.append(values[(sample * rowCount + row) * columnCount + column]) }
      }
    }
    return Tensor([batchSize, columnCount, rowCount], values: result)
  }
}
