import ReferenceModels
import RunSupport
import Vocabulary

/// Cases 09a and 09b: a small classifier of S4D or HOPE layers trained for some steps on one batch, from stored initial values.
enum TrainingCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let problem = try ClassifierProblem(golden)
    var run: any ClassifierRun =
      switch computation {
      case .engine(let place): try EngineClassifierRun(problem, on: place)
      case .twin: try TwinClassifierRun(problem)
      }
    var results: [GoldenResult] = []
    func add(_ prefix: String, _ arrays: [String: [Double]]) {
      for (name, values) in arrays.sorted(by: { $0.key < $1.key }) {
        results.append(GoldenResult("\(prefix).\(ClassifierProblem.storedName(name))", values))
      }
    }
    var losses: [Double] = []
    for step in 0..<problem.stepCount {
      let (logits, loss) = try run.differentiate()
      losses.append(loss)
      if step == 0 {
        results.append(GoldenResult("logits_step0", logits))
        add("grad_step0", run.gradients)
      }
      try run.update()
      if step == 0 { add("after1", run.parameters) }
    }
    results.append(GoldenResult("losses", losses))
    add("final", run.parameters)
    add("final", run.statistics)
    results.append(GoldenResult("eval_logits_final", try run.evaluate()))
    return results
  }
}

/// What the cases say: sizes, initial values, the batch and the optimiser.
struct ClassifierProblem {
  let golden: GoldenSubcase
  let isHankel: Bool
  let batch: Int
  let channels: Int
  let length: Int
  let width: Int
  let classCount: Int
  let layerCount: Int
  let stepCount: Int
  /// [B, channels, L].
  let input: [Double]
  let labels: [Int]

  init(_ golden: GoldenSubcase) throws {
    self.golden = golden
    isHankel = golden.has("init.s4_layers.0.kernel.H")
    let sizes = try golden.sizes([
      "x": "B L channels", "labels": "B", "losses": "steps", "init.encoder.weight": "H channels", "init.decoder.weight": "classes H",
    ])
    (batch, channels, length, width) = (sizes["B"], sizes["channels"], sizes["L"], sizes["H"])
    (classCount, stepCount) = (sizes["classes"], sizes["steps"])
    layerCount = golden.names(startingWith: "init.s4_layers.").filter { $0.hasSuffix(".D") }.count
    try golden.requireLabels("labels", classCount: classCount)
    if !isHankel { try golden.requireVariance("x", sizes) }
    input = Rows.transposed(try golden.reals("x"), length, channels)
    labels = try golden.integers("labels")
  }

  /// The model; the rates of its layers are those of the optimiser's groups.
  var specification: BlocksSpecification {
    get throws {
      BlocksSpecification(
        pipeline: .script, layerCount: layerCount, modelWidth: width, normalization: isHankel ? .layer : .batch, prenorm: !isHankel,
        dropout: 0, tiedDropout: false, pooling: .mean, appendsReversal: isHankel,
        layer: isHankel ? .hankel(try hankelLayer) : .diagonal(try diagonalLayer))
    }
  }

  private var diagonalLayer: DiagonalLayerSpecification {
    get throws {
      let modeCount = try golden.sizes(["init.s4_layers.0.kernel.A_imag": "H N"])["N"]
      var layer = KernelPair.diagonal(.minimal, stateSize: 2 * modeCount)
      layer.poleLearningRate = try golden.number("lr_ssm")
      layer.timestepLearningRate = layer.poleLearningRate
      return layer
    }
  }

  private var hankelLayer: HankelLayerSpecification {
    get throws {
      let (markov, timestep) = (optimizerGroup(of: ".kernel.h"), optimizerGroup(of: ".kernel.log_dt"))
      return HankelLayerSpecification(
        directions: .halfSpectra, markovCount: try golden.sizes(["init.s4_layers.0.kernel.H": "2H N 2"])["N"], timestepTransform: .log,
        timestepMinimum: 0.001, timestepMaximum: 0.1, markovLearningRate: markov?.learningRate, markovWeightDecay: markov?.weightDecay ?? 0,
        timestepLearningRate: timestep?.learningRate)
    }
  }

  /// The initial values of an array; shapes may differ by axes of size 1, the values' order does not.
  func initialValues(_ name: String, count: Int) throws -> [Double] {
    let stored = "init.\(Self.storedName(name))"
    let values = try golden.reals(stored)
    guard values.count == count else {
      throw StageError(
        .badData, "a stored parameter does not fit the model", where: stored,
        why: "it has shape \(try golden.shape(stored)), but the model has \(count) values", fix: "check the configuration of the case")
    }
    return values
  }

  /// The group of the optimiser that names an array.
  func optimizerGroup(of name: String) -> (learningRate: Double, weightDecay: Double)? {
    let stored = Self.storedName(name)
    let group = golden.config["optimizer_groups"]?.array.first { group in
      group["params"]?.array.contains { $0.text?.hasSuffix(stored) ?? false } ?? false
    }
    guard let group, let rate = group["lr"]?.number else { return nil }
    return (rate, group["weight_decay"]?.number ?? 0)
  }

  /// The authors call Markov parameters H.
  static func storedName(_ name: String) -> String { name.hasSuffix(".kernel.h") ? name.dropLast() + "H" : name }
}
