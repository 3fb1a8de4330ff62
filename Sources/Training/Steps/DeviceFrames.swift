import Accelerators
import Operations
import SequenceModels

/// Frames by programs on a device: one for each shape of what is given, and one that makes a frame of the last one and the states.
///
/// States and frames stay on the device until all frames are made; no step waits for the one before.
final class DeviceFrames: FrameAnswers {
  private struct Key: Hashable {
    let shape: [Int]
    let hasStates: Bool
    let isLastAlone: Bool
  }

  private let model: any GeneratesFrames
  private let computing: ComputingDevice
  private let weights: DeviceWeights
  private var programs: [Key: CompiledProgram] = [:]

  init(_ model: any GeneratesFrames, on computing: ComputingDevice) {
    (self.model, self.computing) = (model, computing)
    weights = DeviceWeights(model, on: computing.device)
  }

  func next(after frames: Tensor) throws -> Tensor {
    Tensor(frames.shape, values: try predict(computing.device.upload(frames), isLastAlone: false).frames.floats())
  }

  func generate(after context: Tensor, count: Int) throws -> Tensor {
    precondition(count > 0, "DeviceFrames: \(count) frames")
    var (frame, states) = try predict(computing.device.upload(context), isLastAlone: true)
    var made = [frame]
    while made.count < count {
      (frame, states) = try predict(frame, states: states, isLastAlone: true)
      made.append(frame)
    }
    let result = Tensor(uninitialized: [context.shape[0], count] + context.shape.dropFirst(2))
    for (step, frame) in made.enumerated() { result.setSteps(from: step, Tensor(frame.shape, values: try frame.floats())) }
    return result
  }

  /// - Parameters:
  ///   - states: before the first frame; nil at the start of a video.
  ///   - isLastAlone: whether the prediction behind the last frame is all that is wanted.
  private func predict(
    _ frames: DeviceBuffer, states: [DeviceBuffer]? = nil, isLastAlone: Bool
  ) throws -> (frames: DeviceBuffer, states: [DeviceBuffer]) {
    let key = Key(shape: frames.shape, hasStates: states != nil, isLastAlone: isLastAlone)
    let program = try programs[key] ?? computing.compile(text(key, stateShapes: states?.map(\.shape)))
    programs[key] = program
    let results = try program.run(weights.buffers() + [frames] + (states ?? []))
    return (results[0], Array(results.dropFirst()))
  }

  /// Parameters, buffers, frames and states to predictions and states.
  private func text(_ key: Key, stateShapes: [[Int]]?) -> String {
    DeviceWeights.text(model, computing.precision) { program in
      let frames = Tensor(program.argument(key.shape))
      let (output, states) = model.predict(frames, states: stateShapes?.map { Tensor(program.argument($0)) })
      let wanted = key.isLastAlone ? output.steps(key.shape[1] - 1..<key.shape[1]) : output
      return ([wanted] + states).map { $0.value(in: program) }
    }
  }
}
