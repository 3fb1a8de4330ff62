import Datasets
import Documents
import Foundation
import Operations

/// The lines of a table of what a model answers to each sample, beside what is right.
///
/// Of classes `index,target,prediction,log_probability_0,…`, from the logarithm of the softmax. Of numbers `index,target,prediction`; of several
/// numbers a sample `index,target_1,prediction_1,…`; of answers at each step a line for each, with its `step` behind the index. Of frames
/// `index,step,squared_error_1,…`: the mean squared error of each channel of each predicted frame, in the units of the model. Indices are
/// places in the split, and they, classes and steps count from 0, outputs from 1.
package struct PredictionTable {
  private var sampleCount = 0

  package init() {}

  /// The lines of the next samples; before the first ones the header.
  ///
  /// - Parameters:
  ///   - output: logits [B, classes], or numbers [B, outputs] or [B, outputs, L].
  ///   - target: classes, or numbers of the same shape.
  package mutating func lines(_ output: Tensor, _ target: Batch.Target) -> String {
    let (shape, values) = (output.shape, output.downloaded().values())
    let first = sampleCount
    sampleCount += shape[0]
    let header: [String]
    let rows: [[String]]
    switch target {
    case .classes(let labels):
      header = ["target", "prediction"] + (0..<shape[1]).map { "log_probability_\($0)" }
      rows = labels.enumerated().map { row, label in
        ["\(first + row)", "\(label)"] + Self.fields(values[row * shape[1]..<(row + 1) * shape[1]])
      }
    case .numbers(let numbers):
      let (outputCount, right) = (shape[1], numbers.values())
      let stepCount = shape.count == 3 ? shape[2] : 1
      let names = (1...outputCount).flatMap { outputCount == 1 ? ["target", "prediction"] : ["target_\($0)", "prediction_\($0)"] }
      header = (shape.count == 3 ? ["step"] : []) + names
      rows = (0..<shape[0] * stepCount).map { line in
        let (row, step) = line.quotientAndRemainder(dividingBy: stepCount)
        let places = (0..<outputCount).map { (row * outputCount + $0) * stepCount + step }
        return ["\(first + row)"] + (shape.count == 3 ? ["\(step)"] : []) + places.flatMap { ["\(right[$0])", "\(values[$0])"] }
      }
    case .frames(let frames):
      header = ["step"] + (1...shape[2]).map { "squared_error_\($0)" }
      let planes = SampleErrors.squared(
        output.reshaped([shape[0] * shape[1], shape[2], shape[3] * shape[4]]),
        targets: Tensor(frames).reshaped([shape[0] * shape[1], shape[2], shape[3] * shape[4]]))
      rows = planes.enumerated().map { line, errors in
        ["\(first + line / shape[1])", "\(line % shape[1])"] + errors.map { "\(Float($0))" }
      }
    }
    return (first == 0 ? CSVText.line(["index"] + header) : "") + rows.map(CSVText.line).joined()
  }

  /// The class of the largest logit, the first of equals, and the logarithm of each probability.
  private static func fields(_ logits: ArraySlice<Float>) -> [String] {
    let largest = logits.max() ?? 0
    let normalizer = Double(largest) + log(logits.reduce(0) { $0 + exp(Double($1) - Double(largest)) })
    let prediction = (logits.firstIndex(of: largest) ?? logits.startIndex) - logits.startIndex
    return ["\(prediction)"] + logits.map { "\(Float(Double($0) - normalizer))" }
  }
}
