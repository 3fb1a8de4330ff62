import Operations
import ReferenceModels
import TestSupport
import Testing

/// The norm over channels, and that over the batch, which trains with the statistics of its input and evaluates with running ones.
@Suite struct NormalizationTests {
  enum Norm: Sendable { case layer, batch, runningBatch }

  private struct Problem {
    let norm: Norm
    let input: Tensor
    let scale: Tensor
    let shift: Tensor
    let runningMean: Tensor
    let runningVariance: Tensor
    let outputGradient: Tensor

    init(_ norm: Norm, _ batch: Int, _ width: Int, _ length: Int) {
      self.norm = norm
      input = .random([batch, width, length], lane: 1)
      scale = .random([width], lane: 2)
      shift = .random([width], lane: 3)
      runningMean = .random([width], lane: 4)
      runningVariance = Tensor([width], values: Tensor.random([width], lane: 5).values().map { 1.5 + $0 })
      outputGradient = .random([batch, width, length], lane: 6)
    }

    /// Leaves the running statistics as they are.
    private var batchCache: BatchNormalization.Cache {
      norm == .batch
        ? BatchNormalization.trainingStatistics(input, runningMean: runningMean.copy(), runningVariance: runningVariance.copy())
        : BatchNormalization.evaluationStatistics(runningMean: runningMean, runningVariance: runningVariance)
    }

    func output() -> Tensor {
      norm == .layer
        ? LayerNormalization.forward(input, scale: scale, shift: shift).output
        : BatchNormalization.forward(input, scale: scale, shift: shift, cache: batchCache).output
    }

    func gradients() -> [Tensor] {
      // Gradients are added to what is there.
      let (scaleGradient, shiftGradient) = (Tensor.filled(like: scale, with: 2), Tensor.filled(like: shift, with: 3))
      let inputGradient =
        norm == .layer
        ? LayerNormalization.backward(
          outputGradient: outputGradient, input: input, scale: scale, cache: LayerNormalization.statistics(input),
          scaleGradient: scaleGradient, shiftGradient: shiftGradient)
        : BatchNormalization.backward(
          outputGradient: outputGradient, input: input, scale: scale, cache: batchCache, scaleGradient: scaleGradient,
          shiftGradient: shiftGradient)
      return [inputGradient, scaleGradient, shiftGradient]
    }

    /// The output and the gradients of input, scale and shift.
    func results(on engine: Engine) throws -> [Tensor] {
      try engine.run([input, scale, shift, runningMean, runningVariance, outputGradient]) { [output()] + gradients() }
    }

    func reference(_ input: [Double], _ scale: [Double], _ shift: [Double]) -> [Double] {
      ReferenceNormalization(norm == .layer ? .layer : .batch, scale: scale, shift: shift)
        .forward(input, statistics: norm == .runningBatch ? running : nil, length: self.input.shape[2])
    }

    var running: ReferenceNormalization.Statistics {
      ReferenceNormalization.Statistics(means: runningMean.doubles, variances: runningVariance.doubles)
    }
  }

  /// [B, H, L] for the norm over channels, and for both that use the batch; on the device the last shape of each.
  private static func cases(layer: [[Int]], batch: [[Int]]) -> [(Engine, (norm: Norm, shape: [Int]))] {
    let cases = layer.map { (norm: Norm.layer, shape: $0) } + [Norm.batch, .runningBatch].flatMap { norm in batch.map { (norm, $0) } }
    return Engine.cases(cases, onDevice: [layer.count, layer.count + batch.count, cases.count].map { $0 - 1 })
  }

  /// L = 130 and 300 end in the middle of a strip and of a vector.
  @Test(
    "output agrees with the reference",
    arguments: cases(layer: [[1, 1, 1], [2, 3, 5], [1, 7, 130], [2, 4, 300]], batch: [[2, 1, 1], [1, 3, 5], [3, 2, 37]]))
  func output(engine: Engine, sizes: (norm: Norm, shape: [Int])) throws {
    let (norm, shape) = sizes
    let problem = Problem(norm, shape[0], shape[1], shape[2])
    let expected = problem.reference(problem.input.doubles, problem.scale.doubles, problem.shift.doubles)
    #expect(maxRelative(try problem.results(on: engine)[0].doubles, expected) < 1e-6)
  }

