import Operations
import SequenceModels

/// What a model says to videos, wherever it is computed.
package protocol FrameAnswers {
  /// The next frame at each step, in the shape of `frames`, [B, T, channels, height, width].
  func next(after frames: Tensor) throws -> Tensor

  /// Frames that the model makes one after the other, as `GeneratesFrames.generate`.
  func generate(after context: Tensor, count: Int) throws -> Tensor
}

extension ComputingDevice? {
  /// What a model as it is now says to videos, by a device or by our own engine.
  package func frames(of model: any GeneratesFrames) -> any FrameAnswers {
    map { DeviceFrames(model, on: $0) as any FrameAnswers } ?? HostFrames(model)
  }
}

/// Frames by our own engine.
struct HostFrames: FrameAnswers {
  private let model: any GeneratesFrames

  init(_ model: any GeneratesFrames) { self.model = model }

  func next(after frames: Tensor) -> Tensor { model.output(of: .frames(frames), lengths: nil) }

  func generate(after context: Tensor, count: Int) -> Tensor { model.generate(after: context, count: count) }
}
