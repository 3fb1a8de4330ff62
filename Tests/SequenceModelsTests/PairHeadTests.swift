import Arrays
import Foundation
import Operations
import SequenceModels
import TestSupport
import Testing

/// The head for pairs of documents: [u, v, u − v, u·v] → linear → GELU → linear.
@Suite struct PairHeadTests {
  private static let width = 4
  private static let pairs = 2
  private static let lengths = [7, 3, 5, 7]

  private static func model(outputs: Int, documents: Int) throws -> SequenceClassifier {
    let variant = try #require(ModelVariant.all.first { $0.tokens && $0.dropout == 0 && $0.width == width && $0.normalization == .layer })
    var configuration = variant.configuration
    configuration.modelWidth = width
    return try SequenceClassifier(
      configuration, input: InputDescription(kind: .tokens(vocabularySize: 5), outputCount: outputs, documentCount: documents), seed: 5)
  }

  private static let tokens = (0..<28).map { (index: Int) -> Int32 in Int32((7 * index + index / 5) % 5) }

  private static func run(_ model: SequenceClassifier) -> (output: Tensor, cache: SequenceClassifier.Cache) {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    return model.forward(.tokens(Integers(tokens), batchSize: 4, length: 7), lengths: Integers(lengths), pass: &pass)
  }

  @Test("logits and every gradient follow the formula from the pooled features")
  func formula() throws {
    let model = try Self.model(outputs: 2, documents: 2)
    // The same encoder and blocks with the identity as decoder answer with the pooled features.
    let features = try Self.model(outputs: Self.width, documents: 1)
    for (target, source) in zip(features.parameters, model.parameters) where target.name == source.name {
      target.value.upload(source.value.values())
    }
    let identity: [Float] = (0..<Self.width * Self.width).map { $0 % (Self.width + 1) == 0 ? 1 : 0 }
    for parameter in features.parameters where parameter.name.hasPrefix("decoder.") {
      parameter.value.upload(parameter.name == "decoder.weight" ? identity : [Float](repeating: 0, count: Self.width))
    }
    let pooled = Self.run(features)
    let names = [0, 2].flatMap { ["decoder.retrieval.classifier.\($0).weight", "decoder.retrieval.classifier.\($0).bias"] }
    var arrays = Dictionary(uniqueKeysWithValues: model.parameters.filter { names.contains($0.name) }.map { ($0.name, $0.value.doubles) })
    #expect(arrays.count == 4)
    arrays["pooled"] = pooled.output.doubles
    let result = Self.run(model)
    #expect(result.output.shape == [Self.pairs, 2])
    #expect(maxRelative(result.output.doubles, Self.logits(arrays)) < 1e-5)

    let slopes = Tensor.random([Self.pairs, 2], lane: 4)
    model.clearGradients()
    model.backward(outputGradient: slopes, cache: result.cache)
    func loss(_ name: String) -> ([Double]) -> Double {
      { moved in dotProduct(Self.logits(arrays.merging([name: moved]) { $1 }), slopes.doubles) }
    }
    for name in names {
      let gradient = model.parameters.first { $0.name == name }?.gradient.values() ?? []
      #expect(GradientCheck.differences(name, gradient, at: arrays[name]!, loss: loss(name)) == [])
    }
    // What flows below the head is the gradient of the pooled features.
    let step = 1e-5
    let pooledGradient = arrays["pooled"]!.indices.map { index -> Float in
      let values = [step, -step].map { change in
        var moved = arrays["pooled"]!
        moved[index] += change
        return loss("pooled")(moved)
      }
      return Float((values[0] - values[1]) / (2 * step))
    }
    features.clearGradients()
    features.backward(outputGradient: Tensor(pooled.output.shape, values: pooledGradient), cache: pooled.cache)
    for (expected, found) in zip(features.parameters, model.parameters) where expected.name == found.name {
      #expect(maxRelative(found.gradient.doubles, expected.gradient.doubles) < 1e-4, "\(found.name)")
    }
  }

  private static func logits(_ arrays: [String: [Double]]) -> [Double] {
    let pooled = arrays["pooled"]!
    return (0..<pairs).flatMap { pair -> [Double] in
      let u = Array(pooled[pair * width..<(pair + 1) * width])
      let v = Array(pooled[(pairs + pair) * width..<(pairs + pair + 1) * width])
      let combined = u + v + zip(u, v).map { $0 - $1 } + zip(u, v).map { $0 * $1 }
      let hidden = linear(arrays, 0, combined).map { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
      return linear(arrays, 2, hidden)
    }
  }

  private static func linear(_ arrays: [String: [Double]], _ index: Int, _ input: [Double]) -> [Double] {
    let weight = arrays["decoder.retrieval.classifier.\(index).weight"]!
    return arrays["decoder.retrieval.classifier.\(index).bias"]!.enumerated().map { row, bias in
      input.indices.reduce(bias) { $0 + weight[row * input.count + $1] * input[$1] }
    }
  }
}
