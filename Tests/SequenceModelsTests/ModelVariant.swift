import Arrays
import ReferenceModels
import Operations
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// One shape of model with its input, small enough for the reference in Double.
///
/// Batch and length are odd, and two widths are, so that no size is a multiple of a vector or of another size.
struct ModelVariant: CustomTestStringConvertible, Sendable {
  static let batch = 3
  static let length = 11
  static let classCount = 3
  static let vocabularySize = 5
  static let channels = 2

  var pipeline: BlocksSpecification.Pipeline
  var normalization: BlocksSpecification.Normalization
  var prenorm: Bool
  var pooling: Pooling
  var form: DiagonalLayerSpecification.Form
  var bidirectional: Bool
  /// Token sequences of different lengths; else full sequences of values.
  var tokens: Bool
  var dropout = 0.0
  var tied = true
  var discretization = Discretization.zeroOrderHold
  var width = 4
  /// Rows of poles and input weights in the full form.
  var systemCount = 2
  /// The usual one of the form is softplus (full) and log (minimal).
  var hasUsualTimestepTransform = true
  var system = System.diagonal
  var appendsReversal = false

  /// The parameterisation of the layers; the fields above describe the plain diagonal one.
  enum System: Sendable {
    case diagonal
    /// With α and a filter.
    case tuned(FilterWeighting)
    case dampedFourier(FourierArrangement, FourierPlane, FourierInputFactor, trainsInputWeights: Bool)
    case hankel(HankelLayerSpecification.Directions)
  }

  var testDescription: String {
    "\(pipeline) \(normalization) \(prenorm ? "pre" : "post") \(pooling) \(form) \(bidirectional ? "bi" : "uni") "
      + "\(tokens ? "tokens" : "values") dropout \(dropout) \(tied ? "tied" : "untied") \(discretization) width \(width) "
      + "systems \(systemCount) \(usesSoftplus ? "softplus" : "log") \(system) \(appendsReversal ? "with reversal" : "")"
  }

  var usesSoftplus: Bool { (form == .full) == hasUsualTimestepTransform }

  var configuration: BlocksSpecification {
    BlocksSpecification(
      pipeline: pipeline, layerCount: 2, modelWidth: width, normalization: normalization, prenorm: prenorm, dropout: dropout,
      tiedDropout: tied, pooling: pooling, appendsReversal: appendsReversal, layer: layer)
  }

  var description: InputDescription {
    InputDescription(
      kind: tokens ? .tokens(vocabularySize: Self.vocabularySize) : .values(channels: Self.channels), outputCount: Self.classCount)
  }

  /// A model whose every array has left its initial value, so that equal rows, ones and zeros hide nothing.
  func model() throws -> SequenceClassifier {
    let model = try SequenceClassifier(configuration, input: description, seed: 7)
    var stream = RandomStream(seed: 11, purpose: .testing)
    for tensor in model.parameters.map(\.value) + model.buffers.map(\.value) {
      tensor.upload(tensor.values().map { $0 + Float(0.2 * stream.normal()) })
    }
    return model
  }

  /// Valid steps of each sequence; 1 and the whole length among them.
  var lengths: [Int] { tokens ? [Self.length, 6, 1] : Array(repeating: Self.length, count: Self.batch) }

  var values: [Float] {
    var stream = RandomStream(seed: 3, purpose: .testing)
    return (0..<Self.batch * Self.channels * Self.length).map { _ in Float(stream.normal()) }
  }

  var tokenValues: [Int32] {
    var stream = RandomStream(seed: 3, purpose: .testing)
    return (0..<Self.batch * Self.length).map { _ in Int32(stream.integer(below: Self.vocabularySize)) }
  }

  /// The engine's logits and what its backward pass needs.
  func forward(_ model: SequenceClassifier, pass: Pass) -> (output: Tensor, cache: SequenceClassifier.Cache) {
    let input: SequenceInput =
      tokens
      ? .tokens(Integers(tokenValues), batchSize: Self.batch, length: Self.length)
      : .values(Tensor([Self.batch, Self.channels, Self.length], values: values))
    var pass = pass
    return model.forward(input, lengths: tokens ? Integers(lengths) : nil, pass: &pass)
  }

  var referenceInput: ReferenceClassifier.Input { tokens ? .tokens(tokenValues) : .values(values.map(Double.init)) }

  /// The reference in Double, with the values that `model` has now.
  func reference(of model: SequenceClassifier, dropoutStream: RandomStream?) -> ReferenceClassifier {
    var reference = ReferenceClassifier(configuration, length: Self.length, lengths: lengths)
    reference.dropoutStream = dropoutStream
    for parameter in model.parameters { reference.parameters[parameter.name] = parameter.value.doubles }
    for buffer in model.buffers { reference.runningStatistics[buffer.name] = buffer.value.doubles }
    return reference
  }
}
