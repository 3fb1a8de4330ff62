import StateSpace

/// Case 08 in Double.
enum BlocksTwin {
  /// Stored as [B, L, H], computed as [B, H, L].
  static func checkLayerNormalization(_ golden: GoldenSubcase) throws {
    let shape = try golden.shape("x")
    let norm = ReferenceNormalization(.layer, scale: try golden.reals("w"), shift: try golden.reals("b"))
    let input = transposed(try golden.reals("x"), shape[1], shape[2])
    let gradient = norm.backward(
      outputGradient: transposed(try golden.reals("dy"), shape[1], shape[2]), input: input, length: shape[1])
    try golden.compare("y", float64: transposed(norm.forward(input, length: shape[1]), shape[2], shape[1]))
    try golden.compare("dx", float64: transposed(gradient.input, shape[2], shape[1]))
    try golden.compare("dw", float64: gradient.scale)
    try golden.compare("db", float64: gradient.shift)
  }

  static func checkBatchNormalization(_ golden: GoldenSubcase) throws {
    let (shape, input, slopes) = (try golden.shape("x"), try golden.reals("x"), try golden.reals("dy"))
    let length = shape[2]
    let norm = ReferenceNormalization(.batch, scale: try golden.reals("w"), shift: try golden.reals("b"))
    let gradient = norm.backward(outputGradient: slopes, input: input, length: length)
    try golden.compare("train_y", float64: norm.forward(input, length: length))
    try golden.compare("train_dx", float64: gradient.input)
    try golden.compare("train_dw", float64: gradient.scale)
    try golden.compare("train_db", float64: gradient.shift)

    let (means, variances) = norm.statistics(input, length: length)
    let count = Double(shape[0] * length)
    let mean = zip(try golden.reals("running_mean"), means).map { 0.9 * $0 + 0.1 * $1 }
    let variance = zip(try golden.reals("running_var"), variances).map { 0.9 * $0 + 0.1 * $1 * count / (count - 1) }
    try golden.compare("running_mean_after", float64: mean)
    try golden.compare("running_var_after", float64: variance)
    try golden.compare("eval_y", float64: norm.forward(input, mean: mean, variance: variance, length: length))
    // With given statistics a channel is a straight line.
    let unit = ReferenceNormalization(.batch, scale: mean.map { _ in 1 }, shift: mean.map { _ in 0 })
    let normalized = unit.forward(input, mean: mean, variance: variance, length: length)
    let zeros = norm.forward(input.map { _ in 0 }, mean: mean, variance: variance, length: length)
    let ones = norm.forward(input.map { _ in 1 }, mean: mean, variance: variance, length: length)
    try golden.compare("eval_dx", float64: slopes.indices.map { slopes[$0] * (ones[$0] - zeros[$0]) })
    try golden.compare("eval_dw", float64: sums(zip(slopes, normalized).map(*), shape))
    try golden.compare("eval_db", float64: sums(slopes, shape))
  }

  /// x [B, L, H].
  static func checkPooledCrossEntropy(_ golden: GoldenSubcase) throws {
    let shape = try golden.shape("x")
    let head = ReferenceClassification(decoder: try golden.mixing("Wd", "bd"))
    let (input, labels) = (transposed(try golden.reals("x"), shape[1], shape[2]), try golden.integers("label"))
    let gradient = head.backward(input, labels: labels, length: shape[1])
    try golden.compare("logits", float64: head.logits(input, length: shape[1]))
    try golden.compare("loss", float64: [head.loss(input, labels: labels, length: shape[1])])
    try golden.compare("dx", float64: transposed(gradient.input, shape[2], shape[1]))
    try golden.compare("dWd", float64: gradient.decoder.weight)
    try golden.compare("dbd", float64: gradient.decoder.bias)
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

  /// Over samples and steps, for each channel of [B, H, L].
  private static func sums(_ values: [Double], _ shape: [Int]) -> [Double] {
    values.enumerated().reduce(into: Array(repeating: 0, count: shape[1])) { $0[$1.offset / shape[2] % shape[1]] += $1.element }
  }

  /// [B, rows, columns] → [B, columns, rows].
  private static func transposed(_ values: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    values.indices.map { index in
      values[(index / (rows * columns) * rows + index % rows) * columns + index / rows % columns]
    }
  }
}
