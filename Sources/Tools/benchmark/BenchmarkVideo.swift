import ArgumentParser
import Arrays
import Operations
import RunSupport
import SequenceModels
import Training
import Vocabulary

/// A training step of ConvS5 on random frames, with AdamW of one group.
final class BenchmarkVideo {
  /// Sizes of model and batch.
  struct Shape {
    let name: String
    let model: ConvS5Specification
    let batchSize: Int
    let frameCount: Int
    /// Rows and columns of a frame.
    let side: Int

    static let all = [
      Shape(
        name: "video",
        model: ConvS5Specification(encoderWidths: [64, 128, 256], modelWidth: 256, layerCount: 8, modeCount: 128, groupCount: 32),
        batchSize: 1, frameCount: 30, side: 64),
      Shape(
        name: "video-small",
        model: ConvS5Specification(encoderWidths: [32, 64], modelWidth: 64, layerCount: 3, modeCount: 32, groupCount: 8), batchSize: 8,
        frameCount: 16, side: 16),
      Shape(
        name: "video-tiny",
        model: ConvS5Specification(encoderWidths: [8, 16], modelWidth: 8, layerCount: 2, modeCount: 4, groupCount: 4), batchSize: 2,
        frameCount: 5, side: 8),
    ]

    static func named(_ name: String) throws -> Shape {
      if let shape = all.first(where: { $0.name == name }) { return shape }
      throw BenchmarkShape.unknown(name, at: "--shape", among: all.map(\.name))
    }

    /// Floating-point operations of a step's convolutions as plain sums, forward and both gradients.
    var arithmetic: Double {
      6 * Double(batchSize * frameCount) * Double(model.products(channels: BenchmarkVideo.channels, height: side, width: side))
    }
  }

  private static let channels = 3

  let shape: Shape
  let model: ConvS5
  let input: Tensor
  let targets: Tensor
  private let optimizer: Optimizer

  init(_ shape: Shape) throws {
    self.shape = shape
    model = try ConvS5(shape.model, channels: Self.channels, seed: 1)
    optimizer = Optimizer(
      model, configuration: OptimizerConfiguration(learningRate: 0.001, weightDecay: 0.01, decaysBiasesAndNorms: true))
    func video(_ lane: UInt32) -> Tensor {
      var stream = RandomStream(seed: 1, purpose: .testing, lane: lane)
      let sizes = [shape.batchSize, shape.frameCount, Self.channels, shape.side, shape.side]
      return Tensor(sizes, values: (0..<sizes.reduce(1, *)).map { _ in Float(stream.uniform(-1..<1)) })
    }
    (input, targets) = (video(1), video(2))
  }

  /// One step; returns the loss before it.
  @discardableResult
  func run() -> Double {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    var loss = 0.0
    let count = shape.batchSize
    model.differentiate(.frames(input), lengths: nil, pass: &pass) { output, part in
      let right = part.map { targets.rows($0) } ?? targets
      loss += FrameLoss.forward(output, targets: right).loss * (Double(right.shape[0]) / Double(count))
      return FrameLoss.backward(output, targets: right, meanCount: count)
    }
    optimizer.step(factor: 1)
    return loss
  }
}

/// Which video model is measured.
struct VideoOptions: ParsableArguments {
  @Option(help: "One of \(BenchmarkVideo.Shape.all.map(\.name).joined(separator: ", ")).") var shape = "video"
  @Option(help: "Threads; all cores by default.") var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
  }

  /// The model; also sets the process up.
  func prepared() throws -> BenchmarkVideo {
    try NumericEnvironment.prepareProcess(threadCount: threads)
    return try BenchmarkVideo(try BenchmarkVideo.Shape.named(shape))
  }
}
