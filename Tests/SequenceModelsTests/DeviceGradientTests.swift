import Arrays
import Operations
import SequenceModels
import TestSupport
import Testing

/// Models as programs on a device against the same models on the processor.
@Suite(.needsPlugin) struct DeviceGradientTests {
  /// The answers of a pass of training, and the gradients and buffers that it leaves.
  private static func pass(_ variant: ModelVariant, on engine: Engine) throws -> [(name: String, values: [Double])] {
    let model = try variant.model()
    model.clearGradients()
    let tensors = model.parameters.map(\.value) + model.parameters.map(\.gradient) + model.buffers.map(\.value)
    let results = try engine.run(tensors) {
      let (logits, cache) = variant.forward(model, pass: .training(dropout: RandomStream(seed: 1, purpose: .dropout)))
      model.backward(outputGradient: CrossEntropy.backward(logits, labels: [2, 0, 1]), cache: cache)
      return [logits]
    }
    return [("logits", results[0].doubles)] + model.parameters.map { ($0.name, $0.gradient.doubles) }
      + model.buffers.map { ($0.name, $0.value.doubles) }
  }

  @Test("answers, gradients and running statistics are those of the processor", arguments: ModelVariant.all)
  func gradients(variant: ModelVariant) throws {
    for (host, device) in zip(try Self.pass(variant, on: .host), try Self.pass(variant, on: .device)) {
      #expect(maxRelative(device.values, host.values) < 5e-5, "\(host.name)")
    }
  }

  /// The predictions of a pass over a video, and the gradients that it leaves.
  private static func pass(_ video: ConvS5Case, on engine: Engine, encoderLimit: Int? = nil) throws -> [(name: String, values: [Double])] {
    let (model, frames, slopes) = (try video.model(), video.frames, video.slopes)
    model.encoderLimit = encoderLimit
    model.clearGradients()
    let tensors = model.parameters.map(\.value) + model.parameters.map(\.gradient) + [frames, slopes]
    let results = try engine.run(tensors) {
      var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
      var predictions: [Tensor] = []
      model.differentiateWhole(.frames(frames), lengths: nil, pass: &pass) { output in
        predictions = [output]
        return slopes
      }
      return predictions
    }
    return [("predictions", results[0].doubles)] + model.parameters.map { ($0.name, $0.gradient.doubles) }
  }

  @Test(
    "predictions of frames and gradients are those of the processor, also where the encoder is computed twice",
    arguments: ConvS5Case.all.map { ($0, nil as Int?) } + [(ConvS5Case.all[0], 0)])
  func videos(video: ConvS5Case, encoderLimit: Int?) throws {
    let found = try Self.pass(video, on: .device, encoderLimit: encoderLimit)
    for (host, device) in zip(try Self.pass(video, on: .host), found) {
      #expect(maxRelative(device.values, host.values) < 5e-5, "\(host.name)")
    }
    // Each of both rounds by itself: what they are to agree with is the twin in Double, within the bounds of the processor's own test.
    let twin = video.twin(of: try video.model()).forward(video.frames.doubles, batch: video.shape[0])
    let gradients = twin.gradients(outputGradient: video.slopes.doubles)
    #expect(maxRelative(found[0].values, twin.predictions) < 1e-5)
    for (name, values) in found.dropFirst() {
      let difference = maxRelative(values, gradients[name, default: []])
      #expect(difference < 3e-5, "\(name): \(difference)")
    }
  }
}
