import ReferenceModels

/// Case 08 in Double.
enum BlocksTwin {
  /// Stored as [B, L, H], computed as [B, H, L].
  static func checkLayerNormalization(_ golden: GoldenSubcase) throws {
    let shape = try golden.shape("x")
    let norm = ReferenceNormalization(.layer, scale: try golden.reals("w"), shift: try golden.reals("b"))
    let input = Rows.transposed(try golden.reals("x"), shape[1], shape[2])
    let gradient = norm.backward(
      outputGradient: Rows.transposed(try golden.reals("dy"), shape[1], shape[2]), input: input, length: shape[1])
    try golden.compare("y", float64: Rows.transposed(norm.forward(input, length: shape[1]), shape[2], shape[1]))
    try golden.compare("dx", float64: Rows.transposed(gradient.input, shape[2], shape[1]))
    try golden.compare("dw", float64: gradient.scale)
    try golden.compare("db", float64: gradient.shift)
  }

  static func checkBatchNormalization(_ golden: GoldenSubcase) throws {
    let (shape, input, slopes) = (try golden.shape("x"), try golden.reals("x"), try golden.reals("dy"))
    let length = shape[2]
    let norm = ReferenceNormalization(.batch, scale: try golden.reals("w"), shift: try golden.reals("b"))
    let running = ReferenceNormalization.Statistics(means: try golden.reals("running_mean"), variances: try golden.reals("running_var"))
    let moved = running.moved(towards: norm.statistics(input, length: length), count: shape[0] * length)
    for (mode, statistics) in [("train", nil), ("eval", moved)] {
      let gradient = norm.backward(outputGradient: slopes, input: input, statistics: statistics, length: length)
      try golden.compare("\(mode)_y", float64: norm.forward(input, statistics: statistics, length: length))
      try golden.compare("\(mode)_dx", float64: gradient.input)
      try golden.compare("\(mode)_dw", float64: gradient.scale)
      try golden.compare("\(mode)_db", float64: gradient.shift)
    }
    try golden.compare("running_mean_after", float64: moved.means)
    try golden.compare("running_var_after", float64: moved.variances)
  }

  /// x [B, L, H].
  static func checkPooledCrossEntropy(_ golden: GoldenSubcase) throws {
    let shape = try golden.shape("x")
    let (decoder, length) = (try golden.mixing("Wd", "bd"), shape[1])
    let (input, labels) = (Rows.transposed(try golden.reals("x"), length, shape[2]), try golden.integers("label"))
    let pooled = ReferencePooling.forward(input, mode: .mean, lengths: labels.map { _ in length }, length: length)
    let logits = decoder.forward(pooled, length: 1)
    let slopes = ReferenceLoss.crossEntropyGradient(logits, labels: labels)
    let gradient = decoder.backward(outputGradient: slopes, input: pooled, length: 1)
    let inputGradient = gradient.input.flatMap { [Double](repeating: $0 / Double(length), count: length) }
    try golden.compare("logits", float64: logits)
    try golden.compare("loss", float64: [ReferenceLoss.crossEntropy(logits, labels: labels)])
    try golden.compare("dx", float64: Rows.transposed(inputGradient, shape[2], length))
    try golden.compare("dWd", float64: gradient.weight)
    try golden.compare("dbd", float64: gradient.bias)
  }

  static func checkAdamW(_ golden: GoldenSubcase) throws {
    for group in ["1", "2"] {
      var values = try golden.reals("p\(group)")
      let gradients = try golden.reals("G\(group)")
      var optimizer = ReferenceAdamW(
        count: values.count, learningRate: try golden.number("group\(group)", "lr"),
        weightDecay: try golden.number("group\(group)", "weight_decay"))
      var trajectory: [Double] = []
      for start in stride(from: 0, to: gradients.count, by: values.count) {
        optimizer.update(&values, gradient: Array(gradients[start..<start + values.count]))
        trajectory += values
      }
      try golden.compare("traj\(group)", float64: trajectory)
      if golden.has("m\(group)") { try golden.compare("m\(group)", float64: optimizer.firstMoment) }
      if golden.has("v\(group)") { try golden.compare("v\(group)", float64: optimizer.secondMoment) }
    }
  }
}
