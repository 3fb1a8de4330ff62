import Arrays
import Operations
import SequenceModels
import StateSpace
import TestSupport
import Testing
import Training

/// Ten steps of training against the original authors' code (golden case 09a).
@Suite struct GoldenTrainingTests {
  /// Ten steps multiply rounding errors of float32 a little; the reference's own float32 run differs by up to 1e-4 there.
  private static let tolerance = 2e-4

  @Test("losses, gradients, weights and running statistics of case 09a")
  func endToEnd() throws {
    let file = try Fixtures.golden("case09a_e2e_s4d")
    let inputs = try file.tensor("x")
    let (batch, length, channels) = (inputs.shape[0], inputs.shape[1], inputs.shape[2])
    let model = try SequenceClassifier(
      ModelConfiguration(
        pipeline: .script, layerCount: 2, modelWidth: 8, normalization: .batch, prenorm: true, dropout: 0, tiedDropout: true,
        pooling: .mean,
        layer: .diagonal(
          DiagonalLayerConfiguration(
            form: .minimal, initialization: .linear, stateSize: 8, timestepTransform: .log, timestepMinimum: 0.001, timestepMaximum: 0.1,
            bidirectional: false, poleLearningRate: 0.001, timestepLearningRate: 0.001))),
      input: InputDescription(kind: .values(channels: channels), outputCount: 3), seed: 0)
    for (name, tensor) in model.parameters.map({ ($0.name, $0.value) }) + model.buffers.map({ ($0.name, $0.value) }) {
      tensor.upload(try file.tensor("init.\(name)").doubles().map { Float($0) })
    }
    // The file has [batch, time, channel], the engine [batch, channel, time].
    let flat = try inputs.doubles()
    var transposed = [Float](repeating: 0, count: flat.count)
    for sample in 0..<batch {
      for time in 0..<length {
        for channel in 0..<channels {
          transposed[(sample * channels + channel) * length + time] = Float(flat[(sample * length + time) * channels + channel])
        }
      }
    }
    let input = Tensor([batch, channels, length], values: transposed)
    let labels = try file.tensor("labels").integers().map { Int32($0) }
    let optimizer = Optimizer(
      model.parameters, configuration: OptimizerConfiguration(learningRate: 0.01, weightDecay: 0.05, decaysBiasesAndNorms: true))

    var losses: [Double] = []
    for step in 0..<10 {
      var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
      let (logits, cache) = model.forward(.values(input), lengths: nil, pass: &pass)
      losses.append(CrossEntropy.forward(logits, labels: labels).loss)
      model.clearGradients()
      model.backward(outputGradient: CrossEntropy.backward(logits, labels: labels), cache: cache)
      if step == 0 {
        try expectClose(logits, file, "logits_step0", 1e-5)
        for parameter in model.parameters { try expectClose(parameter.gradient, file, "grad_step0.\(parameter.name)", 5e-5) }
      }
      optimizer.step(factor: 1)
      if step == 0 {
        for parameter in model.parameters { try expectClose(parameter.value, file, "after1.\(parameter.name)", 5e-5) }
      }
    }
    #expect(maxRelative(losses, try file.tensor("losses").doubles()) < 1e-5)
    for parameter in model.parameters { try expectClose(parameter.value, file, "final.\(parameter.name)", Self.tolerance) }
    for buffer in model.buffers { try expectClose(buffer.value, file, "final.\(buffer.name)", Self.tolerance) }
    var evaluation = Pass.evaluation
    try expectClose(model.forward(.values(input), lengths: nil, pass: &evaluation).output, file, "eval_logits_final", Self.tolerance)
  }

  private func expectClose(_ tensor: Tensor, _ file: SafetensorsFile, _ name: String, _ tolerance: Double) throws {
    let error = maxRelative(tensor.values().map(Double.init), try file.tensor(name).doubles())
    #expect(error < tolerance, "\(name): \(error)")
  }
}
