import Operations
import ReferenceModels
import SequenceModels
import Vocabulary

/// A norm forward and back on [B, H, L], in training and then in evaluation.
struct NormalizationRun {
  struct Problem {
    let shape: [Int]
    let input: [Double]
    let outputGradient: [Double]
    let scale: [Double]
    let shift: [Double]
    /// Running statistics of batch norm; empty where the case holds none.
    let running: ReferenceNormalization.Statistics

    /// - Parameters:
    ///   - shape: [B, H, L].
    ///   - isTimeFirst: stored as [B, L, H].
    init(_ golden: GoldenSubcase, shape: [Int], isTimeFirst: Bool) throws {
      func sequences(_ name: String) throws -> [Double] {
        isTimeFirst ? Rows.transposed(try golden.reals(name), shape[2], shape[1]) : try golden.reals(name)
      }
      self.shape = shape
      input = try sequences("x")
      outputGradient = try sequences("dy")
      scale = try golden.reals("w")
      shift = try golden.reals("b")
      running = ReferenceNormalization.Statistics(
        means: golden.has("running_mean") ? try golden.reals("running_mean") : [],
        variances: golden.has("running_var") ? try golden.reals("running_var") : [])
    }
  }

  /// Output y and the gradients dx, dw and db of each pass.
  private(set) var passes: [[GoldenResult]] = []
  /// What the training pass has moved.
  private(set) var running: ReferenceNormalization.Statistics

  init(_ kind: BlocksSpecification.Normalization, _ problem: Problem, by computation: Computation) throws {
    running = problem.running
    for isTraining in [true, false] {
      switch computation {
      case .engine(let place): try runEngine(kind, problem, isTraining: isTraining, on: place)
      case .twin: runTwin(kind, problem, isTraining: isTraining)
      }
    }
  }

  private mutating func runEngine(
    _ kind: BlocksSpecification.Normalization, _ problem: Problem, isTraining: Bool, on place: ComputePlace
  ) throws {
    let norm = Normalization("norm", kind, modelWidth: problem.shape[1])
    norm.parameters.set(["norm.weight": problem.scale, "norm.bias": problem.shift])
    for (buffer, values) in zip(norm.buffers, [running.means, running.variances]) { buffer.value.upload(values.map { Float($0) }) }
    let input = Tensor(problem.shape, reals: problem.input)
    let slopes = Tensor(problem.shape, reals: problem.outputGradient)
    let results = try place.run(norm.parameters.tensors + norm.buffers.map(\.value) + [input, slopes]) {
      let (output, cache) = norm.forward(input, isTraining: isTraining)
      return [output, norm.backward(outputGradient: slopes, input: input, cache: cache)]
    }.map(\.reals)
    let gradients = norm.parameters.gradients
    add(results[0], results[1], gradients["norm.weight", default: []], gradients["norm.bias", default: []])
    if kind == .batch { (running.means, running.variances) = (norm.buffers[0].value.reals, norm.buffers[1].value.reals) }
  }

  private mutating func runTwin(_ kind: BlocksSpecification.Normalization, _ problem: Problem, isTraining: Bool) {
    let norm = ReferenceNormalization(kind, scale: problem.scale, shift: problem.shift)
    let length = problem.shape[2]
    let given = kind == .batch && !isTraining ? running : nil
    let gradient = norm.backward(
      outputGradient: problem.outputGradient, input: problem.input, statistics: given, length: length)
    add(norm.forward(problem.input, statistics: given, length: length), gradient.input, gradient.scale, gradient.shift)
    if kind == .batch && isTraining {
      running = running.moved(towards: norm.statistics(problem.input, length: length), count: problem.shape[0] * length)
    }
  }

  private mutating func add(_ output: [Double], _ input: [Double], _ scale: [Double], _ shift: [Double]) {
    passes.append([GoldenResult("y", output), GoldenResult("dx", input), GoldenResult("dw", scale), GoldenResult("db", shift)])
  }
}
