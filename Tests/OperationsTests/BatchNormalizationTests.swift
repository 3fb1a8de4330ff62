import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct BatchNormalizationTests {
  private struct Problem {
    let input: Tensor
    let scale: Tensor
    let shift: Tensor
    let runningMean: Tensor
    let runningVariance: Tensor
    let outputGradient: Tensor

    init(_ batch: Int, _ width: Int, _ length: Int) {
      input = .random([batch, width, length], lane: 1)
      scale = .random([width], lane: 2)
      shift = .random([width], lane: 3)
      runningMean = .random([width], lane: 4)
      runningVariance = Tensor([width], values: Tensor.random([width], lane: 5).values().map { 1.5 + $0 })
      outputGradient = .random([batch, width, length], lane: 6)
    }

    /// Leaves the running statistics as they are.
    func forward(training: Bool) -> (output: Tensor, cache: BatchNormalization.Cache) {
      BatchNormalization.forward(
        input, scale: scale, shift: shift,
        cache: training
          ? BatchNormalization.trainingStatistics(input, runningMean: runningMean.copy(), runningVariance: runningVariance.copy())
          : BatchNormalization.evaluationStatistics(runningMean: runningMean, runningVariance: runningVariance))
    }

    func gradients(training: Bool) -> (input: Tensor, scale: Tensor, shift: Tensor) {
      // Gradients are added to what is there.
      let (scaleGradient, shiftGradient) = (Tensor(scale.shape, filledWith: 2), Tensor(scale.shape, filledWith: 3))
      let inputGradient = BatchNormalization.backward(
        outputGradient: outputGradient, input: input, scale: scale, cache: forward(training: training).cache,
        scaleGradient: scaleGradient, shiftGradient: shiftGradient)
      return (inputGradient, scaleGradient, shiftGradient)
    }

    func reference(_ input: [Double], _ scale: [Double], _ shift: [Double], training: Bool) -> [Double] {
      ReferenceNormalization(.batch, scale: scale, shift: shift)
        .forward(input, statistics: training ? nil : running, length: self.input.shape[2])
    }

    var running: ReferenceNormalization.Statistics {
      ReferenceNormalization.Statistics(means: runningMean.doubles, variances: runningVariance.doubles)
    }
  }

  @Test("output agrees with the reference", arguments: [(2, 1, 1), (1, 3, 5), (3, 2, 37)], [true, false])
  func output(sizes: (Int, Int, Int), training: Bool) {
    let problem = Problem(sizes.0, sizes.1, sizes.2)
    let expected = problem.reference(problem.input.doubles, problem.scale.doubles, problem.shift.doubles, training: training)
    #expect(maxRelative(problem.forward(training: training).output.doubles, expected) < 1e-6)
  }

  @Test("training moves the running statistics a tenth towards the batch's, with the unbiased variance")
  func runningStatistics() {
    let problem = Problem(2, 3, 5)
    let (mean, variance) = (problem.runningMean.copy(), problem.runningVariance.copy())
    _ = BatchNormalization.trainingStatistics(problem.input, runningMean: mean, runningVariance: variance)
    let batch = ReferenceNormalization(.batch, scale: [1, 1, 1], shift: [0, 0, 0]).statistics(problem.input.doubles, length: 5)
    let expected = problem.running.moved(towards: batch, count: 10)
    #expect(maxRelative(mean.doubles, expected.means) < 2e-7)
    #expect(maxRelative(variance.doubles, expected.variances) < 2e-7)
  }

  @Test("gradients agree with central differences", arguments: [(2, 1, 1), (1, 1, 3), (2, 3, 17)], [true, false])
  func gradients(sizes: (Int, Int, Int), training: Bool) {
    let problem = Problem(sizes.0, sizes.1, sizes.2)
    let (input, scale, shift) = (problem.input.doubles, problem.scale.doubles, problem.shift.doubles)
    func loss(_ input: [Double], _ scale: [Double], _ shift: [Double]) -> Double {
      dotProduct(problem.reference(input, scale, shift, training: training), problem.outputGradient.doubles)
    }
    let gradients = problem.gradients(training: training)
    let differences =
      GradientCheck.differences("input", gradients.input.values(), at: input) { loss($0, scale, shift) }
      + GradientCheck.differences("scale", gradients.scale.values().map { $0 - 2 }, at: scale) { loss(input, $0, shift) }
      + GradientCheck.differences("shift", gradients.shift.values().map { $0 - 3 }, at: shift) { loss(input, scale, $0) }
    #expect(differences == [], "B, H, L = \(sizes), training \(training)")
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let problem = Problem(3, 9, 501)
    #expect(
      isIndependentOfThreads {
        let gradients = problem.gradients(training: true)
        return [problem.forward(training: true).output, gradients.input, gradients.scale, gradients.shift]
      })
  }
}
