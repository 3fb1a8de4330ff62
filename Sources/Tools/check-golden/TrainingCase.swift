import Arrays
import Operations
import ReferenceModels
import RunSupport
import SequenceModels
import StateSpace
import Training

/// Cases 09a and 09b: a small classifier of S4D or HOPE layers trained for some steps on one batch, from stored initial values.
enum TrainingCase {
  static func check(_ golden: GoldenSubcase) throws {
    let sizes = try golden.sizes([
      "x": "B L channels", "labels": "B", "losses": "steps", "init.encoder.weight": "H channels", "init.decoder.weight": "classes H",
    ])
    try golden.requireLabels("labels", classCount: sizes["classes"])
    if !golden.has("init.s4_layers.0.kernel.H") { try golden.requireVariance("x", sizes) }
    let model = try SequenceClassifier(
      try modelConfiguration(golden),
      input: InputDescription(kind: .values(channels: sizes["channels"]), outputCount: sizes["classes"]), seed: 0)
    let arrays = model.parameters.map { ($0.name, $0.value) } + model.buffers.map { ($0.name, $0.value) }
    for (name, value) in arrays { try load("init.\(storedName(name))", golden, into: value) }

    try checkFloat64(golden, sizes, names: arrays.map(\.0))
    let input = SequenceInput.values(try channelsFirst(golden.tensor("x")))
    let labels = try golden.integers("labels").map { Int32($0) }
    let optimizer = Optimizer(model.parameters, configuration: try optimizerConfiguration(golden))
    var losses: [Float] = []
    for step in 0..<sizes["steps"] {
      model.clearGradients()
      var pass = Pass.training(dropout: RandomStream(seed: 0, purpose: .dropout))
      let (logits, cache) = model.forward(input, lengths: nil, pass: &pass)
      losses.append(Float(CrossEntropy.forward(logits, labels: labels).loss))
      model.backward(outputGradient: CrossEntropy.backward(logits, labels: labels), cache: cache)
      if step == 0 {
        try golden.compare("logits_step0", float32: logits)
        for parameter in model.parameters { try golden.compare("grad_step0.\(storedName(parameter.name))", float32: parameter.gradient) }
      }
      optimizer.step(factor: 1)
      if step == 0 {
        for parameter in model.parameters { try golden.compare("after1.\(storedName(parameter.name))", float32: parameter.value) }
      }
    }
    try golden.compare("losses", float32: losses)
    for (name, value) in arrays { try golden.compare("final.\(storedName(name))", float32: value) }
    var evaluation = Pass.evaluation
    try golden.compare("eval_logits_final", float32: model.forward(input, lengths: nil, pass: &evaluation).output)
  }

  /// The same training by the twin in Double.
  ///
  /// - Parameter names: of the parameters and running statistics, whose shapes are known to fit.
  private static func checkFloat64(_ golden: GoldenSubcase, _ sizes: AxisSizes, names: [String]) throws {
    let isHankel = golden.has("init.s4_layers.0.kernel.H")
    let (width, length, channels) = (sizes["H"], sizes["L"], sizes["channels"])
    let kernel: any ReferenceKernel =
      isHankel
      ? ReferenceHankelKernel(.halfSpectra, width: width)
      : ReferenceDiagonalKernel(width: width, modeCount: try golden.sizes(["init.s4_layers.0.kernel.A_imag": "H N"])["N"])
    var twin = ReferenceClassifier(kernel: kernel, width: width, length: length, lengths: Array(repeating: length, count: sizes["B"]))
    twin.pipeline = .script
    twin.isPrenorm = !isHankel
    twin.normalization = isHankel ? .layer : .batch
    twin.appendsReversal = isHankel
    twin.layerCount = names.filter { $0.hasPrefix("norms.") && $0.hasSuffix(".bias") }.count
    for name in names {
      let values = try golden.reals("init.\(storedName(name))")
      if name.contains("running") { twin.runningStatistics[name] = values } else { twin.parameters[name] = values }
    }
    var optimizers = try Dictionary(
      uniqueKeysWithValues: twin.parameters.map { name, values in
        guard let group = optimizerGroup(of: storedName(name), golden), let rate = group["lr"]?.number else {
          throw golden.misfit("init.\(name)", "no optimiser group names it")
        }
        return (name, ReferenceAdamW(count: values.count, learningRate: rate, weightDecay: group["weight_decay"]?.number ?? 0))
      })
    let input = Rows.transposed(try golden.reals("x"), length, channels)
    let labels = try golden.integers("labels")
    var losses: [Double] = []
    for number in 0..<sizes["steps"] {
      twin.dropoutStream = RandomStream(seed: 0, purpose: .dropout)
      let pass = twin.forward(.values(input))
      losses.append(ReferenceLoss.crossEntropy(pass.logits, labels: labels))
      let slopes = ReferenceLoss.crossEntropyGradient(pass.logits, labels: labels)
      let gradients = twin.backward(logitsGradient: slopes, input: input, pass: pass)
      if number == 0 {
        try golden.compare("logits_step0", float64: pass.logits)
        for (name, gradient) in gradients.sorted(by: { $0.key < $1.key }) {
          try golden.compare("grad_step0.\(storedName(name))", float64: gradient)
        }
      }
      for (name, gradient) in gradients { optimizers[name]?.update(&twin.parameters[name, default: []], gradient: gradient) }
      if number == 0 {
        for (name, values) in twin.parameters.sorted(by: { $0.key < $1.key }) {
          try golden.compare("after1.\(storedName(name))", float64: values)
        }
      }
    }
    try golden.compare("losses", float64: losses)
    for (name, values) in (Array(twin.parameters) + Array(twin.runningStatistics)).sorted(by: { $0.key < $1.key }) {
      try golden.compare("final.\(storedName(name))", float64: values)
    }
    twin.dropoutStream = nil
    try golden.compare("eval_logits_final", float64: twin.logits(.values(input)))
  }

