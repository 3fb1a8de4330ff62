import Arrays
import Datasets
import Foundation
import Operations
import SequenceModels
import TestSupport
import Testing
import Training
import Vocabulary

@Suite struct MetricTests {
  @Test("always answering the mean: 1, 2, 6 have mean 3, errors 2, 1, 3")
  func baselineOfNumbers() {
    let source = ListedSource(channels: 1, length: 1, inputs: [[0], [0], [0]], numbers: [[1], [2], [6]])
    #expect(abs(Baseline.value(.meanAbsoluteError, data: source) - 2) < 1e-6)
    #expect(abs(Baseline.value(.meanSquaredError, data: source) - 14.0 / 3) < 1e-6)
    #expect(abs(Baseline.value(.rootMeanSquaredError, data: source) - (14.0 / 3).squareRoot()) < 1e-6)
  }

  @Test("a sum in a checkpoint that has no number is refused")
  func emptySum() throws {
    func decode(_ sums: String) throws -> MetricSums {
      try JSONDecoder().decode(MetricSums.self, from: Data("{\"sampleCount\": 2, \"lossSum\": \(sums)}".utf8))
    }
    #expect(try decode("3").loss == 1.5)
    #expect(throws: DecodingError.self) { try decode("[]") }
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

  @Test("the test split also gives how the errors of its samples scatter, whatever the batches; no other split does")
  func sampleErrors() throws {
    let source = ListedSource(
      channels: 1, length: 4, inputs: [[1, 2, 3, 4], [0, 0, 0, 0], [4, 0, 1, -2], [9, 9, 1, 3], [-1, 0, 2, 0]],
      numbers: [[1, 2], [0, 4], [-1, 3], [2, 2], [5, -3]])
    let model = try SequenceClassifier(
      SmallModel.configuration(layers: 1), input: InputDescription(kind: .values(channels: 1), outputCount: 2), seed: 1)
    let input = SequenceInput(source.batch(0..<5, of: .test, visit: .first).input)
    let whole = model.output(of: input, lengths: nil, through: .whole).values()
    for metric in [Metric.rootMeanSquaredError, .meanAbsoluteError] {
      let differences = zip(whole, source.numbers.flatMap { $0 }).map { Double($0 - $1) }
      let terms = differences.map { metric == .meanAbsoluteError ? abs($0) : $0 * $0 }
      let samples = stride(from: 0, to: 10, by: 2).map { (terms[$0] + terms[$0 + 1]) / 2 }
      for batchSize in [2, 5] {
        let evaluator = Evaluator(model: model, data: source, batchSize: batchSize, metric: metric)
        let sums = try evaluator.evaluate(.test)
        #expect(abs(try #require(sums.errorVariance) / variance(samples) - 1) < 1e-5)
        let outputs = (0..<2).map { output in variance(stride(from: output, to: 10, by: 2).map { terms[$0] }) }
        let found = sums.outputErrorVariances
        #expect((found == nil) == (metric != .meanAbsoluteError))
        if let found { #expect(zip(found, outputs).allSatisfy { abs($0 / $1 - 1) < 1e-5 }) }
        #expect(try evaluator.evaluate(.validation).errorVariance == nil)
      }
    }
  }

  private func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
  }

  @Test("the waves' baseline is the mean absolute deviation of uniform numbers from 0.55")
  func waves() throws {
    let source = try GeneratedTask.waves.source(["sequenceLength": 8, "train": 10_000, "validation": 1, "test": 4000, "seed": 1])
    // ∫|x − 0.55| dx over [0, 1) is 0.2525; 16,000 numbers leave a standard error of 0.0012.
    #expect(abs(Baseline.value(.meanAbsoluteError, data: source) - 0.2525) < 0.005)
  }
}
