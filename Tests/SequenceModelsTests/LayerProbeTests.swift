import Arrays
import Operations
import SequenceModels
import TestSupport
import Testing
import Training

/// Passes through the first layers only.
@Suite struct LayerProbeTests {
  private func model(layers: Int) throws -> SequenceClassifier {
    let variant = try #require(ModelVariant.all.first { !$0.tokens && $0.dropout == 0 && $0.pipeline == .script })
    var configuration = variant.configuration
    configuration.layerCount = layers
    return try SequenceClassifier(configuration, input: variant.description, seed: 5)
  }

  @Test("the first layer alone is a model of one layer; the others get no gradient and do not count")
  func first() throws {
    let (deep, flat) = (try model(layers: 3), try model(layers: 1))
    for parameter in flat.parameters {
      let source = try #require(deep.parameters.first { $0.name == parameter.name })
      parameter.value.upload(source.value.values())
    }
    let probe = Probe(layerCount: 1)
    let input = Tensor.random([2, ModelVariant.channels, 9], lane: 1)
    let slopes = Tensor.random([2, ModelVariant.classCount], lane: 2)
    let stream = RandomStream(seed: 1, purpose: .dropout)
    var (deepPass, flatPass) = (Pass.training(dropout: stream, probe: probe), Pass.training(dropout: stream))
    let (output, cache) = deep.forward(.values(input), lengths: nil, pass: &deepPass)
    let (expected, flatCache) = flat.forward(.values(input), lengths: nil, pass: &flatPass)
    #expect(output.values() == expected.values())
    let evaluated = deep.output(of: .values(input), lengths: nil, through: probe)
    #expect(evaluated.values() == flat.output(of: .values(input), lengths: nil).values())
    #expect(deep.output(of: .values(input), lengths: nil).values() != expected.values())

    deep.clearGradients()
    flat.clearGradients()
    deep.backward(outputGradient: slopes, cache: cache)
    flat.backward(outputGradient: slopes, cache: flatCache)
    for parameter in deep.parameters {
      let twin = flat.parameters.first { $0.name == parameter.name }
      #expect(parameter.gradient.values() == twin?.gradient.values() ?? [Float](repeating: 0, count: parameter.value.count))
    }
    #expect(deep.parameters(through: probe).map(\.name) == flat.parameters.map(\.name))
    #expect(deep.parameterCount(through: probe) == flat.parameterCount())
  }

  /// Systems with C = 0 and D = 1 convolve to the identity.
  @Test("systems that are left out are the identity; norm, mixing and residual sum stay and are trained", arguments: [true, false])
  func identitySystems(isPrenorm: Bool) throws {
    let variant = try #require(
      ModelVariant.all.first { !$0.tokens && $0.dropout == 0 && $0.pipeline == .script && $0.prenorm == isPrenorm })
    let (probed, twin) = (try variant.model(), try variant.model())
    for parameter in twin.parameters where parameter.name.hasPrefix("s4_layers.1.") {
      let last = parameter.name.split(separator: ".").last
      if last == "C" { parameter.value.upload([Float](repeating: 0, count: parameter.value.count)) }
      if last == "D" { parameter.value.upload([Float](repeating: 1, count: parameter.value.count)) }
    }
    let probe = Probe(systemLayerCount: 1)
    let input = Tensor.random([2, ModelVariant.channels, 9], lane: 1)
    let slopes = Tensor.random([2, ModelVariant.classCount], lane: 2)
    let stream = RandomStream(seed: 1, purpose: .dropout)
    var (pass, twinPass) = (Pass.training(dropout: stream, probe: probe), Pass.training(dropout: stream))
    let (output, cache) = probed.forward(.values(input), lengths: nil, pass: &pass)
    let (expected, twinCache) = twin.forward(.values(input), lengths: nil, pass: &twinPass)
    #expect(maxRelative(output.doubles, expected.doubles) < 1e-5)
    #expect(maxRelative(output.doubles, probed.output(of: .values(input), lengths: nil).doubles) > 1e-3, "the systems did something")
    probed.clearGradients()
    twin.clearGradients()
    probed.backward(outputGradient: slopes, cache: cache)
    twin.backward(outputGradient: slopes, cache: twinCache)
    for (parameter, other) in zip(probed.parameters, twin.parameters) {
      let isLeftOut = parameter.name.hasPrefix("s4_layers.1.kernel.") || parameter.name == "s4_layers.1.D"
      if isLeftOut {
        #expect(parameter.gradient.values().allSatisfy { $0 == 0 }, "\(parameter.name)")
      } else {
        #expect(maxRelative(parameter.gradient.doubles, other.gradient.doubles) < 1e-4, "\(parameter.name)")
      }
      #expect(probed.parameters(through: probe).contains { $0 === parameter } != isLeftOut)
    }
  }
}
