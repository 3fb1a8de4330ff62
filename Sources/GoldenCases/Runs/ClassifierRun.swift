import Arrays
import Operations
import ReferenceModels
import SequenceModels
import Training

/// A classifier that is trained on one batch; its arrays under the model's names.
protocol ClassifierRun {
  var parameters: [String: [Double]] { get }
  /// Running statistics of batch norms.
  var statistics: [String: [Double]] { get }
  /// Gradients of the last pass.
  var gradients: [String: [Double]] { get }

  /// One pass of training, forward and back.
  mutating func differentiate() throws -> (logits: [Double], loss: Double)

  /// One step of the optimiser with the gradients of the last pass.
  mutating func update() throws

  /// Logits in evaluation.
  mutating func evaluate() throws -> [Double]
}

/// The model and the optimiser that train.
struct EngineClassifierRun: ClassifierRun {
  private let model: SequenceClassifier
  private let optimizer: Optimizer
  private let input: Tensor
  private let labels: Integers
  private let place: ComputePlace

  init(_ problem: ClassifierProblem, on place: ComputePlace = .processor) throws {
    self.place = place
    model = try SequenceClassifier(
      problem.specification, input: InputDescription(kind: .values(channels: problem.channels), outputCount: problem.classCount), seed: 0)
    for (name, value) in model.parameters.map({ ($0.name, $0.value) }) + model.buffers.map({ ($0.name, $0.value) }) {
      value.upload(try problem.initialValues(name, count: value.count).map { Float($0) })
    }
    input = Tensor([problem.batch, problem.channels, problem.length], reals: problem.input)
    labels = Integers(problem.labels)
    optimizer = Optimizer(
      model,
      configuration: OptimizerConfiguration(
        learningRate: try problem.golden.number("lr"), weightDecay: try problem.golden.number("wd"),
        decaysBiasesAndNorms: (problem.optimizerGroup(of: "norms.0.bias")?.weightDecay ?? 0) > 0))
  }

  var parameters: [String: [Double]] { Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.value.reals) }) }
  var statistics: [String: [Double]] { Dictionary(uniqueKeysWithValues: model.buffers.map { ($0.name, $0.value.reals) }) }
  var gradients: [String: [Double]] { Array(model.parameters).gradients }

  private var tensors: [Tensor] { model.parameters.tensors + model.buffers.map(\.value) + [input] }

  func differentiate() throws -> (logits: [Double], loss: Double) {
    model.clearGradients()
    let results = try place.run(tensors) { program in
      var pass = Pass.training(dropout: RandomStream(seed: 0, purpose: .dropout))
      var results: [Tensor] = []
      model.differentiateWhole(.values(input), lengths: nil, pass: &pass) { logits in
        results = [logits, CrossEntropy.loss(logits, labels: labels, in: program)]
        return CrossEntropy.backward(logits, labels: labels)
      }
      return results
    }.map(\.reals)
    return (results[0], results[1][0])
  }

  func update() throws { try optimizer.step(on: place) }

  func evaluate() throws -> [Double] { try place.run(tensors) { [model.output(of: .values(input), lengths: nil)] }[0].reals }
}

/// The twin in Double and the optimisers that train it.
struct TwinClassifierRun: ClassifierRun {
  private var model: ReferenceClassifier
  private var optimizers: [String: ReferenceAdamW]
  private(set) var gradients: [String: [Double]] = [:]
  private let input: [Double]
  private let labels: [Int]

  /// - Throws: `StageError` (`badData`) if the stored arrays are not those of the model.
  init(_ problem: ClassifierProblem) throws {
    model = ReferenceClassifier(
      try problem.specification, length: problem.length, lengths: Array(repeating: problem.length, count: problem.batch))
    let engine = try EngineClassifierRun(problem)  // knows the arrays and that they fit
    for (name, values) in engine.parameters { model.parameters[name] = try problem.initialValues(name, count: values.count) }
    for (name, values) in engine.statistics { model.runningStatistics[name] = try problem.initialValues(name, count: values.count) }
    optimizers = try Dictionary(
      uniqueKeysWithValues: model.parameters.map { name, values in
        guard let group = problem.optimizerGroup(of: name) else {
          throw problem.golden.misfit("init.\(ClassifierProblem.storedName(name))", "no optimiser group names it")
        }
        return (name, ReferenceAdamW(count: values.count, learningRate: group.learningRate, weightDecay: group.weightDecay))
      })
    (input, labels) = (problem.input, problem.labels)
  }

  var parameters: [String: [Double]] { model.parameters }
  var statistics: [String: [Double]] { model.runningStatistics }

  mutating func differentiate() -> (logits: [Double], loss: Double) {
    model.dropoutStream = RandomStream(seed: 0, purpose: .dropout)
    let pass = model.forward(.values(input))
    let slopes = ReferenceLoss.crossEntropyGradient(pass.logits, labels: labels)
    gradients = model.backward(logitsGradient: slopes, input: input, pass: pass)
    return (pass.logits, ReferenceLoss.crossEntropy(pass.logits, labels: labels))
  }

  mutating func update() {
    for (name, gradient) in gradients { optimizers[name]?.update(&model.parameters[name, default: []], gradient: gradient) }
  }

  mutating func evaluate() -> [Double] {
    model.dropoutStream = nil
    return model.logits(.values(input))
  }
}
