import Arrays
import Datasets
import TestSupport
import Testing
import Training

@Suite struct MetricTests {
  @Test("always answering the mean: 1, 2, 6 have mean 3, errors 2, 1, 3")
  func baselineOfNumbers() {
    let source = ListedSource(channels: 1, length: 1, inputs: [[0], [0], [0]], numbers: [[1], [2], [6]])
    #expect(abs(Baseline.value(.meanAbsoluteError, data: source) - 2) < 1e-6)
    #expect(abs(Baseline.value(.meanSquaredError, data: source) - 14.0 / 3) < 1e-6)
    #expect(abs(Baseline.value(.rootMeanSquaredError, data: source) - (14.0 / 3).squareRoot()) < 1e-6)
  }

  @Test("each output has its own mean")
  func baselineOfOutputs() {
    let source = ListedSource(channels: 1, length: 1, inputs: [[0], [0]], numbers: [[1, 10], [3, 30]])
    #expect(abs(Baseline.value(.meanAbsoluteError, data: source) - 5.5) < 1e-6)
  }

  @Test("always answering the most frequent class")
  func baselineOfClasses() {
    let source = ListedSource(channels: 1, length: 1, inputs: [[0], [0], [0]], labels: [2, 1, 2])
    #expect(abs(Baseline.value(.accuracy, data: source) - 2.0 / 3) < 1e-12)
  }

  @Test("the waves' baseline is the mean absolute deviation of uniform numbers from 0.55")
  func waves() throws {
    let source = try GeneratedTask.waves.source(["sequenceLength": 8, "train": 10_000, "validation": 1, "test": 4000, "seed": 1])
    // ∫|x − 0.55| dx over [0, 1) is 0.2525; 16,000 numbers leave a standard error of 0.0012.
    #expect(abs(Baseline.value(.meanAbsoluteError, data: source) - 0.2525) < 0.005)
  }
}
