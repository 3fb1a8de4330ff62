import Arrays
import Catalogue
import Operations
import RunSupport
import SequenceModels
import Training
import Vocabulary

/// Two random samples and what the trained model answers, by which its copy in another program is checked.
struct ModelExample {
  let input: InputDescription
  let entries: [SafetensorsEntry]

  private static let longest = 256

  /// Evaluates the model with some weights, through the part that was trained.
  ///
  /// - Throws: `StageError` (`badData`) if the weights are of another model.
  init(_ configuration: ExperimentConfiguration, weights: String) throws {
    input = try Self.inputDescription(ofWeights: weights)
    let model = try configuration.model.makeModel(input: input, seed: 0)
    try model.loadWeights(from: weights)
    let rows = 2 * input.documentCount
    let length = min(Self.longest, max(2, configuration.data.expectedSamples?.description.sequenceLength ?? Self.longest))
    var stream = RandomStream(seed: 1, purpose: .testing)
    let probe = configuration.training.probe ?? .whole
    switch input.kind {
    case .tokens(let vocabularySize):
      // The shorter ones show what padding does.
      let lengths = (0..<rows).map { $0 % 2 == 0 ? length : 3 * length / 4 }
      let tokens = lengths.flatMap { valid in
        (0..<length).map { $0 < valid ? Int32(vocabularySize < 2 ? 0 : 1 + stream.integer(below: vocabularySize - 1)) : 0 }
      }
      let output = model.output(of: .tokens(Integers(tokens), batchSize: rows, length: length), lengths: Integers(lengths), through: probe)
      entries = Self.entries(SafetensorsEntry("inputs", tokens.map(Int64.init), shape: [rows, length]), lengths, output)
    case .values(let channels):
      let values = HostArray(
        [rows, channels, length], values: (0..<rows * channels * length).map { _ in Float(stream.normal()) })
      let output = model.output(of: .values(Tensor(values)), lengths: nil, through: probe)
      entries = Self.entries(SafetensorsEntry("inputs", values), [Int](repeating: length, count: rows), output)
    case .frames:
      throw Self.misfit(weights, "models of layers read no frames")
    }
  }

  private static func entries(_ inputs: SafetensorsEntry, _ lengths: [Int], _ output: Tensor) -> [SafetensorsEntry] {
    [
      inputs, SafetensorsEntry("lengths", lengths.map(Int64.init), shape: [lengths.count]),
      SafetensorsEntry("outputs", output.downloaded()),
    ]
  }

  /// What the data decided about a model, from the shapes of its arrays, so that the data need not be there.
  private static func inputDescription(ofWeights path: String) throws -> InputDescription {
    let file = try SafetensorsFile(path: path)
    func shape(_ name: String) throws -> [Int] {
      let shape = try file.tensor(name).shape
      guard shape.count == 2, shape.allSatisfy({ $0 > 0 }) else { throw misfit(path, "\(name) has shape \(shape)") }
      return shape
    }
    let (encoder, pairHead) = (try shape("encoder.weight"), "decoder.retrieval.classifier.2.weight")
    let (isOfTokens, isOfPairs) = (!file.names.contains("encoder.bias"), file.names.contains(pairHead))
    return InputDescription(
      kind: isOfTokens ? .tokens(vocabularySize: encoder[0]) : .values(channels: encoder[1]),
      outputCount: try shape(isOfPairs ? pairHead : "decoder.weight")[0], documentCount: isOfPairs ? 2 : 1)
  }

  private static func misfit(_ path: String, _ why: String) -> StageError {
    StageError(.badData, "the weights are of no model of layers", where: path, why: why, fix: "make the run again")
  }
}