  @Test("a large mean costs no more than its rounding in float", arguments: Engine.all)
  func largeMean(engine: Engine) throws {
    let small = Tensor.random([1, 8, 20], lane: 5)
    let large = Tensor(small.shape, values: small.values().map { $0 + 1_000 })
    let (scale, shift) = (Tensor([8], filledWith: 1), Tensor.zeros([8]))
    let output = try engine.run([large, scale, shift]) { [LayerNormalization.forward(large, scale: scale, shift: shift).output] }[0]
    let expected = ReferenceNormalization(.layer, scale: scale.doubles, shift: shift.doubles).forward(large.doubles, length: 20)
    // The mean is rounded to float: up to 3e-5, divided by a deviation of about 0.6.
    #expect(maxRelative(output.doubles, expected) < 1e-4)
  }

  @Test("ε of a layer norm shows where the variance is small", arguments: Engine.cases([1e-6, 1e-5, 0.1], onDevice: [0, 2]))
  func epsilon(engine: Engine, epsilon: Double) throws {
    let input = Tensor.random([2, 4, 19], lane: 7, bound: 1e-3)
    let (scale, shift) = (Tensor.random([4], lane: 8), Tensor.random([4], lane: 9))
    let output = try engine.run([input, scale, shift]) {
      [LayerNormalization.forward(input, scale: scale, shift: shift, epsilon: epsilon).output]
    }[0]
    let expected = ReferenceNormalization(.layer, scale: scale.doubles, shift: shift.doubles, epsilon: epsilon)
      .forward(input.doubles, length: 19)
    #expect(maxRelative(output.doubles, expected) < 1e-6)
  }

  @Test("training moves the running statistics a tenth towards the batch's, with the unbiased variance", arguments: Engine.all)
  func runningStatistics(engine: Engine) throws {
    let problem = Problem(.batch, 2, 3, 5)
    let (mean, variance) = (problem.runningMean.copy(), problem.runningVariance.copy())
    _ = try engine.run([problem.input, mean, variance]) {
      _ = BatchNormalization.trainingStatistics(problem.input, runningMean: mean, runningVariance: variance)
      return []
    }
    let batch = ReferenceNormalization(.batch, scale: [1, 1, 1], shift: [0, 0, 0]).statistics(problem.input.doubles, length: 5)
    let expected = problem.running.moved(towards: batch, count: 10)
    #expect(maxRelative(mean.doubles, expected.means) < 2e-7)
    #expect(maxRelative(variance.doubles, expected.variances) < 2e-7)
  }

  @Test(
    "gradients agree with central differences",
    arguments: cases(layer: [[1, 1, 1], [2, 3, 5], [2, 5, 17]], batch: [[2, 1, 1], [1, 1, 3], [2, 3, 17]]))
  func gradients(engine: Engine, sizes: (norm: Norm, shape: [Int])) throws {
    let (norm, shape) = sizes
    let problem = Problem(norm, shape[0], shape[1], shape[2])
    let (input, scale, shift) = (problem.input.doubles, problem.scale.doubles, problem.shift.doubles)
    func loss(_ input: [Double], _ scale: [Double], _ shift: [Double]) -> Double {
      dotProduct(problem.reference(input, scale, shift), problem.outputGradient.doubles)
    }
    let gradients = try problem.results(on: engine).dropFirst().map { $0.values() }
    let differences =
      GradientCheck.differences("input", gradients[0], at: input) { loss($0, scale, shift) }
      + GradientCheck.differences("scale", gradients[1].map { $0 - 2 }, at: scale) { loss(input, $0, shift) }
      + GradientCheck.differences("shift", gradients[2].map { $0 - 3 }, at: shift) { loss(input, scale, $0) }
    #expect(differences == [], "\(norm), B, H, L = \(shape)")
  }

  /// The first has 3 · 24 strips: more than there are groups of partial sums.
  @Test("any number of threads gives the same bits", arguments: [(Norm.layer, 4, 3_001), (.batch, 9, 501)])
  func threads(norm: Norm, width: Int, length: Int) {
    let problem = Problem(norm, 3, width, length)
    #expect(isIndependentOfThreads { [problem.output()] + problem.gradients() })
  }
}