  /// The authors call Markov parameters H.
  private static func storedName(_ name: String) -> String { name.hasSuffix(".kernel.h") ? name.dropLast() + "H" : name }

  private static func modelConfiguration(_ golden: GoldenSubcase) throws -> ModelConfiguration {
    let isHankel = golden.has("init.s4_layers.0.kernel.H")
    return ModelConfiguration(
      pipeline: .script, layerCount: golden.names(startingWith: "init.s4_layers.").filter { $0.hasSuffix(".D") }.count,
      modelWidth: try golden.shape("init.encoder.weight")[0], normalization: isHankel ? .layer : .batch, prenorm: !isHankel, dropout: 0,
      tiedDropout: false, pooling: .mean, appendsReversal: isHankel,
      layer: isHankel ? .hankel(try hankelLayer(golden)) : .diagonal(try diagonalLayer(golden)))
  }

  private static func diagonalLayer(_ golden: GoldenSubcase) throws -> DiagonalLayerConfiguration {
    DiagonalLayerConfiguration(
      form: .minimal, initialization: .linear, stateSize: 2 * (try golden.sizes(["init.s4_layers.0.kernel.A_imag": "H N"])["N"]),
      timestepTransform: .log, timestepMinimum: 0.001, timestepMaximum: 0.1, bidirectional: false,
      poleLearningRate: try golden.number("lr_ssm"), timestepLearningRate: try golden.number("lr_ssm"))
  }

  private static func hankelLayer(_ golden: GoldenSubcase) throws -> HankelLayerConfiguration {
    let (markov, timestep) = (optimizerGroup(of: ".kernel.H", golden), optimizerGroup(of: ".kernel.log_dt", golden))
    return HankelLayerConfiguration(
      directions: .halfSpectra, markovCount: try golden.sizes(["init.s4_layers.0.kernel.H": "2H N 2"])["N"], timestepTransform: .log,
      timestepMinimum: 0.001, timestepMaximum: 0.1, markovLearningRate: markov?["lr"]?.number,
      markovWeightDecay: markov?["weight_decay"]?.number ?? 0, timestepLearningRate: timestep?["lr"]?.number)
  }

  private static func optimizerGroup(of suffix: String, _ golden: GoldenSubcase) -> JSONValue? {
    golden.config["optimizer_groups"]?.array.first { group in
      group["params"]?.array.contains { $0.text?.hasSuffix(suffix) ?? false } ?? false
    }
  }

  private static func optimizerConfiguration(_ golden: GoldenSubcase) throws -> OptimizerConfiguration {
    let decayed = (golden.config["optimizer_groups"]?.array ?? []).filter { ($0["weight_decay"]?.number ?? 0) > 0 }
    let decayedNames = decayed.flatMap { $0["params"]?.array ?? [] }.compactMap(\.text)
    return OptimizerConfiguration(
      learningRate: try golden.number("lr"), weightDecay: try golden.number("wd"),
      decaysBiasesAndNorms: decayedNames.contains { $0.hasPrefix("norms.") })
  }

  /// Shapes may differ by axes of size 1, the values' order does not.
  private static func load(_ name: String, _ golden: GoldenSubcase, into target: Tensor) throws {
    let stored = try golden.tensor(name)
    guard stored.count == target.count else {
      throw StageError(
        .badData, "a stored parameter does not fit the model", where: name, why: "it has shape \(stored.shape), the model \(target.shape)",
        fix: "check the configuration of the case")
    }
    target.upload(stored.values())
  }

  /// [B, L, channels] → [B, channels, L].
  private static func channelsFirst(_ tensor: Tensor) throws -> Tensor {
    let (batchSize, length, channels) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
    let values = tensor.values()
    let transposed = (0..<batchSize * channels * length).map { index in
      let (sample, channel, time) = (index / (channels * length), index / length % channels, index % length)
      return values[(sample * length + time) * channels + channel]
    }
    return Tensor([batchSize, channels, length], values: transposed)
  }
}
